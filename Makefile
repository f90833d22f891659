# make serve, make test: each sets up what it needs in .venv and does it.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv --quiet
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# uv has settings of its own; it looks where pip would, if pip was told by its variables.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

.PHONY: help serve build check compare schemas test test-all checked lighthouse lint types suite bench
.PHONY: reliability fuzz reproduce sbom audit actionlint capture-tools wheel lock clean

# The first one is what `make` does alone.
.DEFAULT_GOAL := help

help: ## say what each of these does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(VENV)/.site ## show the site on http://127.0.0.1:8000 (PORT=8000), again after every change
	$(BIN)/summitry check --settings
	$(BIN)/mkdocs serve $(if $(PORT),--dev-addr 127.0.0.1:$(PORT))

build: $(VENV)/.site ## build the site into site/
	$(BIN)/summitry check --settings
	$(BIN)/mkdocs build $(if $(STRICT),--strict)

check: $(VENV)/.site ## list every problem in content/ and docs/
	$(BIN)/summitry check $(if $(FORMAT),--format $(FORMAT)) $(if $(BASE),--base $(BASE))

schemas: $(VENV)/.site ## write the schemas by which editors complete front matter, after a change of the model
	$(BIN)/summitry schemas

compare: $(VENV)/.dev ## say what a change does to evidence and pages, for who reviews it: make compare BASE=main
	$(BIN)/summitry compare $(BASE) --into compared --site $(if $(ANNOTATE),--annotate)

test: lint ## run the linters, the type checker and every test
	@$(MAKE) --no-print-directory checked

checked: $(VENV)/.dev ## the type checker and every test, beside each other
	@$(MAKE) --no-print-directory --jobs=2 types suite

test-all: test $(VENV)/.node ## the same, the verifier in Node, the W3C's Nu checker, and the site behind nginx; needs Java, Node, nginx
	@command -v java >/dev/null || { echo "java is missing: install a Java runtime (17 or newer)"; exit 1; }
	@command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || { echo "nginx is missing: install nginx"; exit 1; }
	$(BIN)/pytest -m standards

lighthouse: $(VENV)/.dev $(VENV)/.node ## Lighthouse, as on a phone, on a page of each kind; needs Node
	$(BIN)/python tests/lighthouse.py $(PAGES)

# The workflows that `summitry init` writes.
BEGUN = scripts/summitry/tools/starter/files/dot-github/workflows/*.yml

lint: $(VENV)/.dev
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests
	$(BIN)/zizmor --offline --quiet .github $(BEGUN)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml $(BEGUN)
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml

types: $(VENV)/.dev
	$(BIN)/mypy

# One more than there are cores, as tests wait for browsers and servers.
WORKERS = $(shell $(PYTHON) -c 'import os; print(min((os.cpu_count() or 1) + 1, 5))')

suite: $(VENV)/.dev ## run every test, in a process more than there are cores
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal

bench: $(VENV)/.dev ## measure, beside MkDocs with Material (and Hugo and Zensical, if they are there): make bench SIZES="1000 5000" SERVING=1000
	$(BIN)/python tests/bench.py $(SIZES) $(if $(SERVING),--serving $(SERVING))

reliability: $(VENV)/.dev ## try what can go wrong, and print one table: figure, aim, measured
	PYTHONPATH=tests $(BIN)/python -m reliability

fuzz: $(VENV)/.dev ## damage files without end, or in parts: make fuzz COUNT=100000 FIRST=300000 JOBS=1
	PYTHONPATH=tests $(BIN)/python -m reliability.fuzz $(COUNT) $(if $(FIRST),--first $(FIRST)) $(if $(JOBS),--jobs $(JOBS))

reproduce: $(VENV)/.dev ## build twice, as differently as can be, and compare every byte
	PYTHONPATH=tests $(BIN)/python -m reliability.reproduce

sbom: $(VENV)/.audit ## write sbom.json: everything that the site is built with (CycloneDX)
	$(VENV)-audit/bin/cyclonedx-py requirements requirements/site.txt --pyproject pyproject.toml --output-reproducible --output-format JSON --output-file sbom.json

audit: $(VENV)/.audit ## look for known faults in everything that is installed; needs the network
	for lock in site capture dev audit actions; do $(VENV)-audit/bin/pip-audit --disable-pip --require-hashes --strict --progress-spinner off --requirement requirements/$$lock.txt || exit 1; done

actionlint: $(VENV)/.actions ## look at the workflows as GitHub does; installing it needs the network beyond packages
	$(VENV)-actions/bin/actionlint

capture-tools: $(VENV)/.capture ## install what fetching pages and verifying time stamps need

wheel: $(VENV)/.site ## build the package that pip installs, into dist/
	$(BIN)/python -m hatchling build -t wheel -d dist

lock: $(VENV)/.dev ## lock the requirements anew
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/uv.in -o requirements/uv.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml requirements/build.in -o requirements/site.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra capture pyproject.toml requirements/build.in -c requirements/site.txt -o requirements/capture.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev --extra capture --extra cjk pyproject.toml requirements/build.in -c requirements/capture.txt -o requirements/dev.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/audit.in -o requirements/audit.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements/actions.in -o requirements/actions.txt

clean:
	rm -rf $(VENV) $(VENV)-audit $(VENV)-actions sbom.json compared tests/node/node_modules .cache site .site-new* .site-old* .site-gone*

$(BIN)/uv: requirements/uv.txt
	@command -v git >/dev/null || { echo "git is missing: install git"; exit 1; }
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer, or say make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11: install Python 3.11 or newer, or say make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments: install its venv module (on Debian, python3-venv)"; exit 1; }
	@echo "setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements/uv.txt
	@touch $@

$(VENV)/.site: $(BIN)/uv requirements/site.txt pyproject.toml
	@echo "installing what the site needs"
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --require-hashes --no-deps -r requirements/site.txt
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.capture: $(VENV)/.site requirements/capture.txt
	@echo "installing what fetching pages needs"
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --require-hashes --no-deps -r requirements/capture.txt
	@touch $@

# From a lock without addresses: npm finds the packages where it is set to look.
$(VENV)/.node: $(BIN)/uv tests/node/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js (20 or newer)"; exit 1; }
	@echo "installing the Nu checker and Lighthouse"
	@npm ci --prefix tests/node --ignore-scripts --no-progress --silent
	@touch $@

# Apart from what builds the site: nothing of it can reach in there.
$(VENV)/.audit: $(BIN)/uv requirements/audit.txt
	@echo "installing what looks for known faults"
	@$(PYTHON) -m venv $(VENV)-audit
	@VIRTUAL_ENV=$(VENV)-audit $(UV) pip install --require-hashes --no-deps -r requirements/audit.txt
	@touch $@

# Apart too: its package downloads a program while it is installed.
$(VENV)/.actions: $(BIN)/uv requirements/actions.txt
	@echo "installing what looks at workflows"
	@$(PYTHON) -m venv $(VENV)-actions
	@VIRTUAL_ENV=$(VENV)-actions $(UV) pip install --require-hashes --no-deps -r requirements/actions.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.site requirements/dev.txt
	@echo "installing what the tests need"
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --require-hashes --no-deps -r requirements/dev.txt
	@# Compiled once, and not by each of the processes that begin to run tests at the same moment.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --collect-only --quiet >/dev/null || true
	@touch $@
