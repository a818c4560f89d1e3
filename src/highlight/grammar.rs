//! Runs a Sublime Text grammar over code and turns scopes into classes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::{ParsingError, SyntaxReference, SyntaxSet};

use super::memo::{Memo, State};
use super::tokens::{Builder, TokenClass, Tokens};
use crate::guard::guarded;

/// The grammars, loaded at their first use.
#[derive(Debug, Default)]
pub(super) struct Grammars(OnceLock<SyntaxSet>);

impl Grammars {
    /// Gives `work` a parser for the grammar of that name and collects the tokens.
    ///
    /// Nothing if there is no such grammar or the grammar fails; grammars come from outside and their engine has failed
    /// on odd input before, which must cost a block its colours and not the site its build.
    pub(super) fn tokens(
        &self,
        name: &str,
        work: impl FnOnce(&mut Parser<'_>, &mut Builder) -> Result<(), ParsingError>,
    ) -> Option<Tokens> {
        let set = self.0.get_or_init(two_face::syntax::extra_newlines);
        let syntax = set.find_syntax_by_name(name)?;
        let mut memo = MEMOS
            .with_borrow_mut(|memos| memos.remove(name))
            .unwrap_or_default();
        let tokens = guarded(|| {
            let mut builder = Builder::default();
            work(&mut Parser::new(set, syntax, &mut memo), &mut builder).ok()?;
            Some(builder.finish())
        });
        MEMOS.with_borrow_mut(|memos| memos.insert(name.to_owned(), memo));
        tokens.ok()?
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

thread_local! {
    /// Known lines by grammar, for each thread its own: the states of grammars cannot be shared.
    static MEMOS: RefCell<HashMap<String, Memo>> = RefCell::default();
}

/// A grammar at work on consecutive lines.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    set: &'a SyntaxSet,
    syntax: &'a SyntaxReference,
    memo: &'a mut Memo,
    /// The number of the state in the memo.
    number: Option<u32>,
    /// The state, unless the memo has it.
    state: Option<State>,
}

impl<'a> Parser<'a> {
    fn new(set: &'a SyntaxSet, syntax: &'a SyntaxReference, memo: &'a mut Memo) -> Self {
        let mut parser = Self {
            set,
            syntax,
            memo,
            number: None,
            state: None,
        };
        parser.restart();
        parser
    }

    /// Resets the state.
    pub(super) fn restart(&mut self) {
        let start = State::new(self.syntax);
        self.number = self.memo.number(&start);
        self.state = Some(start);
    }

    /// Adds the runs of one line, its line break included.
    pub(super) fn line(&mut self, line: &str, out: &mut Builder) -> Result<(), ParsingError> {
        let key = self.number.map(|number| Memo::key(number, line));
        if let Some(known) = key.and_then(|key| self.memo.line(key)) {
            replay(known.runs(), line, out);
            self.number = Some(known.next());
            self.state = None;
            return Ok(());
        }
        let known = || self.number.and_then(|number| self.memo.state(number));
        let mut state = self
            .state
            .take()
            .or_else(known)
            .unwrap_or_else(|| State::new(self.syntax));
        let runs = state.read(line, self.set, self.memo.classes())?;
        replay(runs.iter().copied(), line, out);
        self.number = key.and_then(|key| self.memo.remember(key, &runs, &state));
        self.state = Some(state);
        Ok(())
    }
}

fn replay(runs: impl Iterator<Item = (TokenClass, usize)>, line: &str, out: &mut Builder) {
    let mut rest = line;
    for (class, len) in runs {
        let Some((text, after)) = rest.split_at_checked(len) else {
            break;
        };
        out.push(class, text);
        rest = after;
    }
    out.push(TokenClass::Plain, rest);
}
