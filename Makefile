# make run · make test · make check · make bench · make fix · make eval · make learn
# Everything from nothing: a missing uv is put into .tools, packages into .venv.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
RUN := .venv/bin
JOBS ?= auto

.PHONY: help run test check bench fix eval learn lock clean

help:
	@grep -E '^# make' Makefile | head -1 | cut -c3-

.tools/uv/bin/uv:
	@scripts/bootstrap-uv.sh $(PYTHON) .tools/uv

.venv/.run: requirements.lock $(filter .tools/%,$(UV))
	@$(UV) venv --quiet --allow-existing .venv
	@$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock $(filter .tools/%,$(UV))
	@$(UV) venv --quiet --allow-existing .venv
	@$(UV) pip sync --quiet --python .venv/bin/python --require-hashes requirements-dev.lock
	@touch $@ .venv/.run

run: .venv/.run
	@exec $(RUN)/python -m bot run

test: .venv/.dev
	@$(RUN)/pytest -n $(JOBS) --dist worksteal

check: .venv/.dev
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/python -m bot content check
	$(RUN)/python -m scripts.locales check

fix: .venv/.dev
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .
	$(RUN)/python -m scripts.locales update

bench: .venv/.dev
	@$(RUN)/python -m bench

eval: .venv/.dev
	@$(RUN)/python -m scripts.eval --misses 20
	@$(RUN)/python -m scripts.eval_intents

learn: .venv/.dev
	@$(UV) pip install --quiet --python .venv/bin/python --require-hashes -r requirements-learn.lock
	@$(RUN)/python -m scripts.learn
	@$(RUN)/python -m scripts.learn_intents

lock: $(filter .tools/%,$(UV))
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev --group bench -o requirements-dev.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group learn -c requirements-dev.lock -o requirements-learn.lock

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache
