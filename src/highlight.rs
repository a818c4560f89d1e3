//! Syntax highlighting into classes, with a cache that outlives the run.
//!
//! Takes the name of a language and code; gives [`Tokens`]: runs of [`TokenClass`]es, no HTML. [`options`] reads the
//! options of a fence, and [`write_code`] prints code, runs and line numbers.

mod cache;
mod fence_languages;
mod grammar;
mod memo;
pub mod options;
mod own;
mod scopes;
mod terminal;
mod tokens;
mod write;

pub use cache::Cache;
pub use tokens::{Runs, TokenClass, Tokens};
pub use write::{Lines, Wrap, write_code};

use fence_languages::{Grammar, Language};
use grammar::{Grammars, Parser};
use syntect::parsing::ParsingError;
use tokens::Builder;

/// Longer code stays plain: nobody reads a megabyte of code in a workshop, and colours would triple the page.
const LONGEST_CODE: usize = 1_000_000;
/// Limits for the lines of a block. The time that a grammar's patterns take grows with a power of the length of a line.
/// These limits were measured on lines made to be slow, and keep any block below some seconds.
const COSTS: [(u32, u64); 3] = [(2, 100_000_000), (3, 500_000_000), (4, 4_000_000_000)];

/// The name that stands for all names of a language: `go` for `golang`, `GO`, and `cmd/main.go`.
pub fn canonical(language: &str) -> Option<&'static str> {
    Language::find(language).map(|language| language.id)
}

/// A language's name for people: `C++` for `cpp`.
pub fn label(language: &str) -> Option<&'static str> {
    Language::find(language).map(|language| language.label)
}

/// Highlights code. One for a run, shared by its threads.
#[derive(Debug, Default)]
pub struct Highlighter {
    cache: Cache,
    grammars: Grammars,
}

impl Highlighter {
    /// A highlighter that looks into `cache` first.
    pub fn new(cache: Cache) -> Self {
        Self {
            cache,
            grammars: Grammars::default(),
        }
    }

    /// The cache, with all that was highlighted.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The runs of `code` in `language`; nothing for a language that is not known.
    ///
    /// They depend on nothing but the two, not on the cache either.
    pub fn tokens(&self, language: &str, code: &str) -> Option<Tokens> {
        let language = Language::find(language)?;
        if language.grammar == Grammar::Plain {
            return Some(Tokens::plain(code));
        }
        let key = Cache::key(language.id, code);
        if let Some(tokens) = self.cache.find(key, |bytes| Tokens::from_bytes(bytes, code)) {
            return Some(tokens);
        }
        if is_too_costly(language, code) {
            return Some(Tokens::plain(code));
        }
        let tokens = self.highlight(language, code);
        self.cache.insert(key, tokens.as_bytes().into());
        Some(tokens)
    }

    fn highlight(&self, language: &Language, code: &str) -> Tokens {
        const SHELL: &str = "Bourne Again Shell (bash)";
        let tokens = match language.grammar {
            Grammar::Plain => None,
            Grammar::Diff => Some(own::diff(code)),
            Grammar::PromQl => Some(own::promql(code)),
            Grammar::Terminal => self.session(SHELL, code),
            Grammar::Named(SHELL) if terminal::is_session(code) => self.session(SHELL, code),
            Grammar::Named(name) => self
                .grammars
                .tokens(name, |parser, out| script(code, parser, out)),
        };
        tokens.unwrap_or_else(|| Tokens::plain(code))
    }

    fn session(&self, shell: &str, code: &str) -> Option<Tokens> {
        self.grammars
            .tokens(shell, |parser, out| terminal::session(code, parser, out))
    }
}

fn script(code: &str, parser: &mut Parser<'_>, out: &mut Builder) -> Result<(), ParsingError> {
    code.split_inclusive('\n')
        .try_for_each(|line| parser.line(line, out))
}

fn is_too_costly(language: &Language, code: &str) -> bool {
    let (power, most) = match language.id {
        "less" | "sass" | "scss" => COSTS[2],
        "ini" | "markdown" | "nix" | "svelte" | "systemverilog" | "typst" | "verilog" | "vue" => COSTS[1],
        _ => COSTS[0],
    };
    let cost = |line: &str| (line.len() as u64).saturating_pow(power);
    code.len() > LONGEST_CODE || code.split('\n').map(cost).fold(0, u64::saturating_add) > most
}

#[cfg(test)]
mod tests;
