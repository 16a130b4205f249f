# One word a task. `make run` and `make test` are all that a newcomer needs.
.DEFAULT_GOAL := help
SHELL := bash
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
TOOLS := $(VENV)/.tools
UV = $(BIN)/uv pip install -q --python $(BIN)/python --compile-bytecode -c constraints.txt

.PHONY: help setup run demo test check lint bench fit audit screenshots clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

# A resolver that installs the pinned set in parallel; byte-code is compiled, since Airflow's many processes
# would otherwise each compile everything again (three times slower starts).
$(RUNTIME): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("claimwire needs Python 3.11 to 3.13; say make PYTHON=…") if not (3,11) <= sys.version_info[:2] <= (3,13) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt uv
	@echo "installing the pinned set into $(VENV) …"
	@$(UV) -e '.[airflow,postgres,analyst,archive]'
	@touch $@

$(TOOLS): $(RUNTIME)
	@echo "installing the tools for tests, lint and bench …"
	@$(UV) -e '.[cluster,analyst,archive]' --group dev
	@touch $@

setup: $(TOOLS)  ## install everything into .venv, start nothing

run: $(RUNTIME)  ## Airflow, DAGs, review desk and a first collection, on this machine; Ctrl-C stops it all
	@$(BIN)/claimwire up

demo: $(RUNTIME)  ## the same job without Airflow, in the terminal
	@$(BIN)/claimwire init && $(BIN)/claimwire run --feed sample

test: setup  ## the whole suite
	@$(BIN)/pytest -n 2 --dist loadfile

lint: setup  ## style, types, holes of our own, import contract, data files
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/claimwire lint
	@$(BIN)/bandit -q -r src plugins -c pyproject.toml 2>/dev/null

check: lint test  ## what CI runs

bench: setup  ## ratios against named rivals, measured in one run
	@$(BIN)/python -m bench

fit: setup  ## fit the models again from labelled articles (needs ../shared/gold)
	@$(BIN)/python bench/fit/fit.py ../shared/gold

audit: setup  ## known holes in dependencies, and ours
	@$(BIN)/bandit -q -r src plugins -c pyproject.toml && $(BIN)/python -m bench.audit

screenshots: setup  ## the pictures of README, from a running installation
	@$(BIN)/python -m bench.screenshots

clean:  ## remove what was made here; the warehouse in var/ stays
	@rm -rf .airflow .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist htmlcov .coverage $(VENV)
