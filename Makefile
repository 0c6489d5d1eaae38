# Placewise. `make demo` builds a synthetic system and serves it; `make test` runs every test. Both set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := .bootstrap/bin/uv
READY := $(VENV)/.ready
SPARK := $(VENV)/.spark

.PHONY: demo test check fix docs bench lock clean setup
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/  -/'

setup: $(READY)  ## set up everything the other targets need

$(UV):
	$(PYTHON) -m venv .bootstrap
	.bootstrap/bin/pip install --quiet --disable-pip-version-check uv

$(READY): $(UV) pyproject.toml requirements.lock hatch_build.py package-lock.json
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/python hatch_build.py
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $(READY)

$(SPARK): $(READY) requirements-spark.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-spark.lock
	touch $(SPARK)

demo: $(READY)  ## build a synthetic system and serve it at localhost
	$(BIN)/placewise demo

test: $(SPARK)  ## run the checks and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python scripts/run_tests.py

check: $(READY)  ## the quick checks: style, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/architecture tests/unit

fix: $(READY)  ## mend style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)  ## write docs/coverage.md and docs/reference/ from the tests
	$(BIN)/python scripts/write_docs.py

PEOPLE ?= 2400000
bench: $(SPARK)  ## write docs/benchmarks.md: times and ratios at full size; PEOPLE=50000 prints a quick look
	PYTHONPATH=scripts $(BIN)/python -m bench --people $(PEOPLE)

lock: $(UV)  ## pin the dependencies with hashes and no addresses
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev --extra postgres pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra spark -c requirements.lock pyproject.toml -o requirements-spark.lock

clean:  ## remove what was built
	rm -rf $(VENV) .bootstrap node_modules demo staticfiles src/placewise_site/web/static/vendor
