# syntax=docker/dockerfile:1
# The image has one static binary, the CA roots and an empty /data; time zones, fonts and texts are in the binary.
FROM golang:1.26.8 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /out/auftragsmappe ./cmd/auftragsmappe \
    && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/auftragsmappe /auftragsmappe
# A named volume takes over the owner of the folder that it is mounted on.
COPY --from=build --chown=65532:65532 /out/data /data
ENV AUFTRAGSMAPPE_ADDR=0.0.0.0:8080 AUFTRAGSMAPPE_DATA=/data
USER 65532:65532
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 CMD ["/auftragsmappe", "health"]
ENTRYPOINT ["/auftragsmappe"]
CMD ["serve"]
