# The two commands: `make chat` runs Sanad, `make test` passes its tests. Both set up all they need.
PYTHON ?= python3
VENV   := .venv
SANAD  := $(VENV)/bin/sanad
HOME_FOLDER ?= .sanad

.PHONY: chat ask test lock clean
.DEFAULT_GOAL := chat

chat: $(VENV)/.installed        ## install, fill an empty library from corpus/, open the chat page
	@$(SANAD) chat --home "$(HOME_FOLDER)"

ask: $(VENV)/.installed         ## answer in the terminal: make ask Q="…" (a refusal is no failure of make)
	@$(if $(Q),,echo 'Give a question: make ask Q="…"' >&2; exit 2)
	@[ -e "$(HOME_FOLDER)" ] || $(SANAD) ingest --home "$(HOME_FOLDER)"
	@$(SANAD) ask "$(Q)" --home "$(HOME_FOLDER)" || [ $$? -eq 3 ]

test: $(VENV)/.installed-dev    ## lint, types, tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest -n auto --maxprocesses 4 --dist loadfile

lock:                           ## resolve the dependencies anew (needs uv)
	echo hatchling | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command 'make lock' pyproject.toml - -o requirements.lock
	echo hatchling | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command 'make lock' --extra dev pyproject.toml - -c requirements.lock -o requirements-dev.lock

clean:                          ## remove the virtual environment and caches, never the library
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# One line for each way of installing; `uv` where present, else venv + pip. Everything is pinned and hashed.
define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Sanad needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Installing Sanad into $(VENV) (once; a minute or two) …"
	@if command -v uv >/dev/null 2>&1; then \
	  { [ -x $(VENV)/bin/python ] || uv venv --python $(PYTHON) $(VENV); } && \
	  uv pip install --compile-bytecode --link-mode copy --python $(VENV)/bin/python --require-hashes -r $(1) && \
	  uv pip install --python $(VENV)/bin/python --no-deps --no-build-isolation -e . ; \
	else \
	  { [ -x $(VENV)/bin/pip ] || $(PYTHON) -m venv $(VENV); } && \
	  $(VENV)/bin/pip install --disable-pip-version-check --require-hashes -r $(1) && \
	  $(VENV)/bin/pip install --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
endef

$(VENV)/.installed: requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.installed
