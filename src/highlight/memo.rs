//! Runs of a line, remembered by the line and the grammar's state before it.
//!
//! Workshops repeat themselves: a program grows from page to page, and every other line is a brace. A grammar takes
//! microseconds for the shortest line, finding it again takes none of that.

use std::collections::HashMap;

use syntect::parsing::{ClearAmount, ParseState, ParsingError, ScopeStackOp, SyntaxReference, SyntaxSet};
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::scopes::{ScopeClass, ScopeClasses};
use super::tokens::TokenClass;

/// Lines and states of one grammar.
#[derive(Debug, Default)]
pub(super) struct Memo {
    classes: ScopeClasses,
    states: Vec<State>,
    lines: HashMap<u128, Line>,
}

/// The result for a line.
#[derive(Debug)]
pub(super) struct Line {
    runs: Box<[(TokenClass, u16)]>,
    next: u32,
}

impl Line {
    /// Classes and lengths of the runs.
    pub(super) fn runs(&self) -> impl Iterator<Item = (TokenClass, usize)> {
        self.runs.iter().map(|(class, len)| (*class, usize::from(*len)))
    }

    /// The number of the state after it.
    pub(super) fn next(&self) -> u32 {
        self.next
    }
}

/// Maximum number of states: looking one up compares it with all others.
const MOST_STATES: usize = 200;
/// Maximum number of lines, which take some megabytes.
const MOST_LINES: usize = 20_000;

impl Memo {
    /// The key of `line` after the state with that number.
    pub(super) fn key(number: u32, line: &str) -> u128 {
        xxh3_128_with_seed(line.as_bytes(), number.into())
    }

    pub(super) fn line(&self, key: u128) -> Option<&Line> {
        self.lines.get(&key)
    }

    /// The state with that number.
    pub(super) fn state(&self, number: u32) -> Option<State> {
        self.states.get(number as usize).cloned()
    }

    /// The number of `state`, unless there are too many.
    pub(super) fn number(&mut self, state: &State) -> Option<u32> {
        let known = self.states.iter().position(|known| known == state);
        let number = known.or_else(|| {
            let free = self.states.len();
            (free < MOST_STATES).then(|| {
                self.states.push(state.clone());
                free
            })
        });
        number.and_then(|number| u32::try_from(number).ok())
    }

    pub(super) fn classes(&mut self) -> &mut ScopeClasses {
        &mut self.classes
    }

    /// Keeps the result of a line, and returns the number of the state after it.
    pub(super) fn remember(&mut self, key: u128, runs: &[(TokenClass, usize)], next: &State) -> Option<u32> {
        let next = self.number(next)?;
        let short = |(class, len): &(TokenClass, usize)| Some((*class, u16::try_from(*len).ok()?));
        if self.lines.len() < MOST_LINES
            && let Some(runs) = runs.iter().map(short).collect::<Option<_>>()
        {
            self.lines.insert(key, Line { runs, next });
        }
        Some(next)
    }
}

/// The sum of the scopes around a place in the code.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Frame {
    paint: Paint,
    key: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Paint {
    Class(TokenClass),
    Operator,
}

impl Frame {
    const BASE: Self = Self {
        paint: Paint::Class(TokenClass::Plain),
        key: false,
    };

    fn inside(self, class: ScopeClass) -> Self {
        match class {
            ScopeClass::Inherit => self,
            ScopeClass::Operator => Self {
                paint: Paint::Operator,
                ..self
            },
            ScopeClass::Key => Self { key: true, ..self },
            ScopeClass::Class(TokenClass::String) if self.key => Self {
                paint: Paint::Class(TokenClass::Variable),
                ..self
            },
            ScopeClass::Class(class) => Self {
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

/// The state of a grammar between two lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    parse: ParseState,
    frames: Vec<Frame>,
    cleared: Vec<Vec<Frame>>,
}

impl State {
    /// The state before the first line.
    pub(super) fn new(syntax: &SyntaxReference) -> Self {
        Self {
            parse: ParseState::new(syntax),
            frames: Vec::new(),
            cleared: Vec::new(),
        }
    }

    /// Reads a line, its line break included.
    pub(super) fn read(
        &mut self,
        line: &str,
        set: &SyntaxSet,
        classes: &mut ScopeClasses,
    ) -> Result<Vec<(TokenClass, usize)>, ParsingError> {
        let mut runs = Vec::new();
        let mut done = 0;
        for (at, op) in self.parse.parse_line(line, set)? {
            self.add(line.get(done..at), &mut runs);
            done = done.max(at);
            self.apply(&op, classes);
        }
        self.add(line.get(done..), &mut runs);
        Ok(runs)
    }

    fn add(&self, text: Option<&str>, runs: &mut Vec<(TokenClass, usize)>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return;
        };
        let class = self.top().class(text);
        match runs.last_mut() {
            Some((last, len)) if *last == class => *len += text.len(),
            _ => runs.push((class, text.len())),
        }
    }

    fn top(&self) -> Frame {
        self.frames.last().copied().unwrap_or(Frame::BASE)
    }

    fn apply(&mut self, op: &ScopeStackOp, classes: &mut ScopeClasses) {
        match *op {
            ScopeStackOp::Push(scope) => {
                let frame = self.top().inside(classes.of(scope));
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
