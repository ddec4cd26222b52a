# Lango's commands. Each does its own set-up first, so that any of them can be the first one.
.PHONY: help setup run build test check bench chaos prepare

help: ## Lists the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## Gets what is missing: Rust for the browser, tools, Postgres
	@.ci/setup

run: ## Opens Lango on demo data at http://127.0.0.1:3000 (LAN=1: for phones nearby, by HTTPS)
	@.ci/setup
	@.ci/build all
	@.ci/serve $(if $(LAN),--lan)

build: ## Builds the browser's files and the server as they are shipped
	@.ci/setup
	@.ci/build all release

test: ## Runs every test: unit, database, browser
	@.ci/setup test
	@.ci/test

check: ## Looks without running: format, lints, house rules, both sides compile
	@.ci/setup check
	@.ci/check

bench: ## Measures; each figure is a line of JSON, kept in target/bench.jsonl
	@.ci/setup test
	@.ci/build all release
	@.ci/bench

chaos: ## Breaks things while a crowd buys, for a quarter of an hour (SEED=7: from another start)
	@.ci/setup test
	@.ci/chaos --seconds 20

prepare: ## Renews .sqlx after a query or a migration has changed
	@.ci/setup
	@.ci/prepare
