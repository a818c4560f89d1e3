# make test      everything: format, lints, documentation, browser, unit and integration tests; those of real
#                workshops count as skipped unless WSGEN_WORKSHOPS names their folder
# make preview   shows the site in this repository, and follows what is changed
# make screenshots takes the pictures in docs/ again
# make bless     writes what wsgen gives into the expectations that fail; read the diff

CARGO ?= cargo

.PHONY: test format lint doc rust browser bless preview screenshots

test: format lint doc browser rust

format:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --locked --all-targets -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --locked --no-deps --document-private-items

# Browser tests look at the site of this repository. tests/setup brings the browser and the fonts where they are missing.
browser:
	$(CARGO) build --locked
	tests/setup
	cd tests/browser && npm ci --no-audit --no-fund && npm test

rust:
	$(CARGO) test --workspace --locked --doc
	if $(CARGO) nextest --version >/dev/null 2>&1; \
	then $(CARGO) nextest run --workspace --locked --no-fail-fast $(if $(WSGEN_WORKSHOPS),--run-ignored all); \
	else $(CARGO) test --workspace --locked --no-fail-fast --lib --bins --tests $(if $(WSGEN_WORKSHOPS),-- --include-ignored); fi

screenshots:
	$(CARGO) build --locked
	tests/setup
	cd tests/browser && npm ci --no-audit --no-fund && node screenshots.js

bless:
	WSGEN_BLESS=1 $(CARGO) test --locked --test it -- suite:: manual:: views::

preview:
	$(CARGO) run --locked --profile preview -- serve --open
