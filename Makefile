.PHONY: all fmt lint test check update preview bench fuzz model load fire growth

all: fmt lint test ## before every commit

fmt:
	gofmt -w api cmd documents fonts .ci

lint: ## golangci-lint v2.15.0; .ci/run installs it
	PATH="$${XDG_CACHE_HOME:-$$HOME/.cache}/auftragsmappe/golangci-lint-v2.15.0:$$PATH" golangci-lint run ./...

test:
	go test ./...

check: ## everything that CI runs; needs Java 17 and Maven
	.ci/run

update: ## writes the goldens anew; read the diff like code
	go test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' api cmd documents | xargs -n 1 dirname | sort -u | sed 's|^|./|') -update

preview: ## every example, every document, in a browser
	go run ./cmd/auftragsmappe preview

bench: ## the figures of DESIGN.md
	go test -run '^$$' -bench . -benchmem -count 6 ./documents/...

growth: ## calls on a store with 100,000 engagements of one tenant and on one with 10,000 tenants; some gigabytes, some minutes
	go test ./documents -run '^$$' -bench Growth -benchtime 1x -timeout 2h -growth "$${GROWTH:-$$(mktemp -d)}" -growth-seal

fuzz: ## two minutes each
	go test ./documents/engagement -run '^$$' -fuzz FuzzDecode -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents -run '^$$' -fuzz FuzzVerify -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents -run '^$$' -fuzz FuzzStoredEvents -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents/ledger -run '^$$' -fuzz FuzzStored -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents/tenant -run '^$$' -fuzz FuzzStored -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents/texts -run '^$$' -fuzz FuzzFill -fuzztime 2m -fuzzminimizetime 5x
	go test ./documents/layout -run '^$$' -fuzz FuzzPages -fuzztime 2m -fuzzminimizetime 5x

MODEL ?= 10000
model: ## random operations against the model, about ten minutes: MODEL=1000 is one
	go test ./documents/model -rapid.checks=$(MODEL) -timeout 0

load: ## 32 connections for a minute against serve on a directory store
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/auftragsmappe ./cmd/auftragsmappe
	go run ./.ci/load -serve bin/auftragsmappe

VERSITYGW ?= $(firstword $(wildcard $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/auftragsmappe/versitygw-*/versitygw))

fire: ## ten minutes of trouble with the storage, then five of kills on each store; .ci/run installs versitygw
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o bin/auftragsmappe ./cmd/auftragsmappe
	go build -o bin/fire ./.ci/fire
	bin/fire -versitygw $(VERSITYGW) -for 10m -c 16
	bin/fire -store dir -kill 20s -for 5m
	bin/fire -versitygw $(VERSITYGW) -store versitygw -kill 20s -for 5m
