//! Runs a Sublime Text grammar over code and turns scopes into classes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use syntect::parsing::{ClearAmount, ParseState, ParsingError, ScopeStackOp, SyntaxReference, SyntaxSet};

use super::scopes::{Meaning, Meanings};
use super::tokens::{Builder, TokenClass, Tokens};

/// The grammars, loaded when first used.
#[derive(Debug, Default)]
pub(super) struct Grammars(OnceLock<SyntaxSet>);

impl Grammars {
    /// Gives `work` a parser for the grammar of that name and collects what it pushes.
    ///
    /// Nothing when there is no such grammar or the grammar fails; grammars come from outside and their engine has
    /// failed on odd input before, which must cost a block its colours and not the site its build.
    pub(super) fn tokens(
        &self,
        name: &str,
        work: impl FnOnce(&mut Parser<'_>, &mut Builder) -> Result<(), ParsingError>,
    ) -> Option<Tokens> {
        let set = self.0.get_or_init(two_face::syntax::extra_newlines);
        let syntax = set.find_syntax_by_name(name)?;
        catch_unwind(AssertUnwindSafe(|| {
            let mut builder = Builder::default();
            work(&mut Parser::new(set, syntax), &mut builder).ok()?;
            Some(builder.finish())
        }))
        .ok()?
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        self.0
            .get_or_init(two_face::syntax::extra_newlines)
            .syntaxes()
            .iter()
            .map(|syntax| syntax.name.as_str())
            .collect()
    }

    #[cfg(test)]
    pub(super) fn loaded(&self) -> bool {
        self.0.get().is_some()
    }
}

/// What the scopes around a place in the code add up to.
#[derive(Debug, Clone, Copy)]
struct Frame {
    paint: Paint,
    key: bool,
}

#[derive(Debug, Clone, Copy)]
enum Paint {
    Class(TokenClass),
    Operator,
}

impl Frame {
    const BASE: Self = Self {
        paint: Paint::Class(TokenClass::Plain),
        key: false,
    };

    fn inside(self, meaning: Meaning) -> Self {
        match meaning {
            Meaning::Inherit => self,
            Meaning::Operator => Self {
                paint: Paint::Operator,
                ..self
            },
            Meaning::Key => Self { key: true, ..self },
            Meaning::Class(TokenClass::String) if self.key => Self {
                paint: Paint::Class(TokenClass::Variable),
                ..self
            },
            Meaning::Class(class) => Self {
                paint: Paint::Class(class),
                ..self
            },
        }
    }

    fn class(self, text: &str) -> TokenClass {
        match self.paint {
            Paint::Class(class) => class,
            Paint::Operator if text.trim_start().starts_with(char::is_alphabetic) => TokenClass::Keyword,
            Paint::Operator => TokenClass::Plain,
        }
    }
}

/// A grammar at work on consecutive lines.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    set: &'a SyntaxSet,
    syntax: &'a SyntaxReference,
    state: ParseState,
    frames: Vec<Frame>,
    cleared: Vec<Vec<Frame>>,
    meanings: Meanings,
}

impl<'a> Parser<'a> {
    fn new(set: &'a SyntaxSet, syntax: &'a SyntaxReference) -> Self {
        Self {
            set,
            syntax,
            state: ParseState::new(syntax),
            frames: Vec::new(),
            cleared: Vec::new(),
            meanings: Meanings::default(),
        }
    }

    /// Forgets what came before.
    pub(super) fn restart(&mut self) {
        self.state = ParseState::new(self.syntax);
        self.frames.clear();
        self.cleared.clear();
    }

    /// Adds the runs of one line, its line break included.
    pub(super) fn line(&mut self, line: &str, out: &mut Builder) -> Result<(), ParsingError> {
        let mut done = 0;
        for (at, op) in self.state.parse_line(line, self.set)? {
            self.emit(line.get(done..at), out);
            done = done.max(at);
            self.apply(&op);
        }
        self.emit(line.get(done..), out);
        Ok(())
    }

    fn emit(&self, text: Option<&str>, out: &mut Builder) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            out.push(self.top().class(text), text);
        }
    }

    fn top(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame::BASE)
    }

    fn apply(&mut self, op: &ScopeStackOp) {
        match *op {
            ScopeStackOp::Push(scope) => {
                let frame = self.top().inside(self.meanings.of(scope));
                self.frames.push(frame);
            }
            ScopeStackOp::Pop(count) => self.frames.truncate(self.frames.len().saturating_sub(count)),
            ScopeStackOp::Clear(ClearAmount::All) => self.cleared.push(std::mem::take(&mut self.frames)),
            ScopeStackOp::Clear(ClearAmount::TopN(count)) => {
                let kept = self.frames.len().saturating_sub(count);
                self.cleared.push(self.frames.split_off(kept));
            }
            ScopeStackOp::Restore => self.frames.extend(self.cleared.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }
}
