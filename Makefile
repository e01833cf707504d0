# Two commands: `make publish` and `make test`. Each builds what it needs, from its lock, inside .venv.
.POSIX:
.PHONY: publish test benchmark native interpreted fuzz lint lock engine screenshots clean help

MAKEFLAGS += -j2  # npm builds the engine while Python's packages are fetched

PYTHON = python3
BIN    = .venv/bin
READY  = .venv/.ready
DEV    = .venv/.ready-dev
WASM   = flows/explorer/wasm
ENGINE = flows/explorer/_engine/.built
LOCK   = $(BIN)/uv pip compile pyproject.toml --generate-hashes --quiet --no-header --no-annotate --no-emit-index-url

publish: $(READY) $(ENGINE)  ## Turn the texts in raw/ into a release in dist/
	$(BIN)/newind publish

test: $(DEV) $(ENGINE) lint  ## Run every check
	$(BIN)/pytest --numprocesses auto --dist loadfile

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

benchmark: $(DEV)  ## Print what the main job costs on this machine
	$(BIN)/python -m tests.benchmarks

native: $(DEV)  ## Compile the parser with the C compiler at hand
	$(BIN)/python -m tests.native

interpreted: $(DEV)  ## Take the compiled parser away again
	$(BIN)/python -m tests.native --remove

SECONDS = 600

fuzz: $(DEV)  ## Look for texts that break the parser; SECONDS=600
	$(BIN)/python -m tests.fuzz $(SECONDS)

lock: $(DEV)  ## Resolve the dependencies of pyproject.toml anew
	$(LOCK) --group build --upgrade --output-file requirements.txt
	$(LOCK) --group dev --all-extras --constraint requirements.txt --upgrade --output-file requirements-dev.txt

engine: $(ENGINE)  ## Build DuckDB for the pages of releases, where npm is present

screenshots: $(DEV) publish  ## Make the pictures of the README anew, from the newest release
	$(BIN)/python -m tests.explorer.screenshots dist docs

clean:  ## Remove the environment and caches; releases stay
	rm -rf flows/parse/*.so newind_parser__mypyc.* .venv build flows/explorer/wasm/node_modules flows/explorer/_engine .mypy_cache .ruff_cache .pytest_cache .hypothesis

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

# pip installs uv alone, from the lock's own lines for it; uv, from then on, everything. Bytecode is written now, on
# every core: else each first import would compile it, and each start would where Python may not write it.
SYNC = $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode
SELF = $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable . && $(BIN)/python -m compileall -q flows

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv --clear .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.txt > .venv/uv.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement .venv/uv.txt
	$(SYNC) requirements.txt
	$(SELF)
	touch $(READY)

# Pages can do without it, so nothing that goes wrong here stops anything.
$(ENGINE): $(WASM)/package-lock.json $(WASM)/package.json $(WASM)/entry.mjs $(WASM)/build.mjs
	@mkdir -p $(@D)
	@if ! command -v npm >/dev/null; then echo "npm is missing: pages get no SQL, but snippets to copy"; \
	elif ! (cd $(WASM) && npm ci --ignore-scripts --silent && node build.mjs ../_engine); then \
	echo "DuckDB for pages could not be built: pages get no SQL, but snippets to copy"; \
	else touch $@; fi

# What tests and benchmarks need stands on top of what a publisher needs.
$(DEV): $(READY) requirements-dev.txt
	$(SYNC) requirements-dev.txt
	$(SELF)
	touch $(DEV)
