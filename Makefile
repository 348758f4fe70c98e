# One word a task. `make` alone lists them. Needed beforehand: git, make and Python 3.11 or newer.

VENV := .venv
# The newest Python that is there; `make run PYTHON=python3.12` picks another.
PYTHON = $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)
BIN := $(VENV)/bin
# Modules are compiled when they are first imported: most never are.
INSTALL := $(BIN)/python -m pip install --no-compile --quiet --disable-pip-version-check --require-hashes --requirement
# Extras stay in the lock: without them pip takes the newest release of such a package and refuses its hash.
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml
# Under another name, as `make -n` runs every line that names MAKE itself.
INNER = $(MAKE) --no-print-directory
# Some systems have Python keep no bytecode: then each of the servers and commands that tests start compiles all its modules.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist worksteal
TRACED := tests/unit/domain tests/unit/engine tests/golden tests/findings

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test laws test-all approve lint format bench lock upgrade audit release messages pictures clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## Open the dashboard in the browser
	$(BIN)/python -m zt_planner serve

# A browser is looked for while packages are installed, and again after that, as one of them brings one.
test: ## Run the tests
	tools/ensure-programs browser & browser=$$!; $(INNER) $(VENV)/.test; made=$$?; wait $$browser; exit $$made
	tools/ensure-programs browser
	$(PYTEST) -m "not extended"

# `make test` tries each law on two examples. HYPOTHESIS_PROFILE=thorough tries a thousand, and shrinks what fails.
laws: $(VENV)/.test ## Try every law on fifty examples, less than two minutes on two idle cores
	HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-laws} $(PYTEST) -m hypothesis $$(grep -rl --include='test_*.py' '^@given' tests)

# What `make test` leaves out. Tracing makes a test take twice as long, so only those are traced that cover domain and
# engine in full by themselves.
test-all: laws ## Run the laws, what takes long or needs LibreOffice, Java, poppler, Prometheus or Caddy, and the coverage gate
	tools/ensure-programs
	$(PYTEST) $(TRACED) --cov --cov-report=
	$(BIN)/python -m coverage report --fail-under=100
	$(PYTEST) -m "extended and not hypothesis"

approve: $(VENV)/.test ## Approve what documents say now (tests/approved): read the changes before you commit them
	$(BIN)/python -m pytest --approve -m approved $$(grep -rl --include='test_*.py' 'approval\|says' tests)

lint: $(VENV)/.test ## Check style, types and imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test ## Put the source into its form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/.bench ## Measure speed, as ratios
	tools/ensure-programs browser
	set -e; for script in benchmarks/bench_*.py; do $(BIN)/python "$$script"; done

# A release that is locked and still fits is kept. `make upgrade` takes the newest of each.
lock: $(VENV)/.test ## Lock what pyproject.toml asks for, with hashes for every system
	$(COMPILE) $(UPGRADE) --extra portfolio --output-file requirements.txt
	$(COMPILE) $(UPGRADE) --extra portfolio --extra test --extra lock --constraint requirements.txt --output-file requirements-test.txt
	$(COMPILE) $(UPGRADE) --extra portfolio --extra test --extra bench --constraint requirements-test.txt --output-file requirements-bench.txt
	$(COMPILE) $(UPGRADE) --extra portfolio --extra release --constraint requirements-test.txt --output-file requirements-release.txt

upgrade: UPGRADE = --upgrade
upgrade: lock ## Lock the newest release of each requirement

# Strict: a package about which nothing can be asked is an error, not a package without vulnerabilities.
audit: $(VENV)/.release ## Ask for known vulnerabilities of the locked packages
	$(BIN)/pip-audit --strict --disable-pip --require-hashes $(addprefix --requirement ,$(wildcard requirements*.txt))

release: $(VENV)/.release ## Build wheel, sdist, bill of materials, licences and checksums of this commit into dist/
	$(BIN)/python -m tools.make_release

messages: $(VENV)/.test ## Bring the catalogues up to the texts in the source
	$(BIN)/python tools/update_messages.py

pictures: $(VENV)/.test ## Take the documentation's pictures anew
	tools/ensure-programs browser
	$(BIN)/python tools/take_pictures.py

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) .programs build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# Stamps: an environment is made once, and again when its lock file changed.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Install it, or name it: make run PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt pyproject.toml | $(BIN)/python
	$(INSTALL) requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.bench: requirements-bench.txt | $(BIN)/python
	$(INSTALL) requirements-bench.txt
	@touch $@

$(VENV)/.release: requirements-release.txt | $(BIN)/python
	$(INSTALL) requirements-release.txt
	@touch $@
