# make rapporten  makes .venv, installs the package and renders the example reports into reports/
# make scherm     opens the invoerscherm in the browser
# make test       the test suite: what is quick of it, some notebooks included
# Needs Python 3.11 or newer and make; nothing else. Another interpreter: make PYTHON=python3.12 rapporten

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# all cores, but no more workers than repay their start
KERNEN := -n logical --maxprocesses 8

.PHONY: rapporten scherm test test-traag test-zoek lint benchmark benchmark-batch benchmark-scherm lab notebooks docs schoon

rapporten: $(VENV)/.klaar
	$(BIN)/mkba rapport data/aanpakken/standaard.toml data/aanpakken/voorbeeld-1.toml data/aanpakken/voorbeeld-2.toml \
		data/aanpakken/voorbeeld-3.toml data/aanpakken/voorbeeld-4.toml data/aanpakken/voorbeeld-5.toml \
		data/voorbeeldgemeente/aanpakken.csv --naar reports
	$(BIN)/mkba effect voorbeeldstad --aanpak voorbeeldstad --nulmeting 60% --naar reports
	$(BIN)/mkba notebook 35 50 90 --naar reports

# saves in mijn-aanpakken/; SCHERM: what to open and options, such as SCHERM="voorbeeld-1 --naar elders --geen-browser"
scherm: $(VENV)/.klaar-scherm
	$(BIN)/mkba scherm --naar mijn-aanpakken $(SCHERM)

# kernels too: no threads that wait for each other by spinning, and mkba compiled once
test test-traag test-zoek: export OPENBLAS_NUM_THREADS := 1
test test-traag test-zoek: export PYTHONDONTWRITEBYTECODE :=

test: $(VENV)/.klaar-test
	$(BIN)/python -m pytest $(KERNEN) --dist worksteal -p no:nbval

# kill -9, full disks, hanging cells, Ctrl-C in the real command, a dask cluster, the invoerscherm in a browser, workbooks
# recalculated by LibreOffice, the dear notebooks, and every notebook in a kernel of its own; each property with all its
# examples, of which make test tries a quarter; some minutes
test-traag: $(VENV)/.klaar-test
	$(BIN)/python -m pytest $(KERNEN) --dist worksteal -p no:nbval -m "traag or hypothesis" --hypothesis-profile alle
	$(BIN)/python -m pytest $(KERNEN) --dist loadfile --nbval --nbval-sanitize-with notebooks/nbval.cfg -p no:cacheprovider notebooks

# properties at random, with ten times their examples: to look further, never to judge a commit; some minutes
test-zoek: $(VENV)/.klaar-test
	$(BIN)/python -m pytest $(KERNEN) --dist worksteal -p no:nbval -m hypothesis --hypothesis-profile zoek

lint: $(VENV)/.klaar-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

benchmark: $(VENV)/.klaar
	$(BIN)/python benchmarks/evaluaties.py
	$(BIN)/python benchmarks/opdrachten.py

benchmark-batch: $(VENV)/.klaar
	$(BIN)/python -m pip install --quiet psutil
	$(BIN)/python benchmarks/batch.py --gemeenten

benchmark-scherm: $(VENV)/.klaar-test
	$(BIN)/python benchmarks/scherm.py

lab: $(VENV)/.klaar-lab
	$(BIN)/jupyter lab notebooks

# execute the notebooks again with their default parameters, to commit them after a change
notebooks: $(VENV)/.klaar
	$(BIN)/python -m mkba.reeks.werk.ververs

# the page of the front door, from its docstrings, and the tables of the kengetallen
docs: $(VENV)/.klaar
	$(BIN)/python -m mkba.opdracht.documenten.api
	$(BIN)/python -m mkba.opdracht.documenten.catalogus

$(VENV)/.klaar: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 of nieuwer is nodig; kies er een met: make PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { echo "Kan .venv niet maken; op Debian en Ubuntu: apt install python3-venv"; exit 2; }
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.klaar-test: $(VENV)/.klaar
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	@touch $@

$(VENV)/.klaar-scherm: $(VENV)/.klaar
	$(BIN)/python -m pip install --quiet --editable ".[scherm]"
	@touch $@

$(VENV)/.klaar-lab: $(VENV)/.klaar
	$(BIN)/python -m pip install --quiet --editable ".[lab]"
	@touch $@

schoon:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
