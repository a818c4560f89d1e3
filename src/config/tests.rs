//! The rules of configuration, each with the smallest site that shows it.

mod files;
mod languages;
mod markup;
mod mounts;
mod robustness;
mod values;

use std::error::Error;

use super::*;
use crate::diag::{Code, Diagnostics};
use crate::source::{Component, SourceTree};

type Tested = Result<(), Box<dyn Error>>;

fn site(files: &[(&str, &str)], options: &ConfigOptions) -> (Config, SourceTree, Diagnostics) {
    from_memory(files.iter().copied(), options)
}

fn config(files: &[(&str, &str)]) -> Config {
    site(files, &ConfigOptions::default()).0
}

fn with_env(env: &[(&str, &str)]) -> ConfigOptions {
    let env = env
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    ConfigOptions {
        env,
        ..ConfigOptions::default()
    }
}

/// Findings as `code file:start..end message`.
fn findings(text: &str) -> Vec<String> {
    let (_, tree, diagnostics) = site(&[("hugo.toml", text)], &ConfigOptions::default());
    diagnostics
        .iter()
        .map(|finding| {
            let place = finding
                .span
                .and_then(|span| tree.text(span.file)?.get(span.range()));
            format!(
                "{} at `{}`: {}",
                finding.code,
                place.unwrap_or("nowhere"),
                finding.message
            )
        })
        .collect()
}

fn keys(settings: &[(String, Span)]) -> Vec<&str> {
    settings.iter().map(|(key, _)| key.as_str()).collect()
}
