# make serve   set up, build the graph from seeds/ if something changed, start the server
# make test    set up, install what the tests need, run every check
# make help    the other targets

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
STORE ?= data

.PHONY: help setup setup-test build serve test test-long format lint types unit prerequisites bench clean

help:
	@sed -n 's/^# //p' Makefile

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 …"; exit 2; }
	$(PYTHON) -m venv $(VENV) || { echo "The venv module is needed (Debian, Ubuntu: apt-get install python3-venv)"; exit 2; }
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[html]'
	@touch $@

$(VENV)/.installed-test: $(VENV)/.python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.installed

setup: $(VENV)/.installed

setup-test: $(VENV)/.installed-test

# exit code 3 says that an article was refused and named; the others are there to be served
build: setup
	$(BIN)/kg build seeds --store $(STORE) --if-changed || test $$? -eq 3

serve: build
	$(BIN)/kg serve --store $(STORE) --host $(HOST) --port $(PORT)

# make format   put the code in its form
format: setup-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: setup-test
	$(BIN)/mypy

prerequisites:
	sh tests/prerequisites.sh

unit: setup-test prerequisites
	$(BIN)/python -m pytest -q

test: lint types unit

# make test-long   the same with fresh random examples, and ten minutes of fuzzing
test-long: lint types prerequisites
	KG_TEST_EXAMPLES=random $(BIN)/python -m pytest -q
	$(BIN)/python tests/fuzz.py --seconds 600 --seed $$(date +%j)

# make bench    measure speed (see bench/README.md)
bench: setup-test
	$(BIN)/python bench/extract.py

# make clean    remove what the other targets made
clean:
	rm -rf $(VENV) data dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
