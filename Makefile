# setup demo build test torture lint goldens bench: each works on a machine with only Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SET := example-sets

.PHONY: setup demo build test torture lint goldens sheets bench clean

# Runtime only: what `demo` and `build` need.
$(VENV)/.runtime: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "iconbuild needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[progress]"
	$(BIN)/python -m compileall -q iconbuild
	@touch $@

# Everything that tests and linters need.
$(VENV)/.dev: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

setup: $(VENV)/.dev

demo: $(VENV)/.runtime
	$(BIN)/iconbuild plan $(SET)/saas-dashboard/icons.yaml
	$(BIN)/iconbuild build $(SET)/saas-dashboard/icons.yaml
	@echo
	@echo "The contact sheet of the set: $(SET)/saas-dashboard/dist/index.html"
	@echo "Two more sets to build:       $(BIN)/iconbuild build $(SET)/ecommerce-categories/icons.yaml"
	@echo "                              $(BIN)/iconbuild build $(SET)/brand-themes/icons.yaml"

build: $(VENV)/.runtime
	for set in $(SET)/*/icons.yaml; do $(BIN)/iconbuild build $$set || exit 1; done

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

# Every point of every sweep over paid work; `test` runs a selection of them.
torture: $(VENV)/.dev
	$(BIN)/python -m pytest tests/torture
	$(BIN)/python -m pytest -m torture

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/proportions.py

# Writes the reviewed texts anew; look at the diff before committing it.
goldens: $(VENV)/.dev
	ICONBUILD_UPDATE_GOLDENS=1 $(BIN)/python -m pytest -q -k golden

# Every style over 45 subjects, and every step before and after, as docs/ shows them.
sheets: $(VENV)/.dev
	$(BIN)/python -m tests.sheets
	$(BIN)/python -m tests.stepsheets

bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
