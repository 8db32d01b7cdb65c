# Verbs for people; what each needs first is put in place by tools/bootstrap.py.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo test check chaos bench map lock

PYTHON ?= python3
BIN := .venv/bin
DEBIAN_POSTGRES := /usr/lib/postgresql/15/bin
PYTEST := $(BIN)/pytest

help:
	@echo "make demo    เปิดระบบสาธิตพร้อมสามเทศบาลตัวอย่าง · start the demonstration with three municipalities"
	@echo "make test    ทดสอบว่าระบบทำตามที่สัญญาไว้ · prove the promises"
	@echo "make check   ตรวจรูปแบบ ชนิดข้อมูล และกฎของบ้าน · check style, types and the rules of the house"
	@echo "make chaos   ทดสอบนาน ๆ ด้วยการปิดเครื่องกลางคัน · long tests that kill, fill and cut"
	@echo "make bench   วัดความเร็วและหน่วยความจำ · measure speed and memory"
	@echo "make map     วาดแผนที่ของบ้านลงใน docs/map.md · draw the map of the house into docs/map.md"

demo:
	@exec $(PYTHON) tools/bootstrap.py run -- $(BIN)/nayu demo $(if $(filter 1,$(JSON)),--json)

test:
	@$(PYTHON) tools/bootstrap.py test
	@if [ -d $(DEBIAN_POSTGRES) ]; then \
		echo "PostgreSQL 15"; \
		NAYU_POSTGRES_BIN=$(DEBIAN_POSTGRES) $(PYTEST) -q -m "not chaos and not browser"; \
	fi
	@$(PYTEST) -m "not chaos"

check:
	@$(PYTHON) tools/bootstrap.py develop
	@$(BIN)/python tools/check.py

chaos:
	@$(PYTHON) tools/bootstrap.py test
	@$(PYTEST) -m chaos

bench:
	@$(PYTHON) tools/bootstrap.py develop
	@$(BIN)/python -m benchmarks

map:
	@$(PYTHON) tools/bootstrap.py develop
	@$(BIN)/python tools/map.py

# For whoever changes a dependency; the files name versions and hashes, never an index.
lock:
	@$(PYTHON) tools/bootstrap.py uv
	@.cache/uv-env/bin/python tools/lock.py
