# Everything a person or a CI machine does with the project. `make help` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_PYTHON_DOWNLOADS := never
# Every command and worker starts from bytecode, even where the environment keeps Python from writing any.
export UV_COMPILE_BYTECODE := 1
PYTHON ?= python3
RUN := .venv/bin
DEMO_HOME ?= data/demo

.PHONY: help setup demo superset test-superset test test-browser test-doors bench-postgres test-ray lint types lexicon quality train bench bench-clean bench-stories bench-resolve dev docs clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "  %-13s %s\n", $$1, $$2}'

.venv/.synced: pyproject.toml uv.lock
	@uv=$$($(PYTHON) .ci/find_uv.py) && "$$uv" sync --locked --quiet --python $(PYTHON)
	@$(RUN)/python -m compileall -q pipelines assets checks warehouse
	@touch $@

setup: .venv/.synced ## Install everything into .venv from the lock file

demo: setup ## Run the whole pipeline on examples/inbox and show the events
	@$(RUN)/communique run examples/inbox --home $(DEMO_HOME)
	@COLUMNS=$${COLUMNS:-150} $(RUN)/communique sql --home $(DEMO_HOME) "SELECT coalesce(event_edtf, '') AS at, event_type AS type, status, coalesce(actor1_name, '') AS actor, coalesce(actor2_name, '') AS other, coalesce(place_name, '') AS place, document_count AS texts FROM events ORDER BY event_start NULLS LAST, event_id LIMIT 60"
	@echo "The warehouse: $(DEMO_HOME)/communique.duckdb"

test: setup ## Run the tests; coverage of the rooms' own code must be 90 % or more
	@$(RUN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not quality and not browser and not doors and not ray" --cov --cov-report=term:skip-covered --cov-fail-under=90

test-browser: setup ## Drive the explore pages with Chromium: accessibility, keys, phone, downloads; as root, install it first
	@.ci/packages.sh chromium
	@$(RUN)/pytest -rs -n 2 --dist loadfile tests/browser -m browser

test-ray: setup ## Run the tests of the Ray engine on a cluster of two nodes on this machine
	@uv=$$($(PYTHON) .ci/find_uv.py) && "$$uv" sync --locked --quiet --inexact --extra ray --python $(PYTHON)
	@$(RUN)/pytest tests -m ray

lint: setup ## Check style, layout and the direction of imports
	@$(RUN)/ruff check . && $(RUN)/ruff format --check . && $(RUN)/lint-imports

types: setup ## Check types
	@$(RUN)/mypy

lexicon: setup ## Check every lexicon file
	@$(RUN)/pytest tests/pipelines/extract/test_lexicon_files.py tests/pipelines/extract/test_lexicon_examples.py

quality: setup ## Score the extractor on the project's own annotated texts against the stored baseline
	@$(RUN)/pytest tests/quality -m quality

train: setup ## Fit the weights of the relevance filter and of the second reader on the project's own texts
	@$(RUN)/python tests/quality/train_relevance.py --write
	@$(RUN)/python tests/quality/train_backoff.py --write

test-doors: setup ## List every table through psql, JDBC and ODBC against an installed PostgreSQL; as root, install those first
	@.ci/packages.sh postgresql postgresql-client libpostgresql-jdbc-java unixodbc odbc-postgresql default-jdk-headless
	@COMMUNIQUE_DOORS=1 $(RUN)/pytest -rs tests/doors

superset: demo ## Install Superset in an environment of its own, import the dashboard over the demo and serve it on 127.0.0.1
	@.ci/superset/start.sh $(DEMO_HOME)

test-superset: demo ## Look whether every chart of the dashboard in Superset has rows
	@.ci/superset/check.sh $(DEMO_HOME)

.PHONY: bench-packages bench-extract bench-scale bench-page
bench-packages: setup
	@uv=$$($(PYTHON) .ci/find_uv.py) && "$$uv" sync --locked --quiet --inexact --group bench --python $(PYTHON)

bench: bench-packages ## Measure the whole run and its stages on generated news, beside what one would pick instead (BENCH=options)
	@$(RUN)/python -m tests.bench.run $(BENCH)

bench-scale: bench-packages ## Measure the whole run at several sizes, with one worker and with two (BENCH=options)
	@$(RUN)/python -m tests.bench.scale $(BENCH)

bench-page: bench-packages ## Make docs/performance.md and its pictures from the figures in docs/performance/
	@$(RUN)/python -m tests.bench.performance

bench-extract: setup ## Measure extraction, cleaning and stories alone beside spaCy's full pipeline
	@$(RUN)/python -m tests.bench.extraction

bench-clean: setup ## Measure how many pages of plain text are cleaned in a second
	@$(RUN)/python -m tests.bench.clean

bench-stories: setup ## Measure how well near-copies are found, and what a further batch costs
	@$(RUN)/python -m tests.bench.stories

bench-resolve: setup ## Measure resolving and publishing up to a million generated mentions
	@$(RUN)/python -m tests.bench.resolve

bench-postgres: setup ## Measure a publication of a million mentions to PostgreSQL
	@$(RUN)/python -m tests.bench.postgres

dev: setup ## Open Dagster's web page over the home in ./data
	@$(RUN)/communique dev

docs: setup ## Generate the pages of docs/ that come from code
	@$(RUN)/communique schema --format markdown > docs/data-dictionary.md
	@$(RUN)/communique schema --format mermaid > docs/entities.md
	@$(RUN)/python -m warehouse.superset.bundle
	@$(RUN)/python tests/checks/mutations.py --write

clean: ## Remove what the targets above made
	@rm -rf .venv .uv .superset data .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
