# Thin: each target is one line that a person could type. README.md has the same for Windows.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: report test test-all check bench screens docs lock clean

report: .venv/report.ok
	$(BIN)/kg build

test: .venv/dev.ok
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --durations=10

# What `make test` leaves out: every page in four ways, a second full build, every cell missing;
# then how much the tests that need no build reach, with the floor in pyproject.toml.
test-all: .venv/dev.ok
	$(BIN)/python -m pytest -m slow -n auto --maxprocesses 4 --dist worksteal --durations=10
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -q --cov -m "not (mini or build or browser or slow)"

check: .venv/dev.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/spell.py

bench: .venv/dev.ok
	$(BIN)/python tools/bench.py

screens: .venv/dev.ok report
	$(BIN)/python tools/screens.py

docs: .venv/dev.ok
	$(BIN)/python tools/docs_site.py

# New pins for all packages; needs uv (https://docs.astral.sh/uv/).
lock:
	uv pip compile -q $(UV_FLAGS) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group dev pyproject.toml -o requirements/dev.lock
	uv pip compile -q $(UV_FLAGS) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group build pyproject.toml -c requirements/dev.lock -o requirements/report.lock

clean:
	$(PYTHON) -c "import shutil; shutil.rmtree('build', ignore_errors=True)"

.venv/python.ok:
	$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed, found ' + sys.version.split()[0] + '. Try: make PYTHON=python3.12 report')"
	$(PYTHON) -m venv .venv
	@touch $@

.venv/report.ok: requirements/report.lock pyproject.toml | .venv/python.ok
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/report.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.ok: requirements/dev.lock .venv/report.ok
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
