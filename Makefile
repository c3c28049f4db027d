.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
APP := frontend/app
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run test check bench screens fmt messages schema requirements prepare postgres postgis install install-dev browser frontend clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: install frontend postgres ## Everything from a fresh clone to the running site, with demo data
	@$(MANAGE) prepare --demo
	@$(MANAGE) serve

test: install-dev frontend postgres browser ## Every test, in real PostgreSQL, over the local Stripe, in a real browser
	BIKEENS_ENV=test $(BIN)/pytest tests/e2e tests/faults $(PYTEST)
	BIKEENS_ENV=test $(BIN)/pytest -n auto --maxprocesses=4 --dist loadfile --ignore tests/e2e --ignore tests/faults $(PYTEST)

check: install-dev frontend postgres ## Style, types, floors, migrations, API schema, messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy .
	BIKEENS_ENV=test $(MANAGE) makemigrations --check --dry-run
	BIKEENS_ENV=test $(MANAGE) check --fail-level WARNING
	BIKEENS_ENV=test $(MANAGE) messages --check
	BIKEENS_ENV=test $(MANAGE) spectacular --validate --fail-on-warn --format openapi-json --file $(APP)/openapi.json
	cd $(APP) && npx --no openapi-typescript openapi.json --alphabetize --root-types=false --output node_modules/.schema.d.ts >/dev/null
	cmp $(APP)/node_modules/.schema.d.ts $(APP)/src/api/schema.d.ts || (echo "The API's types are old: make schema"; exit 1)
	cd $(APP) && npm run --silent check

bench: install-dev frontend postgres postgis ## Speed on a million listings, into docs/benchmarks.md (BENCH_SIZE=10000: a small run)
	BIKEENS_ENV=test $(BIN)/python -m tests.benchmarks $(BENCH_SIZE)

# For the textbook that search is compared with; where it cannot be had, the report says that the figure is missing.
postgis:
	@ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 \
		|| (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-15-postgis-3 >/dev/null) \
		|| echo "  PostGIS cannot be installed here: no comparison with the textbook"

screens: install-dev frontend postgres browser ## Pictures of every page, both sizes, both themes, into docs/screens
	BIKEENS_ENV=test $(BIN)/python -m tests.screens

fmt: install-dev ## Format and fix what can be fixed by itself
	$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

messages: install ## Collect the texts of the Python side and compile the French catalogue
	$(MANAGE) messages

schema: install ## The API's OpenAPI file and the front end's types made from it
	BIKEENS_ENV=test $(MANAGE) spectacular --validate --fail-on-warn --format openapi-json --file $(APP)/openapi.json
	cd $(APP) && npm run --silent schema

requirements: install-dev ## Lock the newest allowed Python packages, with hashes
	$(BIN)/uv pip compile -q --upgrade pyproject.toml -o requirements.txt --generate-hashes --no-annotate --no-header
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt --generate-hashes --no-annotate --no-header

postgres: install ## Start the embedded PostgreSQL (unless DATABASE_URL names another)
	@$(MANAGE) postgres start >/dev/null

prepare: postgres
	@$(MANAGE) prepare

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/python:
	$(PYTHON) -m venv .venv

# uv installs in seconds what takes pip a minute; where only pip reaches the package index, pip does it.
.venv/installed: requirements.txt | .venv/bin/python
	@echo "  Installing Python packages"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-uv.txt || true
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt 2>/dev/null \
		|| $(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt 2>/dev/null \
		|| $(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(APP)/node_modules/.installed: $(APP)/package-lock.json .venv/installed
	@echo "  Installing npm packages"
	@cd $(APP) && npm ci --silent --no-audit --no-fund
	@touch $@

frontend: frontend/static/app/.built ## Build the front end

frontend/static/app/.built: $(APP)/node_modules/.installed $(shell find $(APP)/src $(APP)/public $(APP)/*.json $(APP)/*.ts frontend/pages.json -type f 2>/dev/null)
	@echo "  Building the front end"
	@cd $(APP) && npm run --silent build >/dev/null
	@touch $@

browser: install-dev
	@command -v chromium >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null)

clean: ## Remove what was built and installed, and the embedded database
	-@$(MANAGE) postgres stop >/dev/null
	rm -rf .venv .data $(APP)/node_modules frontend/static/app
