# Two commands on a fresh machine: `make all` rebuilds outputs/ from seeds/, `make test` passes the tests.
# Needs make, Python 3.11 or newer and a package index. Everything is installed into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: all test check format bench lock clean

all: $(READY)
	$(BIN)/zhengbao build seeds --output outputs
	$(BIN)/zhengbao report outputs

test: $(READY)
	$(BIN)/python -m pytest -n auto

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Speed of each stage, of the build, and of maintained peers, on real reports where they lie beside the project.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/zhengbao bench $(BENCH) --markdown docs/speed.md

BENCH ?= $(wildcard ../shared/corpora/reports) seeds

# The environment is made again only when the lock or the project's description changed.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "zhengbao needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $(READY)

# Versions and hashes only; the lock records no download addresses.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra build --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file requirements.txt

clean:
	rm -rf $(VENV) outputs/*/ outputs/.zhengbao outputs/manifest.json
