# crisp: everything a newcomer or a CI machine needs. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

CONFIGURATION ?= Release
# A part of test names; `make test-node FILTER=Recovery` runs what matches.
FILTER ?=
OUT := $(CURDIR)/out
PUBLISHED := crisp crisp-monitor crispctl
DOTNET := DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 14

.PHONY: deps
deps: ## Install the Debian packages that building and testing need (quick when they are there)
	@test/install-dependencies.sh

.PHONY: build
build: ## Compile everything, tests too
	$(DOTNET) build Shim.sln -c $(CONFIGURATION) -v quiet

.PHONY: publish
publish: deps ## Make the native programs crisp, crisp-monitor and crispctl in out/bin
	@mkdir -p $(OUT)/bin
	$(DOTNET) publish src/Crisp.Monitor -c $(CONFIGURATION) -o $(OUT)/publish/crisp-monitor -v quiet
	$(DOTNET) publish src/Crisp.Daemon -c $(CONFIGURATION) -o $(OUT)/publish/crisp -v quiet
	$(DOTNET) publish src/Crisp.Ctl -c $(CONFIGURATION) -o $(OUT)/publish/crispctl -v quiet
	@for program in $(PUBLISHED); do install -m 0755 $(OUT)/publish/$$program/$$program $(OUT)/bin/$$program; done
	@ls -l $(OUT)/bin

.PHONY: demo
demo: deps publish ## The main job on real input: pull an image, run a pod, exec in it, take it all away
	@test/demo.sh

.PHONY: test
test: deps build deb ## Every test: unit tests, and node tests of the native programs with crun, runc and CNI (root)
	@CONFIGURATION=$(CONFIGURATION) test/run-all.sh

.PHONY: test-unit
test-unit: build ## The tests that need no root and no native programs
	@CONFIGURATION=$(CONFIGURATION) FILTER='$(FILTER)' test/run-all.sh unit

.PHONY: test-node
test-node: build ## The node tests alone, against the programs in out/bin (FILTER=part of a name)
	@CONFIGURATION=$(CONFIGURATION) FILTER='$(FILTER)' test/run-all.sh node

.PHONY: deb
deb: publish ## Build the Debian package, out/crisp_*.deb
	@packaging/build-deb.sh

.PHONY: bench
bench: deps publish ## Measure crisp beside containerd and conmon on this machine (RUNS=15, CASES="log,exec"), and print the table
	$(DOTNET) build test/bench/Crisp.Bench -c $(CONFIGURATION) -v quiet
	@test/with-node-namespace.sh dotnet test/bench/Crisp.Bench/bin/$(CONFIGURATION)/*/Crisp.Bench.dll /tmp/crispbench $(or $(RUNS),15) '$(CASES)'

.PHONY: format
format: ## Bring the source into the house's format
	$(DOTNET) format Shim.sln

.PHONY: clean
clean: ## Remove what was built
	rm -rf $(OUT)
	find . -type d \( -name bin -o -name obj \) -not -path './.git/*' -prune -exec rm -rf {} +
