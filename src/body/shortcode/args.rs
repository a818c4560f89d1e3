//! Arguments by name or place.

use crate::parse::{ArgValue, Args};

impl ArgValue {
    /// As text.
    pub(crate) fn to_text(&self) -> String {
        match self {
            ArgValue::Str(text) => text.clone(),
            ArgValue::Int(number) => number.to_string(),
            ArgValue::Float(number) => number.to_string(),
            ArgValue::Bool(value) => value.to_string(),
        }
    }

    /// As a value for templates.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            ArgValue::Str(text) => text.clone().into(),
            ArgValue::Int(number) => (*number).into(),
            ArgValue::Float(number) => (*number).into(),
            ArgValue::Bool(value) => (*value).into(),
        }
    }

    /// Whether it is `true`, quoted or not.
    pub(crate) fn is_true(&self) -> bool {
        matches!(self, ArgValue::Bool(true))
            || matches!(self, ArgValue::Str(text) if text.eq_ignore_ascii_case("true"))
    }
}

impl Args {
    /// The named argument; names of arguments are compared without case, because authors mix `groupId` and `groupid`.
    pub(crate) fn named(&self, name: &str) -> Option<&ArgValue> {
        self.named
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, arg)| &arg.value)
    }

    /// The positional argument.
    pub(crate) fn at(&self, place: usize) -> Option<&ArgValue> {
        self.positional.get(place).map(|arg| &arg.value)
    }

    /// The first of: the named arguments, the positional one.
    pub(crate) fn text(&self, names: &[&str], place: Option<usize>) -> Option<String> {
        let named = names.iter().find_map(|name| self.named(name));
        named
            .or_else(|| place.and_then(|place| self.at(place)))
            .map(ArgValue::to_text)
    }

    /// Whether the argument is set and true, or `default` when it is not set.
    pub(crate) fn flag(&self, names: &[&str], default: bool) -> bool {
        names
            .iter()
            .find_map(|name| self.named(name))
            .map_or(default, ArgValue::is_true)
    }
}
