//! Output formats of a list of diagnostics.
