# The two commands a newcomer needs are `make demo` and `make test`.
# PYTHON names the Python (3.11 or later) that makes the virtual environment; SERVE=no stops the demo after its report.
PYTHON ?= python3
SERVE ?= yes
BIN := .venv/bin
UV := $(BIN)/uv pip
export SONGDA_HOME ?= var

.PHONY: demo test torture check audit lint serve bench setup dev assets messages lock format clean help

help:            ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: .venv/core.stamp assets   ## install what it needs to run, into .venv

dev: .venv/dev.stamp assets      ## and what it takes to test

.venv/bin/uv: requirements-bootstrap.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更高版本 (Python 3.11 or later is needed)")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

.venv/core.stamp: .venv/bin/uv requirements.lock pyproject.toml
	$(UV) install --quiet --require-hashes -r requirements.lock || $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(UV) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/core.stamp requirements-dev.lock
	$(UV) install --quiet --require-hashes -r requirements-dev.lock || $(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

MESSAGES := songda/portal/languages/locale/en/LC_MESSAGES/django
$(MESSAGES).mo: $(MESSAGES).po .venv/core.stamp
	@$(BIN)/python -m songda.portal.languages compile

assets: .venv/core.stamp $(MESSAGES).mo
	@command -v npm >/dev/null || [ -x $(BIN)/npm ] || $(UV) install --quiet --require-hashes -r requirements-node.lock
	@$(BIN)/python -m songda.kernel.screens.assets

demo: setup      ## set up, load the campaign, generate the city, run the main job, serve
	@SONGDA_DEMO=yes $(BIN)/songda demo $(if $(filter no,$(SERVE)),--no-serve,--serve)

serve: setup     ## serve what is there
	@$(BIN)/songda serve

test: dev        ## all tests: SQLite, PostgreSQL, browser
	@$(BIN)/python -m tests.run

torture: dev     ## the long runs: 1,000 kills, 10,000 concurrent steps on both databases, 10,000 hostile uploads, web processes killed under load
	@$(BIN)/python -m tests.torture

lint: dev        ## format, lint, walls, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

check: lint      ## all that, and the structure tests
	$(BIN)/python -m pytest -q -n 2 tests/structure

AUDIT := $(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off
audit: dev       ## hold the locked parts against known weaknesses (asks the network; what cannot be looked up is a failure)
	for name in requirements requirements-dev requirements-bootstrap requirements-node; do $(AUDIT) -r $$name.lock || exit 1; done

bench: dev       ## measure, with the peers in the same run
	@$(BIN)/python -m benchmarks

format: dev      ## let the machine format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv/core.stamp    ## bring the English catalogue up to the sources
	@$(BIN)/python -m songda.portal.languages update

lock: .venv/bin/uv   ## make the lock files anew from the .in files
	for name in requirements requirements-dev requirements-bootstrap requirements-node; do \
	  $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" $$name.in -o $$name.lock; done

clean:           ## remove what was installed and generated
	rm -rf .venv node_modules songda/kernel/screens/static/vendor var
