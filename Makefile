PY := .venv/bin/python
RUFF := .venv/bin/ruff
ORDER := 1

.PHONY: start test check bench

# Starts everything and prints the addresses; Ctrl-C stops it.
start:
	@requirements/install.sh runtime sandbox
	@exec $(PY) -m motcua.config.start

# Installs what the tests need, then runs all of them: three files at a time (many wait for others), each in a process of its own.
# They come in one order, so that what changed decides a landing; `make test ORDER=7` shuffles them otherwise.
test: tools
	@requirements/debian.sh
	$(PY) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder --randomly-seed=$(ORDER) -m "not looks"

# Looks at every page in every size, light and dark, and asks Lighthouse: minutes that not every change needs.
.PHONY: looks
looks: tools
	@requirements/debian.sh
	@requirements/lighthouse.sh
	$(PY) -m pytest -m looks tests/browser

# Format, lint, types, layers, templates, migrations, catalogue, known weaknesses of what we depend on.
check: tools
	$(RUFF) format --check .
	$(RUFF) check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint motcua --lint --quiet
	MOTCUA_HOME=$$(mktemp -d) $(PY) -W ignore -m motcua makemigrations --check --dry-run
	MOTCUA_HOME=$$(mktemp -d) $(PY) -m django check --settings motcua.config.settings --fail-level WARNING
	bin/motcua check --strict catalogue/procedures
	bin/motcua check bench/procedure
	$(PY) requirements/audit.py

# Asks the package index which of the pinned versions have known weaknesses, and stops where one could not be asked about.
.PHONY: audit
audit: tools
	$(PY) requirements/audit.py --strict

# Measures speed, weight, memory; see bench/.
bench: tools
	$(PY) -m bench

# Takes the pictures of every procedure's pages that leaflets show, anew.
.PHONY: pictures
pictures: tools
	@requirements/debian.sh
	PROCEDURE_PICTURES=1 $(PY) -m pytest tests/browser/test_robot.py

.PHONY: tools
tools:
	@requirements/install.sh runtime sandbox develop
