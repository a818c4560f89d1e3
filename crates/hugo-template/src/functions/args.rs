//! The arguments of a call.

use std::sync::Arc;

use crate::cast;
use crate::error::Fault;
use crate::value::{List, Value};

/// The arguments of a call, read as the kinds that a function needs.
pub(crate) struct Args<'a>(&'a [Value]);

impl<'a> Args<'a> {
    pub(crate) fn new(values: &'a [Value]) -> Self {
        Self(values)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn all(&self) -> &'a [Value] {
        self.0
    }

    pub(crate) fn get(&self, at: usize) -> Option<&'a Value> {
        self.0.get(at)
    }

    pub(crate) fn value(&self, at: usize) -> Result<&'a Value, Fault> {
        self.get(at).ok_or_else(|| match at {
            0 => Fault::failed("wants an argument"),
            _ => Fault::failed(format!("needs at least {} arguments, has {}", at + 1, self.len())),
        })
    }

    /// The last argument, which is the piped value.
    pub(super) fn last(&self) -> Result<&'a Value, Fault> {
        self.value(self.len().saturating_sub(1))
    }

    pub(crate) fn text(&self, at: usize) -> Result<Arc<str>, Fault> {
        cast::text(self.value(at)?)
    }

    /// All arguments as texts.
    pub(crate) fn texts(&self) -> Result<Vec<String>, Fault> {
        self.0
            .iter()
            .map(|value| Ok(cast::text(value)?.to_string()))
            .collect()
    }

    pub(crate) fn int(&self, at: usize) -> Result<i64, Fault> {
        cast::int(self.value(at)?)
    }

    /// A count: negative numbers are zero.
    pub(super) fn count(&self, at: usize) -> Result<usize, Fault> {
        Ok(usize::try_from(self.int(at)?).unwrap_or(0))
    }

    pub(super) fn float(&self, at: usize) -> Result<f64, Fault> {
        cast::float(self.value(at)?)
    }

    /// A list; nil is an empty one.
    pub(super) fn list(&self, at: usize) -> Result<List, Fault> {
        list(self.value(at)?)
    }
}

/// A value as a list. A map gives its values, as `range` does.
pub(super) fn list(value: &Value) -> Result<List, Fault> {
    match value {
        Value::List(list) => Ok(list.clone()),
        Value::Map(map) => Ok(List::new(map.entries().values().cloned().collect())),
        Value::Nil => Ok(List::new(Vec::new())),
        Value::Object(object) if object.items().is_some() => {
            Ok(List::new(object.items().unwrap_or_default()))
        }
        other => Err(Fault::failed(format!("can't iterate over {}", other.type_name()))),
    }
}
