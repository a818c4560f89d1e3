//! State that all templates of one call share: the host, the limits, the messages.

use std::collections::HashMap;
use std::sync::Arc;

use regex::Regex;

use crate::error::Fault;
use crate::host::Host;
use crate::value::Value;

/// Limits of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Actions, function calls, turns of a loop; work on large values counts more.
    pub steps: u64,
    /// Templates, blocks and loops inside of each other.
    pub depth: u32,
    /// Bytes of output, of every template that takes part.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 200_000,
            depth: 100,
            output: 4 << 20,
        }
    }
}

/// Maximum weight of a value.
const MAX_WEIGHT: u64 = 1_000_000;
/// Maximum depth of lists and maps.
const MAX_VALUE_DEPTH: u32 = 120;
/// Weight of a value that one step pays for.
const WEIGHT_PER_STEP: u64 = 32;
/// Maximum number of steps that a call pays for its values, so that large data files can be looked into often.
const MAX_STEPS_FOR_VALUES: u64 = 200;

/// Severity of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// `warnf`
    Warning,
    /// `errorf`
    Error,
}

/// A message of `warnf` or `errorf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its severity.
    pub severity: Severity,
    /// The text of the message.
    pub text: String,
}

/// The result of a template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// The printed text: HTML, or plain text for a template of [`Template::parse_text`](crate::Template).
    pub html: String,
    /// Its messages.
    pub messages: Vec<Message>,
}

/// The view that a function has of its call.
pub struct Context<'h> {
    host: &'h dyn Host,
    limits: Limits,
    steps: u64,
    depth: u32,
    messages: Vec<Message>,
    random: u64,
    regexes: HashMap<String, Arc<Regex>>,
    /// Results of `partialCached`.
    pub(super) cached: HashMap<String, Value>,
}

impl<'h> Context<'h> {
    pub(super) fn new(host: &'h dyn Host, limits: Limits) -> Self {
        let (regexes, cached) = (HashMap::new(), HashMap::new());
        Self {
            host,
            limits,
            steps: 0,
            depth: 0,
            messages: Vec::new(),
            random: host.seed(),
            regexes,
            cached,
        }
    }

    /// The next pseudo-random number (SplitMix64).
    pub(crate) fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn into_messages(self) -> Vec<Message> {
        self.messages
    }

    /// The host of the template.
    pub fn host(&self) -> &'h dyn Host {
        self.host
    }

    /// Takes `steps`, or stops the template when there are not enough left.
    pub fn charge(&mut self, steps: u64) -> Result<(), Fault> {
        self.steps = self.steps.saturating_add(steps);
        self.host.spend(steps)?;
        match self.steps > self.limits.steps {
            true => Err(Fault::limit(format!("more than {} steps", self.limits.steps))),
            false => Ok(()),
        }
    }

    /// Adds a message of the template's.
    pub fn say(&mut self, severity: Severity, text: impl Into<String>) {
        self.messages.push(Message {
            severity,
            text: text.into(),
        });
    }

    /// Pays for work on `values`.
    pub(crate) fn charge_for(&mut self, values: &[Value]) -> Result<(), Fault> {
        let weight = values
            .iter()
            .fold(0_u64, |sum, value| sum.saturating_add(value.size().weight));
        self.charge((weight / WEIGHT_PER_STEP).min(MAX_STEPS_FOR_VALUES))
    }

    /// Returns the value, or a fault if it is too large.
    pub(crate) fn checked(&mut self, value: Value) -> Result<Value, Fault> {
        let size = value.size();
        if size.weight > MAX_WEIGHT || size.depth > MAX_VALUE_DEPTH {
            return Err(Fault::limit("a value grew too large"));
        }
        Ok(value)
    }

    /// Returns a fault if a text of this length is too long.
    pub(crate) fn check_text_length(&self, length: usize) -> Result<(), Fault> {
        match length > self.limits.output {
            true => Err(Fault::limit("a text grew too long")),
            false => Ok(()),
        }
    }

    pub(super) fn check_output(&self, length: usize) -> Result<(), Fault> {
        match length > self.limits.output {
            true => Err(Fault::limit(format!(
                "more than {} bytes of output",
                self.limits.output
            ))),
            false => Ok(()),
        }
    }

    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        if self.depth >= self.limits.depth {
            return Err(Fault::limit(format!(
                "templates and blocks nest deeper than {}",
                self.limits.depth
            )));
        }
        self.depth += 1;
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// A compiled regular expression.
    pub(crate) fn regex(&mut self, pattern: &str) -> Result<Arc<Regex>, Fault> {
        if let Some(regex) = self.regexes.get(pattern) {
            return Ok(regex.clone());
        }
        self.charge(20 + pattern.len() as u64)?;
        let regex = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build();
        let regex =
            Arc::new(regex.map_err(|_| Fault::failed(format!("bad regular expression {pattern:?}")))?);
        self.regexes.insert(pattern.to_owned(), regex.clone());
        Ok(regex)
    }
}
