//! Hugo's `Scratch` and `Store`: a table that templates write to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Object;
use crate::cast;
use crate::error::Fault;
use crate::eval::Context;
use crate::functions::{Args, arithmetic};
use crate::value::{List, Map, Value};

/// A table that templates share and change: `Scratch` or `Store`.
#[derive(Default)]
pub struct Scratch {
    values: Mutex<BTreeMap<Arc<str>, Value>>,
}

impl Scratch {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of `key`.
    pub fn value(&self, key: &str) -> Value {
        self.lock().get(key).cloned().unwrap_or_default()
    }

    /// Locks the table. A panic elsewhere leaves it whole, because every change is one insertion.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Value>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, cx: &mut Context<'_>, key: &str, value: Value) -> Result<Value, Fault> {
        let value = cx.host().kept(cx.checked(value)?);
        self.lock().insert(key.into(), value);
        Ok(Value::str(""))
    }

    /// `Add`: sums numbers, joins texts, appends to lists.
    fn add(&self, cx: &mut Context<'_>, key: &str, value: &Value) -> Result<Value, Fault> {
        let before = self.value(key);
        cx.charge_for(std::slice::from_ref(&before))?;
        let sum = match (&before, value) {
            (Value::Nil, _) => value.clone(),
            (Value::List(list), Value::List(more)) => {
                Value::list(list.items().iter().chain(more.items()).cloned().collect())
            }
            (Value::List(list), one) => Value::list(list.items().iter().chain([one]).cloned().collect()),
            (Value::Str(text) | Value::Safe(_, text), more) => {
                Value::str(format!("{text}{}", cast::text(more)?))
            }
            _ => arithmetic::add(&before, value)?,
        };
        self.set(cx, key, sum)
    }

    fn set_in_map(
        &self,
        cx: &mut Context<'_>,
        key: &str,
        entry: &str,
        value: Option<Value>,
    ) -> Result<Value, Fault> {
        let before = self.value(key);
        cx.charge_for(std::slice::from_ref(&before))?;
        let mut entries = match &before {
            Value::Map(map) => map.entries().clone(),
            _ => BTreeMap::new(),
        };
        match value {
            Some(value) => entries.insert(entry.into(), value),
            None => entries.remove(entry),
        };
        self.set(cx, key, Value::Map(Map::new(entries)))
    }

    fn method(&self, cx: &mut Context<'_>, name: &str, args: &Args<'_>) -> Option<Result<Value, Fault>> {
        let key = || args.text(0);
        Some(match name {
            "Get" => key().map(|key| cx.host().restored(self.value(&key))),
            "Set" => key().and_then(|key| self.set(cx, &key, args.value(1)?.clone())),
            "Add" => key().and_then(|key| self.add(cx, &key, args.value(1)?)),
            "SetInMap" => {
                key().and_then(|key| self.set_in_map(cx, &key, &args.text(1)?, Some(args.value(2)?.clone())))
            }
            "DeleteInMap" => key().and_then(|key| self.set_in_map(cx, &key, &args.text(1)?, None)),
            "Delete" => key().map(|key| {
                self.lock().remove(&*key);
                Value::str("")
            }),
            "GetSortedMapValues" => key().map(|key| match self.value(&key) {
                Value::Map(map) => cx
                    .host()
                    .restored(Value::List(List::new(map.entries().values().cloned().collect()))),
                _ => Value::Nil,
            }),
            "Values" => {
                let values = Value::Map(Map::new(self.lock().clone()));
                Ok(cx.host().restored(values))
            }
            _ => return None,
        })
    }
}

impl Object for Arc<Scratch> {
    fn type_name(&self) -> &str {
        "*maps.Scratch"
    }

    fn get(&self, cx: &mut Context<'_>, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
        self.method(cx, name, &Args::new(args))
    }

    fn print(&self) -> String {
        "scratch".to_owned()
    }
}

/// A scratch as a value.
pub(crate) fn value(scratch: Arc<Scratch>) -> Value {
    Value::Object(Arc::new(scratch))
}
