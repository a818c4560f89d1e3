//! wsgen builds a workshop site from Hugo-style content.
//!
//! The program is a pipeline of seven stages, each a module and a type; `ARCHITECTURE.md` tells the way of a page
//! through them. [`pipeline`] is the only caller of the stages, [`cli`] the only place that prints or exits.

pub mod body;
pub mod cli;
pub mod config;
pub mod data;
pub mod diag;
pub mod discover;
pub mod emit;
pub mod graph;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod source;
pub mod template;
