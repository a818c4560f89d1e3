//! Settings in environment variables: `HUGO_TITLE`, `HUGO_PARAMS_FOO`, `HUGOxPARAMSxMY_KEY`.

use std::borrow::Cow;

use spanned_data::{Data, Map, Value, yaml};

use crate::source::reserved;

/// The environment in which a site is built: the flag, else `HUGO_ENVIRONMENT`, else `HUGO_ENV`, else `default`.
pub fn environment(flag: Option<&str>, env: &[(String, String)], default: &str) -> String {
    let variable = |name: &str| {
        env.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let named = flag
        .or_else(|| variable("HUGO_ENVIRONMENT"))
        .or_else(|| variable("HUGO_ENV"));
    named
        .filter(|name| !name.is_empty())
        .unwrap_or(default)
        .to_owned()
}

/// Puts the `HUGO…` variables into the settings, over existing ones.
///
/// The character after `HUGO` separates the keys of nested tables, so that a key may hold an underscore when another
/// character is chosen. Variables are taken in alphabetical order.
pub(super) fn apply(settings: &mut Map, env: &[(String, String)]) {
    let mut variables: Vec<_> = env.iter().collect();
    variables.sort();
    for (name, value) in variables {
        if let Some(keys) = keys(name) {
            set(settings, &keys, value);
        }
    }
}

/// The keys that a variable's name spells.
fn keys(name: &str) -> Option<Vec<String>> {
    let rest = name.strip_prefix("HUGO")?;
    let separator = rest.chars().next()?;
    let rest = &rest[separator.len_utf8()..];
    (!rest.is_empty()).then(|| rest.split(separator).map(str::to_lowercase).collect())
}

fn set(settings: &mut Map, keys: &[String], value: &str) {
    let Some((last, path)) = keys.split_last() else {
        return;
    };
    let mut table = settings;
    for key in path {
        if !table.contains(key) {
            table.insert(key.clone(), Map::new());
        }
        match table.get_mut(key).map(|value| &mut value.data) {
            Some(Data::Map(inner)) => table = inner,
            // The variable wants a table where there is none.
            _ => return,
        }
    }
    let value = reserved::replaced(value).map_or(Cow::Borrowed(value), Cow::Owned);
    let value = typed(&value, table.get(last));
    table.insert(last.clone(), value);
}

/// The value of a variable. One that replaces a list, number or bool is read as such, if it can be.
fn typed(text: &str, old: Option<&Value>) -> Value {
    let as_text = Value::from(text.trim());
    let wanted = match old.map(|old| &old.data) {
        Some(Data::Bool(_)) => as_text.as_bool().map(Value::from),
        Some(Data::Int(_)) => as_text.as_int().map(Value::from),
        Some(Data::Float(_)) => as_text.as_float().map(Value::from),
        Some(Data::List(_)) => list(text),
        Some(Data::Map(_)) => unplaced(text).filter(|value| value.as_map().is_some()),
        _ if text.trim_start().starts_with('[') => list(text),
        _ => None,
    };
    wanted.unwrap_or(as_text)
}

fn list(text: &str) -> Option<Value> {
    unplaced(text).filter(|value| value.as_list().is_some())
}

/// The value of a YAML text, without spans: they would be spans in some file.
fn unplaced(text: &str) -> Option<Value> {
    let (value, problems) = yaml::parse(text, 0);
    problems.is_empty().then_some(Value::from(&value?.to_json()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(env: &[(&str, &str)]) -> String {
        let (value, _) = yaml::parse("title: x\nn: 1\nkinds: [a]\nparams: {b: true}\n", 0);
        let mut settings = value.and_then(Value::into_map).unwrap_or_default();
        let env: Vec<_> = env
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        apply(&mut settings, &env);
        settings.to_json().to_string()
    }

    #[test]
    fn variables_beat_files_and_take_their_types() {
        let settings = applied(&[
            ("HUGO_TITLE", "env"),
            ("HUGO_N", "2"),
            ("HUGO_PARAMS_FOO", "3"),
            ("HUGO_PARAMS_B", "false"),
            ("HUGO_KINDS", "[c, d]"),
            ("HOME", "/root"),
            ("HUGO", "x"),
            ("HUGO_", "x"),
        ]);
        assert_eq!(
            settings,
            r#"{"title":"env","n":2,"kinds":["c","d"],"params":{"b":false,"foo":"3"}}"#
        );
    }

    #[test]
    fn the_fifth_character_separates_keys() {
        let settings = applied(&[("HUGOxPARAMSxMY_KEY", "1"), ("HUGOxPARAMSxCAMEL_x", "y")]);
        assert!(
            settings.ends_with(r#""params":{"b":true,"camel_":{"":"y"},"my_key":"1"}}"#),
            "{settings}"
        );
    }

    #[test]
    fn a_variable_that_wants_a_table_where_there_is_text_is_left_out() {
        assert!(applied(&[("HUGO_TITLE_SUB", "y")]).starts_with(r#"{"title":"x","#));
    }

    #[test]
    fn the_environment_is_named_by_the_flag_then_by_variables() {
        let env = [("HUGO_ENV".to_owned(), "staging".to_owned())];
        assert_eq!(environment(Some("x"), &env, "production"), "x");
        assert_eq!(environment(None, &env, "production"), "staging");
        assert_eq!(environment(None, &[], "development"), "development");
    }
}
