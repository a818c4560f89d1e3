//! wsgen builds a workshop site from Hugo-style content.
//!
//! The program is a pipeline of seven stages, each a module and a type; `ARCHITECTURE.md` tells the way of a page
//! through them. [`pipeline`] is the only caller of the stages, [`cli`] the only place that prints or exits.

pub mod account;
pub mod adapter;
pub mod address;
#[allow(
    clippy::disallowed_methods,
    reason = "looks at a repository and writes the file of its host"
)]
pub mod adopt;
pub mod body;
pub mod budget;
#[allow(
    clippy::disallowed_methods,
    reason = "copies files of the site and writes the bundle"
)]
pub mod bundle;
pub mod cache;
#[allow(
    clippy::disallowed_methods,
    reason = "the command line reads the environment and the clock"
)]
pub mod cli;
pub mod config;
pub mod diag;
pub mod discover;
#[allow(
    clippy::disallowed_methods,
    reason = "writes files for the cache and for stage 7"
)]
mod disk;
pub mod duration;
#[allow(clippy::disallowed_methods, reason = "stage 7 writes the site")]
pub mod emit;
pub mod explain;
#[allow(
    clippy::disallowed_methods,
    reason = "keeps answers of other sites between runs"
)]
pub mod external;
#[allow(clippy::disallowed_methods, reason = "writes the files that it mends")]
pub mod fix;
pub mod graph;
mod guard;
pub mod highlight;
pub mod hosting;
pub mod hugo;
pub mod inspect;
pub mod lang;
pub mod lint;
pub mod list;
pub mod markdown;
pub mod markup;
#[allow(clippy::disallowed_methods, reason = "moves files of the site")]
pub mod mv;
#[allow(
    clippy::disallowed_methods,
    reason = "writes the files of new sites and pages"
)]
pub mod new;
pub mod parse;
pub mod phrases;
pub mod pipeline;
pub mod render;
pub mod search;
#[allow(
    clippy::disallowed_methods,
    reason = "watches the disk and sends files of the site"
)]
pub mod serve;
pub mod shortcodes;
#[allow(clippy::disallowed_methods, reason = "stage 1 reads the site")]
pub mod source;
#[allow(
    clippy::disallowed_methods,
    reason = "writes and reads the files of sessions in temporary folders"
)]
pub mod steps;
pub mod template;
pub mod triage;
