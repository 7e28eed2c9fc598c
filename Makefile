# `make report` on a fresh machine: installs what is missing, then makes the report. Works with GNU make 3.81 (macOS).
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup report test test-all test-one lint types cover judges bench bench-batch pictures pins image clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

setup: ## install what is missing: system libraries, Python packages into .venv
	@.setup/environment.sh

report: setup ## make the association's annual report: output/spoc/annual-report/
	.venv/bin/report build spoc annual-report

test: test-environment ## run the tests that need nothing but Python packages
	.venv/bin/python -m pytest -m "not slow" -n auto

test-all: judges ## run all tests, with LibreOffice, veraPDF and the Open XML SDK as judges
	REPORT_JUDGES=required .venv/bin/python -m pytest -n auto

test-one: test-environment ## run one test file, folder or test: make test-one T=tests/compose/test_trim.py
	@test -n "$(T)" || { echo "say which: make test-one T=tests/compose/test_trim.py" >&2; exit 2; }
	.venv/bin/python -m pytest $(T)

lint: types ## check style, formatting, types and which room imports which
	.venv/bin/ruff check report tests benchmarks
	.venv/bin/ruff format --check report tests benchmarks
	.venv/bin/lint-imports --no-cache

types: test-environment ## check the types
	.venv/bin/mypy

cover: test-environment ## say which lines no test reaches: in per cent, and by file
	.venv/bin/coverage erase
	.venv/bin/coverage run -m pytest -m "not slow" -n auto -q
	.venv/bin/coverage combine -q
	.venv/bin/coverage report --show-missing

judges: test-environment ## install the judges that are missing
	@.setup/judges.sh

bench: test-environment ## measure speed against bare WeasyPrint
	.venv/bin/python -m benchmarks.report

bench-batch: test-environment ## measure batches against WeasyPrint, LibreOffice, Chromium and Typst (.setup/peers.sh)
	.venv/bin/python -m benchmarks.batch

pictures: test-environment ## renew the pictures of the README (needs LibreOffice and Poppler)
	@.setup/pictures.sh

pins: ## renew the pinned versions of all dependencies (needs uv)
	@.setup/pins.sh

image: ## build the container image ngo-report (needs Docker or Podman)
	@.setup/image.sh

clean: ## remove what was made here, not what was installed system-wide
	rm -rf .venv .judges .peers .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .coverage .coverage.*
	find output -mindepth 1 ! -name .gitkeep -delete

.PHONY: test-environment
test-environment:
	@.setup/environment.sh test
