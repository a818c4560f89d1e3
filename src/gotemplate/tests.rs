//! Tests of whole templates: cases whose results are a real Hugo's, limits, and arbitrary texts.

mod cases;
mod host;
mod limits;
mod workshops;
