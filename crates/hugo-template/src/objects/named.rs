//! Numbers with a name: months and weekdays.

use super::Object;
use crate::error::Fault;
use crate::eval::Context;
use crate::value::Value;

/// A number that prints as a name.
pub(super) struct Named {
    pub(super) type_name: &'static str,
    pub(super) number: i64,
    pub(super) name: String,
}

impl Object for Named {
    fn type_name(&self) -> &str {
        self.type_name
    }

    fn get(&self, _cx: &mut Context<'_>, name: &str, _args: &[Value]) -> Option<Result<Value, Fault>> {
        (name == "String").then(|| Ok(Value::str(self.name.as_str())))
    }

    fn print(&self) -> String {
        self.name.clone()
    }

    fn is_true(&self) -> bool {
        self.number != 0
    }

    fn as_int(&self) -> Option<i64> {
        Some(self.number)
    }
}
