# The ways into the project. "make" by itself lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
REQUIREMENTS := pyproject.toml constraints.txt
FONTS := reports/_extensions/boardpack/fonts
LAB_SETTINGS := $(VENV)/share/jupyter/lab/settings
ARGS ?=
# As many processes as cores; a file's tests stay together; the heaviest files come first.
TESTS := $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder --durations 10

# Builds and tests start many processes: each would compile the library anew where this is set.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup packs pack preview lab docs pictures test test-all check fix clean constraints

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-24s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\nExamples:\n  make pack PLACE=havering\n  make preview PLACE=havering ARGS="--chapter mental_health"\n  make packs ARGS="--format large-print"\n  make packs PYTHON=python3.12\n'

setup: $(VENV)/ready-for-lab  ## Set up all that an analyst needs, notebooks in git included
	@echo 'Ready. Open the notebooks with: make lab'

packs: $(VENV)/ready-for-packs  ## Build every place's pack and the system's
	@$(BIN)/boardpacks build $(ARGS)

pack: $(VENV)/ready-for-packs  ## Build one pack: make pack PLACE=havering
	@test -n "$(PLACE)" || { echo 'Say which place: make pack PLACE=havering'; $(BIN)/boardpacks places; exit 2; }
	@$(BIN)/boardpacks build --place "$(PLACE)" $(ARGS)

preview: $(VENV)/ready-for-packs  ## See a pack while you work on it: make preview PLACE=havering
	@test -n "$(PLACE)" || { echo 'Say which place: make preview PLACE=havering'; $(BIN)/boardpacks places; exit 2; }
	@$(BIN)/boardpacks preview "$(PLACE)" $(ARGS)

lab: $(VENV)/ready-for-lab  ## Open the notebooks in JupyterLab
	@mkdir -p $(LAB_SETTINGS) && cp .jupyterlab.json $(LAB_SETTINGS)/overrides.json
	@page=/lab; $(BIN)/boardpacks notebooks start > /dev/null && page=/lab/tree/start-here.md; \
	$(BIN)/jupyter lab --LabApp.default_url="$$page" $(ARGS)

docs: $(VENV)/ready-for-docs  ## Make the site of the docs: tutorial, how-to, reference, explanation
	@$(BIN)/properdocs build --quiet
	@echo 'Open $(CURDIR)/site/index.html'

pictures: $(VENV)/ready-for-tests  ## Make the pictures of the docs anew, from packs, pages and forms (needs Chromium)
	@$(BIN)/python -m tests.pictures

test: check  ## Run every check, and every test but the slow ones
	@$(TESTS) $(ARGS)

test-all: check  ## Run every check and test, the slow ones too
	@$(TESTS) --all $(ARGS)

check: $(VENV)/ready-for-tests  ## Check style, types and layers
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/ready-for-tests  ## Mend style where that can be done automatically
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

clean:  ## Delete working files and caches; published packs stay
	@rm -rf reports/work site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

constraints:  ## Renew constraints.txt with the newest versions
	@$(call check_python)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	$(PYTHON) -m venv "$$folder" && \
	"$$folder/bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[lab,dev]' && \
	{ echo '# The versions that every test and every published pack was made with. Renewed by "make constraints".'; \
	  "$$folder/bin/python" -m pip freeze --exclude-editable; } > constraints.new && \
	mv constraints.new constraints.txt

# Each stamp is renewed when the requirements change.

$(VENV)/ready-for-packs: $(REQUIREMENTS)
	@$(call check_python)
	@echo 'Setting up Python packages in $(VENV) (a few minutes the first time) ...'
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --editable .
	@$(BIN)/python -c 'from pathlib import Path; from boardpacks.charts.fonts import ensure_fonts; ensure_fonts(Path("$(FONTS)"))'
	@touch $@

$(VENV)/ready-for-lab: $(VENV)/ready-for-packs
	@echo 'Adding JupyterLab ...'
	@$(PIP) --editable '.[lab]'
	@! git rev-parse --git-dir > /dev/null 2>&1 || git config --local include.path ../.gitconfig
	@touch $@

$(VENV)/ready-for-docs: $(VENV)/ready-for-packs
	@echo 'Adding what the site of the docs is made with ...'
	@$(PIP) --editable '.[docs]'
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/ready-for-packs
	@echo 'Adding what the tests need ...'
	@$(PIP) --editable '.[dev]'
	@touch $@

define check_python
command -v "$(PYTHON)" > /dev/null || { \
  echo 'No "$(PYTHON)" found. Install Python 3.11 or newer, or name one: make packs PYTHON=/path/to/python3'; exit 2; }; \
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "Python 3.11 or newer is needed, but $(PYTHON) is $$($(PYTHON) --version). Name another: make packs PYTHON=python3.12"; exit 2; }; \
"$(PYTHON)" -c 'import ensurepip, venv' 2> /dev/null || { \
  echo 'Python has no venv module here. On Debian or Ubuntu: sudo apt-get install python3-venv'; exit 2; }
endef
