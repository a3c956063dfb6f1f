PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(if $(wildcard $(VENV)/.dev),$(VENV)/.dev,$(VENV)/.run)
DOCS   ?= evals/library/documents
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help ask chat test lint format evals gallery studio catalogue lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

ask: $(READY)  ## ask the library: make ask Q="..." [DOCS=folder] [OUT=folder]
	@$(BIN)/attest ask "$$Q" --docs "$(DOCS)" $(if $(OUT),--out "$(OUT)")

chat: $(READY)  ## the chat on http://127.0.0.1:8000: make chat [DOCS=folder] [PORT=8000]
	@$(BIN)/attest chat --docs "$(DOCS)" --port "$(PORT)"

test: $(VENV)/.dev lint  ## lint, types, architecture contracts and every test
	@$(BIN)/pytest --ignore=tests/browser
	@$(BIN)/pytest tests/browser --dist loadfile

lint: $(VENV)/.dev  ## lint, types and architecture contracts alone
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev  ## rewrite the code in the house style
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

evals: $(VENV)/.dev  ## measure: make evals [SUITE=retrieval|corpus|answers|load|orchestration|budget|gateway|chat|urls|credibility|sandbox|wording|conflict|support|addressed|languages]
	@$(BIN)/python -P -m evals $(SUITE)

gallery: $(VENV)/.dev  ## photograph the chat for the README, with Chromium
	@$(BIN)/python -m tests.browser.gallery

studio: $(VENV)/.dev  ## LangGraph Studio, with the server on http://127.0.0.1:2024: make studio [DOCS=folder]
	@$(BIN)/attest studio --docs "$(DOCS)"

catalogue: $(VENV)/.dev  ## collect the texts that people read into ui/locales/attest.pot, for translators
	@$(BIN)/pybabel --quiet extract --keywords N_ --no-location --sort-output --omit-header --width 110 --output-file ui/locales/attest.pot ui

lock: $(VENV)/bin/uv  ## resolve the two lock files again
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --group build --group dev -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml --group build -c requirements-dev.lock -o requirements.lock

clean:  ## remove the environment and the caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Attest needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.8

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/uv
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/uv
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
