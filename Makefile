# Two commands: `make publish` and `make test`. Each builds what it needs, from the lock, inside .venv.
.POSIX:
.PHONY: publish test benchmark lint lock clean help

PYTHON = python3
BIN    = .venv/bin
READY  = .venv/.ready

publish: $(READY)  ## Turn the texts in raw/ into a release in dist/
	$(BIN)/newind publish

test: $(READY) lint  ## Run every check
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: $(READY)  ## Print what the main job costs on this machine
	$(BIN)/python -m tests.benchmarks

lock: $(READY)  ## Resolve the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --upgrade --quiet \
	  --no-header --no-annotate --no-emit-index-url --output-file requirements.txt

clean:  ## Remove the environment and caches; releases stay
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

# pip installs uv alone, from the lock's own lines for it; uv, from then on, everything.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv --clear .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement .venv/uv.txt
	$(BIN)/uv pip sync --quiet --require-hashes requirements.txt
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)
