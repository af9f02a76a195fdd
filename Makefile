# Everything runs in .venv, which is made and kept up to date as needed.
# Some systems have python3.11 but no python3.
PYTHON ?= $(if $(shell command -v python3 2>/dev/null),python3,python3.11)
BIN := .venv/bin
RUNTIME := .venv/.runtime
STAMP := .venv/.installed
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check
INVENTED := examples/invented_district
DEMO := $(BIN)/ncriteria evaluate examples/tan_hung/facts.csv --standard ntm-19.2 --standard tan-hung-targets
DEMO_INVENTED := $(BIN)/ncriteria evaluate $(INVENTED)/facts.csv --criteria vn.bca.hd04-2024.commune \
	--criteria $(INVENTED)/targets.yaml --attestations $(INVENTED)/attestations.csv
DEMO_AUGUST := $(BIN)/ncriteria room $(INVENTED)/august-2025.csv --standard ntm-19.2 --as-of 2025-08
COMPILE := .venv-pins/bin/pip-compile --quiet --upgrade --strip-extras --generate-hashes --allow-unsafe --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# Without compiled modules each start of Python would compile the library anew.
unexport PYTHONDONTWRITEBYTECODE

# What the page carries runs as WebAssembly, so its wheels are those of Pyodide and not of this machine.
PAGE_WHEELS := $(BIN)/python -m pip download -qq --disable-pip-version-check --no-deps --require-hashes \
	--only-binary=:all: --platform pyemscripten_2026_0_wasm32 --platform manylinux2014_x86_64 \
	--python-version 3.14 --implementation cp --abi cp314 --abi none --requirement web/requirements.txt

.PHONY: help demo test check messages soak wheel docs page page-test outside-test spark-test constraints benchmark clean

help:
	@echo "make demo         judge the communes of Tân Hưng district, 2021-2024, and an invented district"
	@echo "make test         run the tests"
	@echo "make check        lint, types, import contract"
	@echo "make messages     gather what the code says into the catalogues, and compile them"
	@echo "make soak         the long runs of the generated tests (well over half an hour on two cores)"
	@echo "make benchmark    measure speed, printed as ratios"
	@echo "make wheel        build the wheel into dist/"
	@echo "make docs         build the documentation as a site into build/site/html"
	@echo "make page         build ncriteria.html, one file that judges in a browser (needs npm)"
	@echo "make page-test    build it, and try all pages in Chromium"
	@echo "make outside-test hold outputs to published schemas, an engine of FEEL, a language server of YAML (needs npm)"
	@echo "make spark-test   try the tables on Spark and on Spark Connect (needs Java)"
	@echo "make constraints  pin the newest versions of all dependencies"
	@echo "make clean        remove the virtual environment and everything built"

$(RUNTIME): pyproject.toml constraints-runtime.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Making the virtual environment .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@echo "Installing what the library needs ..."
	@$(INSTALL) --require-hashes -r constraints-runtime.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(RUNTIME)

$(STAMP): $(RUNTIME) constraints.txt
	@echo "Installing what its tests need (several engines; this takes a while) ..."
	@$(INSTALL) --require-hashes -r constraints.txt
	@touch $(STAMP)

demo: $(RUNTIME)
	@echo "=== Huyện Tân Hưng, 2021-2024: số liệu đã công bố ==="
	@$(DEMO)
	@echo
	@echo "=== Huyện Mẫu (giả định), 2024: mọi số liệu là giả định ==="
	@$(DEMO_INVENTED)
	@echo
	@echo "=== Huyện Mẫu (giả định), tháng 8/2025: xã nào có nguy cơ không đạt ==="
	@$(DEMO_AUGUST)

test: $(STAMP)
	@$(BIN)/python -m pytest -m "not soak and not browser and not spark and not node" --numprocesses auto --dist loadfile --no-loadscope-reorder

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

messages: $(STAMP)
	@$(BIN)/python -m tests.messages

soak: $(STAMP)
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -m soak --verbose --numprocesses auto --durations=20
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -m "hypothesis and not soak" --verbose --numprocesses auto --durations=20

benchmark: $(STAMP)
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/one_unit.py
	@$(BIN)/python benchmarks/parsing.py
	@$(BIN)/python benchmarks/records.py
	@$(BIN)/python benchmarks/files.py
	@$(BIN)/python benchmarks/workbooks.py
	@$(BIN)/python benchmarks/rooms.py
	@$(BIN)/python benchmarks/page.py
	@$(BIN)/python benchmarks/lineage.py
	@$(BIN)/python -m benchmarks.editing
	@$(BIN)/python benchmarks/tables.py

wheel: $(STAMP)
	@$(BIN)/python -m build --quiet --no-isolation --wheel

docs: $(STAMP)
	@$(BIN)/python -m docsite.build build/site
	@echo "The site is build/site/html/index.html"

page: $(STAMP)
	@command -v npm > /dev/null || { echo "npm is needed for the page; it comes with Node.js"; exit 1; }
	@npm ci --prefix web --ignore-scripts --no-audit --no-fund --silent
	@rm -rf build/page
	@$(PAGE_WHEELS) --dest build/page/wheels
	@$(BIN)/python -m build --quiet --no-isolation --wheel --outdir build/page/wheels
	@$(BIN)/python -m web.build build/page/wheels

spark-test: $(STAMP)
	@$(BIN)/python -m pytest -m "spark and not soak" --verbose
	@SPARK_REMOTE="local[2]" $(BIN)/python -m pytest -m "spark and not soak" --verbose tests/engines/test_spark.py

outside-test: $(STAMP)
	@command -v npm > /dev/null || { echo "npm is needed; it comes with Node.js"; exit 1; }
	@npm ci --prefix tests/outside --ignore-scripts --no-audit --no-fund --silent
	@$(BIN)/python -m pytest -m "node and not soak" --verbose tests/dmn tests/outside

page-test: page
	@$(BIN)/python -m pytest -m browser --verbose

constraints:
	@$(PYTHON) -m venv --clear .venv-pins
	@.venv-pins/bin/python -m pip install -qq --disable-pip-version-check pip-tools
	@$(COMPILE) --output-file constraints-runtime.txt requirements.in
	@$(COMPILE) --output-file constraints.txt requirements-dev.in
	@rm -rf .venv-pins

clean:
	@rm -rf .venv .venv-pins build dist web/node_modules tests/outside/node_modules ncriteria.html .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
