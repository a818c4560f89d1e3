//! Look-up of arguments by name or place.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::parse::{ArgValue, Args};

/// The positional arguments of a call, as templates see them.
#[derive(Debug)]
pub(super) struct Positional<'a>(pub(super) &'a Args);

/// The named arguments, keys in lower case.
#[derive(Debug)]
pub(super) struct Named<'a>(pub(super) &'a Args);

impl Serialize for Positional<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.positional.iter().map(|arg| Argument(&arg.value)))
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = &self.0.named;
        let mut map = serializer.serialize_map(Some(named.len()))?;
        for (name, arg) in named {
            map.serialize_entry(&name.to_lowercase(), &Argument(&arg.value))?;
        }
        map.end()
    }
}

struct Argument<'a>(&'a ArgValue);

impl Serialize for Argument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ArgValue::Str(text) => serializer.serialize_str(text),
            ArgValue::Int(number) => serializer.serialize_i64(*number),
            ArgValue::Float(number) => serializer.serialize_f64(*number),
            ArgValue::Bool(value) => serializer.serialize_bool(*value),
        }
    }
}

impl ArgValue {
    /// The value as text.
    pub(crate) fn to_text(&self) -> String {
        match self {
            ArgValue::Str(text) => text.clone(),
            ArgValue::Int(number) => number.to_string(),
            ArgValue::Float(number) => number.to_string(),
            ArgValue::Bool(value) => value.to_string(),
        }
    }

    /// Returns true for `true`, quoted or not.
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

    /// The argument as a flag, or `default` if it is not set.
    pub(crate) fn flag(&self, names: &[&str], default: bool) -> bool {
        names
            .iter()
            .find_map(|name| self.named(name))
            .map_or(default, ArgValue::is_true)
    }
}
