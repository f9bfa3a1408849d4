# Two commands on a fresh machine: `make all` rebuilds outputs/ from seeds/, `make test` passes the tests.
# Needs make, Python 3.11 or newer and a package index. Everything is installed into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: all test check format bench scale faults lock clean

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

# Whether time stays in proportion to length; speed of each stage, of the build, and of maintained peers, on real reports where
# they lie beside the project.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m pytest -n 0 -m timing
	$(BIN)/zhengbao bench $(BENCH) --markdown docs/speed.md

# Cost against size: the seeds up to a thousand times over, all different.
scale: $(READY)
	$(BIN)/python -m pipeline.bench.scale seeds --times 1 10 100 1000 --markdown docs/scale.md

# The long versions of the tests of faults, with an S3 server on this machine and a Ray of two workers.
faults: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[ray,storage-tests]'
	ZHENGBAO_KILLS=50 ZHENGBAO_MUTATIONS=2000 $(BIN)/python -m pytest -n auto tests/faults tests/runner tests/storage

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
