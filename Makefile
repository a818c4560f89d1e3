# make test      everything: format, lints, documentation, browser, packages, unit and integration tests; those of real
#                workshops count as skipped unless WSGEN_WORKSHOPS names their folder
# make preview   shows the site in this repository, and follows what is changed
# make packages  packs the program for npm, PyPI and the action, and installs it in an empty home
# make static    compiles the program for Linux with no library, and runs it in an empty root
# make crate     packs the crate, and compiles it without Node and without a network
# make screenshots takes the pictures in docs/ again
# make bless     writes what wsgen gives into the expectations that fail; read the diff

CARGO ?= cargo

.PHONY: test format checked lint doc deny rust browser browser-setup packages packages-setup static crate bless preview screenshots

test: format checked browser packages rust

format:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --locked --all-targets -- -D warnings

# What is fetched from the network waits most of the time, so the compiler works beside it.
checked:
	$(MAKE) --jobs=3 --output-sync=target lint doc deny browser-setup packages-setup

doc: lint
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --locked --no-deps --document-private-items

# The database of advisories comes from the network; without it the other checks remain.
deny:
	if $(CARGO) deny --version >/dev/null 2>&1; \
	then $(CARGO) deny --log-level error check bans licenses sources && \
		if $(CARGO) deny fetch db >/dev/null 2>&1; then $(CARGO) deny --log-level error check advisories; \
		else echo "advisories: skipped, their database cannot be had"; fi; \
	else echo "cargo-deny: skipped, not installed"; fi

# Browser tests look at the site of this repository. tests/setup brings the browser and the fonts where they are missing.
browser: browser-setup
	$(CARGO) build --locked
	cd tests/browser && npm test

browser-setup:
	tests/setup
	cd tests/browser && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund; }

# Everything is fetched from registries on loopback that the tests start themselves.
packages: packages-setup
	$(CARGO) build --locked
	cd tests/packages && npm test

packages-setup:
	tests/packages/setup

static: packages-setup
	$(CARGO) build --locked
	CARGO=$(CARGO) release/build.sh $(STATIC) target/packages/static
	cd tests/packages && STATIC=../../target/packages/static/wsgen node --test static.js

STATIC ?= $(shell uname -m | sed s/arm64/aarch64/)-unknown-linux-musl

crate:
	CARGO=$(CARGO) release/crate.sh

rust:
	$(CARGO) test --workspace --locked --doc
	if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(CARGO) nextest run --workspace --locked --no-fail-fast $(if $(WSGEN_WORKSHOPS),--run-ignored all); \
	else $(CARGO) test --workspace --locked --no-fail-fast --lib --bins --tests $(if $(WSGEN_WORKSHOPS),-- --include-ignored); fi

screenshots: browser-setup
	$(CARGO) build --locked
	cd tests/browser && node screenshots.js

bless:
	WSGEN_BLESS=1 $(CARGO) test --locked --test it -- suite:: manual:: views::

preview:
	$(CARGO) run --locked --profile preview -- serve --open
