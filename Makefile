# Every command of the project; `make help` lists them. Each step leaves a stamp and is done again only when what it
# is made from changed. Needs Python 3.11 and make, nothing else; the browser tests need Chromium as well.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
DONE := .venv/done
# Dozens of processes load the same modules: compiled once, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
# A few processes, which wait for disk and browser as well as they reckon; each has a database, a server and a browser of
# its own.
PYTEST := $(BIN)/pytest --numprocesses
# What one process has yet to do another takes over when it is done. In a browser a file's tests stay together.
SERVER_TESTS := --ignore=tests/browser --dist=worksteal
BROWSER_TESTS := tests/browser --dist=loadfile
NPM := $(BIN)/python hatch_build.py npm
# Types are checked with Django's settings loaded, which want a key.
NO_KEY := AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

.DEFAULT_GOAL := help
.PHONY: help run test check bench fix generate lock clean
.DELETE_ON_ERROR:

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf 'make %-9s %s\n' "$$name" "$$text"; done

run: $(DONE)/project ## Start a demonstration with made-up people, on http://127.0.0.1:8000
	@$(BIN)/python hatch_build.py
	@exec $(BIN)/zorgmessenger demo $(ARGS)

test: $(DONE)/dev $(DONE)/project ## Run every test: web app, SQLite, browser, PostgreSQL
	@$(BIN)/python hatch_build.py
	@scripts/need chromium
	$(NPM) test
	$(PYTEST)=3 --database=postgresql $(SERVER_TESTS)
	$(PYTEST)=3 $(BROWSER_TESTS)
	$(PYTEST)=4 $(SERVER_TESTS)

check: $(DONE)/dev $(DONE)/project ## Check style, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	ZORG_ENVIRONMENT=test ZORG_ROOT_KEYS=$(NO_KEY) $(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run check

fix: $(DONE)/dev ## Mend style where that can be done by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(DONE)/dev $(DONE)/project ## Measure speed and memory, beside ejabberd where that is installed
	@$(BIN)/python -m bench.run $(ARGS)

generate: $(DONE)/dev $(DONE)/project ## Write the web app's types from the server's own
	$(BIN)/python scripts/generate_types.py

lock: $(DONE)/dev ## Write the lock files anew, with the newest versions that fit
	scripts/lock

clean: ## Remove what was installed and built, not the data in var
	rm -rf .venv web/node_modules src/zorgmessenger/webapp

$(DONE)/python:
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 with venv is needed: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@mkdir -p $(DONE) && touch $@

$(DONE)/runtime: requirements.txt requirements-build.txt $(DONE)/python
	@echo "installing the locked Python packages"
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@touch $@

$(DONE)/dev: requirements-dev.txt $(DONE)/runtime
	@echo "installing the locked Python packages for development"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(DONE)/project: pyproject.toml hatch_build.py $(DONE)/runtime
	@echo "building the web app and installing the project"
	@$(BIN)/python hatch_build.py
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
