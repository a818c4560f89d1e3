//! Syntax highlighting into classes, with a cache that outlives the run.
