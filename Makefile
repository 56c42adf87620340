# Two commands matter: `make ad` (a finished ad from one sentence) and `make test`.
# Each target makes `.venv/` first when it is missing or older than the requirements.
PYTHON ?= python3.11
PROMPT ?= Create a luxury watch ad for Instagram
BIN := .venv/bin

.PHONY: ad run test test-gpu-extras check audit fuzz bench docs gallery showcase notebooks clean

ad: .venv/ready
	$(BIN)/python -m studio make "$(PROMPT)"

run: .venv/ready
	$(BIN)/python app.py

# Three processes for two cores: a third of the time a test waits for a lease, a heartbeat or a page.
test: .venv/ready-dev
	$(BIN)/python -m tests.system_packages
	$(BIN)/python -m compileall -q -j 2 models pipelines eval lora_training studio benchmarks
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# What needs torchvision, controlnet-aux or open-clip, in an environment of its own: 7 GB, and no card is needed to run it.
test-gpu-extras: .venv-gpu/ready
	.venv-gpu/bin/python -m pytest -m extras

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layout.py
	@$(BIN)/python -m tests.audit

# Known holes of the pinned packages. It needs the network; where there is none it says so, and proves nothing.
audit: .venv/ready-dev
	@$(BIN)/python -m tests.audit

# A thousand requests that nobody thought of, with another seed each time; red when one is answered with a server error.
fuzz: .venv/ready-dev
	@$(BIN)/python -m tests.fuzz

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks

# Every shape, set and light of the product studio, as contact sheets in docs/gallery (minutes).
gallery: .venv/ready-dev
	$(BIN)/python -m tests.models.product_studio.contact_sheets

# Twelve trades' films through the main path: a poster and a six-second loop each, in docs/showcase (a quarter of an hour).
showcase: .venv/ready-dev
	$(BIN)/python -m tests.showcase

notebooks: .venv/ready-dev
	$(BIN)/python -m notebooks

docs: .venv/ready
	$(BIN)/python -m studio schema > docs/adspec.schema.json
	$(BIN)/python -m studio.cli.reference > docs/COMMANDS.md
	$(BIN)/python -m studio.api.reference > docs/API.md
	$(BIN)/python -m studio.api.collection > docs/collection/ad_studio.postman_collection.json

.venv/ready: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: apt-get install python3.11 python3.11-venv (or set PYTHON=…)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.venv-gpu/ready: requirements-gpu.txt requirements-dev.txt requirements.txt
	test -x .venv-gpu/bin/python || $(PYTHON) -m venv .venv-gpu
	.venv-gpu/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-gpu.txt -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv .venv-gpu output cache
