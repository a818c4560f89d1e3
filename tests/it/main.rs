//! Integration tests: whole sites through the library, and the command itself.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests read and write sites, and one that cannot go on shall stop"
)]

mod addresses;
mod adopt;
mod archive;
mod circles;
mod cli;
mod commands;
mod config;
mod constructs;
mod demos;
mod determinism;
mod dom;
mod golden;
mod history;
mod hosting;
mod manual;
mod matrix;

mod line_ends;
mod offline;
mod print;
mod properties;
mod serve;
mod site;
mod suite;
mod tidy;
mod views;
mod weight;
mod workshops;
