//! Tests of whole templates: cases whose results are a real Hugo's, limits, and arbitrary texts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall stop")]

mod cases;
mod host;
mod limits;
mod workshops;
