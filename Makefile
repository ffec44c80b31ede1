# Needs python3 (3.11 or newer) with its venv module, make and git; everything else is fetched into .venv.
# A stamp file stands for each finished step, so that a second call does only what has changed.

PYTHON ?= python3
VENV ?= .venv
DATA_DIR ?= $(or $(shell sed -n -E "s/^DATA_DIR=(['\"]?)(.*)\1$$/\2/p" .env 2>/dev/null),$(CURDIR)/data)
HOST ?= $(or $(shell sed -n 's/^HOST=//p' .env 2>/dev/null),127.0.0.1)
PORT ?= $(or $(shell sed -n 's/^PORT=//p' .env 2>/dev/null),8000)
PYTEST_ARGS ?= -n 2 --dist loadfile
# SAMPLE=no starts with an empty server, whose first account becomes its administrator.
SAMPLE ?= yes
export DATA_DIR HOST PORT

bin := $(VENV)/bin
install := $(bin)/python .ci/install
manage := $(bin)/python manage.py
# The shell reads DATA_DIR itself: no path with spaces, $ or # gets through make. These stand in the data folder.
secret := "$$DATA_DIR/secret_key"
collected := "$$DATA_DIR/static/.collected"
seeded := "$$DATA_DIR/.seeded"

.DELETE_ON_ERROR:
.PHONY: run test test-services mutants bench lint format messages words clean help

help:
	@echo "make run            the product on http://$(HOST):$(PORT), with sample data on the first start"
	@echo "make run SAMPLE=no  the same without sample data: the first account becomes the administrator"
	@echo "make test           the whole suite on SQLite, browser included"
	@echo "make test-services  what asks a database or cache, on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)"
	@echo "make mutants        faults of our own, one by one: do the tests notice? (MUTANTS_ARGS=--help)"
	@echo "make lint           types, style, layers, migrations, translations, settings"
	@echo "make format         format Python and templates"
	@echo "make messages       gather all texts into locale/, and compile the translations"
	@echo "make bench          the measurements in docs/performance.md (BENCH_ARGS=--help)"
	@echo "make clean          remove .venv and caches; data stays"

# --- The product -----------------------------------------------------------------------------------------------------

run: export HTTPS ?= off
# Images often forbid to write bytecode: each start would compile the same files anew.
run: export PYTHONDONTWRITEBYTECODE :=
run: $(VENV)/.runtime
	@umask 077 && mkdir -p "$$DATA_DIR"
	@[ -s $(secret) ] || (umask 077 && $(bin)/python -c 'import secrets; print(secrets.token_urlsafe(64))' > $(secret))
	@[ -e $(collected) ] && [ -z "$$(find static requirements.txt -newer $(collected) -type f | head -n 1)" ] || \
		(echo "Gathering static files" && $(manage) collectstatic --noinput --clear --verbosity 0 && touch $(collected))
	@[ "$(SAMPLE)" = no ] || [ -e $(seeded) ] || \
		(echo "Creating the database and the sample data" && $(manage) seed && touch $(seeded))
	@echo
	@echo "  Atrium     http://$(if $(filter 0.0.0.0 :: 127.0.0.1,$(HOST)),localhost,$(HOST)):$(PORT)"
ifeq ($(SAMPLE),no)
	@echo "  Without sample data. On a new server, the first account becomes its administrator."
else
	@echo "  Sign in    alice@halyard.example, password harbour-light-2026 (sample data)"
endif
	@echo
	@exec $(manage) serve

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Atrium needs Python 3.11 or newer.")'
	@echo "Creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@$(install) requirements.txt
	@touch $@

# --- The proof -------------------------------------------------------------------------------------------------------

# Hundreds of processes would, too.
test test-services lint: export PYTHONDONTWRITEBYTECODE :=

test: export DATABASE_URL :=
test: export REDIS_URL :=
test: $(VENV)/.development $(VENV)/.browser
	@DEBUG=on $(bin)/python -m pytest $(PYTEST_ARGS)

test-services: export DATABASE_URL := $(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/atrium)
test-services: export REDIS_URL := $(or $(REDIS_URL),redis://127.0.0.1:6379/0)
test-services: $(VENV)/.development $(VENV)/.browser
	@DEBUG=on $(bin)/python -m pytest $(PYTEST_ARGS)

mutants: $(VENV)/.development $(VENV)/.browser
	@$(bin)/python -m tests.mutants $(MUTANTS_ARGS)

bench: $(VENV)/.development
	@$(bin)/python -m tests.benchmarks $(BENCH_ARGS)

lint: $(VENV)/.development
	@PATH="$(CURDIR)/$(bin):$$PATH" .ci/lint

format: $(VENV)/.development
	@$(bin)/ruff check --fix --quiet .
	@$(bin)/ruff format .
	@find templates -name '*.html' -exec $(bin)/djade --target-version 5.2 {} +

messages: $(VENV)/.development
	@DEBUG=on $(manage) makemessages
	@DEBUG=on $(manage) compilemessages

# The former name, until the next release.
words: messages

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@$(install) requirements-dev.txt
	@touch $@

$(VENV)/.browser: .ci/browser | $(VENV)/.development
	@PATH="$(CURDIR)/$(bin):$$PATH" .ci/browser
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
