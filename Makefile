# Everything a fresh machine needs is Python 3.11 or newer and make; `make` alone lists what there is.

PYTHON ?= python3
UV_VERSION := 0.13.8
# A uv of the machine serves; a shim that cannot run does not count.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .tools/bin/uv)
BIN := .venv/bin
READY := .venv/.ready
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	--extra build --extra demo --extra ocr pyproject.toml

# In CI, and where somebody asks for them, tests on real servers may not be left out.
ifneq (,$(filter 1 true yes,$(CI) $(SERVERS)))
NEEDS_SERVERS := servers
PYTEST_SERVERS := --servers=required
endif

# uv does not read pip's configuration: a machine that points pip at a mirror means uv as well.
define use_the_index_of_pip
	mirror="$$($(PYTHON) -m pip config list 2>/dev/null | sed -n "s/^[^ ]*\.index-url='\(.*\)'$$/\1/p" | tail -1)"; \
	if [ -n "$$mirror" ] && [ -z "$$UV_DEFAULT_INDEX$$UV_INDEX_URL" ]; then export UV_DEFAULT_INDEX="$$mirror"; fi
endef

.PHONY: help
help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-10s %s\n' "$$name" "$$what"; done

.PHONY: setup
setup: $(READY) ## builds .venv/ from requirements.lock

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet uv==$(UV_VERSION)

$(READY): requirements.lock pyproject.toml | $(filter .tools/bin/uv,$(UV))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "mailagent needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(use_the_index_of_pip); set -ex; \
	$(UV) venv --quiet --allow-existing --no-python-downloads --python "$$(command -v $(PYTHON))" .venv; \
	$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock; \
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	$(BIN)/python -m compileall -q mailagent parsers connectors
	@touch $@

.PHONY: lock
lock: | $(filter .tools/bin/uv,$(UV)) ## writes requirements.lock anew from pyproject.toml
	@$(use_the_index_of_pip); set -ex; \
	$(LOCK) --extra dev -o requirements.lock $(if $(UPGRADE),--upgrade); \
	$(LOCK) -c requirements.lock -o deploy/requirements.lock

.PHONY: demo
demo: $(READY) ## shows the agent at work, with a mail server of its own
	@$(BIN)/mailagent demo

.PHONY: test
test: $(READY) $(NEEDS_SERVERS) lint ## lint, types, import contracts and all tests
	$(BIN)/pytest -n auto --dist worksteal $(PYTEST_SERVERS)

.PHONY: test-fast
test-fast: $(READY) lint ## the same without real servers and slow tests, under a minute
	$(BIN)/pytest -n auto --dist worksteal -m "not servers and not slow"

.PHONY: lint
lint: $(READY) ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: servers
servers: ## installs Dovecot and Postfix through apt, for the tests that run on them
	@PATH="$$PATH:/usr/sbin:/sbin"; set -e; \
	if command -v dovecot >/dev/null && command -v postfix >/dev/null && [ -x /usr/lib/dovecot/lmtp ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ]; then as_root="sudo"; fi; \
	$$as_root apt-get update -qq; \
	echo "postfix postfix/main_mailer_type select No configuration" | $$as_root debconf-set-selections; \
	$$as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
		apt-get install -y -qq --no-install-recommends dovecot-imapd dovecot-lmtpd postfix

.PHONY: docs
docs: $(READY) ## writes docs/configuration.md from the settings
	$(BIN)/python -m mailagent.settings.reference docs/configuration.md

.PHONY: bench
bench: $(READY) ## how long a bill takes from the sender to the draft
	$(BIN)/python bench/latency.py
