.PHONY: all fmt lint test check update preview bench fuzz

all: fmt lint test ## what to run before a commit

fmt:
	gofmt -w .

lint:
	golangci-lint run ./...

test:
	go test ./...

check: ## everything that CI runs; needs Java, Maven and poppler-utils
	bash .ci/run

update: ## write the goldens anew; read the diff like code
	go test ./documents/... -run Golden -update

preview: ## every example, every document, in a browser
	go run ./cmd/auftragsmappe preview

bench: ## the figures of DESIGN.md
	go test -run '^$$' -bench . -benchmem ./documents/...

fuzz: ## two minutes each
	go test ./documents/engagement -run '^$$' -fuzz FuzzDecode -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents/texts -run '^$$' -fuzz FuzzFill -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents/layout -run '^$$' -fuzz FuzzPages -fuzztime 2m -fuzzminimizetime 5x
