//! `transform.Remarshal`: a value, or a text in one data format, written in another.

use super::data::pretty_json;
use super::{Args, Entry, Outcome, unmarshal};
use crate::error::Fault;
use crate::eval::Context;
use crate::print;
use crate::value::{Map, Value};

pub(super) const FUNCTIONS: &[Entry] = &[(&["transform.Remarshal"], remarshal)];

fn remarshal(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let value = match args.value(1)? {
        map @ Value::Map(_) => map.clone(),
        text => unmarshal::of_text(text)?,
    };
    cx.charge(10)?;
    let mut out = String::new();
    match (&*args.text(0)?.to_lowercase(), &value) {
        ("json", value) => out = pretty_json(value),
        ("yaml" | "yml", value) => yaml_block(value, 0, &mut out),
        ("toml", Value::Map(map)) => toml_table(map, "", 0, &mut out),
        (other, _) => return Err(Fault::failed(format!("nothing can be written as {other:?}"))),
    }
    cx.check_text_length(out.len())?;
    Ok(Value::str(out))
}

/// A value on lines of its own, `level` steps to the right.
fn yaml_block(value: &Value, level: usize, out: &mut String) {
    let margin = "  ".repeat(level);
    match value {
        Value::Map(map) if !map.entries().is_empty() => {
            for (key, value) in map.entries() {
                out.push_str(&margin);
                yaml_entry(key, value, level, out);
            }
        }
        Value::List(list) if !list.items().is_empty() => {
            for item in list.items() {
                out.push_str(&margin);
                out.push_str("- ");
                yaml_item(item, level, out);
            }
        }
        other => {
            out.push_str(&margin);
            out.push_str(&yaml_scalar(other, level));
            out.push('\n');
        }
    }
}

/// A key with its value, behind the margin of the line.
fn yaml_entry(key: &str, value: &Value, level: usize, out: &mut String) {
    out.push_str(&yaml_text(key, level));
    out.push(':');
    match value {
        Value::Map(map) if !map.entries().is_empty() => {
            out.push('\n');
            yaml_block(value, level + 1, out);
        }
        // The hyphens of a list stand below its key.
        Value::List(list) if !list.items().is_empty() => {
            out.push('\n');
            yaml_block(value, level, out);
        }
        scalar => {
            out.push(' ');
            out.push_str(&yaml_scalar(scalar, level + 1));
            out.push('\n');
        }
    }
}

/// An item behind its hyphen.
fn yaml_item(item: &Value, level: usize, out: &mut String) {
    match item {
        Value::Map(map) if !map.entries().is_empty() => {
            for (at, (key, value)) in map.entries().iter().enumerate() {
                if at > 0 {
                    out.push_str(&"  ".repeat(level + 1));
                }
                yaml_entry(key, value, level + 1, out);
            }
        }
        Value::List(list) if !list.items().is_empty() => {
            let mut inner = String::new();
            yaml_block(item, level + 1, &mut inner);
            out.push_str(inner.trim_start());
        }
        scalar => {
            out.push_str(&yaml_scalar(scalar, level + 1));
            out.push('\n');
        }
    }
}

fn yaml_scalar(value: &Value, level: usize) -> String {
    match value {
        Value::Nil => "null".to_owned(),
        Value::Map(_) => "{}".to_owned(),
        Value::List(_) => "[]".to_owned(),
        Value::Float(number) => float(*number),
        Value::Str(text) | Value::Safe(_, text) => yaml_text(text, level),
        other => print::plain(other),
    }
}

fn float(number: f64) -> String {
    let text = print::plain(&Value::Float(number));
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        text + ".0"
    } else {
        text
    }
}

/// A text, plain where YAML reads a text there, else in quotes, or in a block of lines.
fn yaml_text(text: &str, level: usize) -> String {
    const WORDS: [&str; 11] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "",
    ];
    if text.contains('\n') && !text.starts_with([' ', '\n']) && !text.trim_end_matches('\n').is_empty() {
        let margin = "  ".repeat(level);
        let sign = if text.ends_with('\n') { "|" } else { "|-" };
        let lines = text.trim_end_matches('\n').lines();
        return lines.fold(sign.to_owned(), |block, line| match line {
            "" => block + "\n",
            line => format!("{block}\n{margin}{line}"),
        });
    }
    let starts_like_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+'));
    let is_number = text.parse::<f64>().is_ok()
        || starts_like_number && text.parse::<f64>().is_err() && {
            // A date, or a number in another base.
            text.bytes().all(|byte| {
                byte.is_ascii_hexdigit() || matches!(byte, b'-' | b':' | b'.' | b'T' | b'Z' | b'x' | b'o')
            })
        };
    let is_plain = !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        && !is_number
        && !text.starts_with([
            '!', '&', '*', '-', '?', '|', '>', '@', '`', '%', '{', '}', '[', ']', ',', '#', ':', '\'', '"',
            ' ',
        ])
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(char::is_control);
    if is_plain {
        text.to_owned()
    } else if text.chars().any(char::is_control) {
        super::json_text(text, false)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// The keys of a table, and then the tables in it; `path` is its name and a dot.
fn toml_table(map: &Map, path: &str, level: usize, out: &mut String) {
    let margin = "  ".repeat(level);
    let is_table = |value: &Value| match value {
        Value::Map(_) => true,
        Value::List(list) => {
            !list.items().is_empty() && list.items().iter().all(|item| matches!(item, Value::Map(_)))
        }
        _ => false,
    };
    let entries = || {
        map.entries()
            .iter()
            .filter(|(_, value)| !matches!(value, Value::Nil))
    };
    for (key, value) in entries().filter(|(_, value)| !is_table(value)) {
        out.push_str(&format!("{margin}{} = {}\n", toml_key(key), toml_value(value)));
    }
    for (key, value) in entries().filter(|(_, value)| is_table(value)) {
        let name = format!("{path}{}", toml_key(key));
        let (tables, brackets): (Vec<&Value>, _) = match value {
            Value::List(list) => (list.items().iter().collect(), ("[[", "]]")),
            table => (vec![table], ("[", "]")),
        };
        for table in tables {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("{margin}{}{name}{}\n", brackets.0, brackets.1));
            if let Value::Map(inner) = table {
                toml_table(inner, &format!("{name}."), level + 1, out);
            }
        }
    }
}

fn toml_key(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    match !key.is_empty() && key.chars().all(is_bare) {
        true => key.to_owned(),
        false => toml_text(key),
    }
}

fn toml_value(value: &Value) -> String {
    match value {
        Value::Str(text) | Value::Safe(_, text) => toml_text(text),
        Value::Float(number) => float(*number),
        Value::List(list) => {
            let items: Vec<String> = list.items().iter().map(toml_value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entries = map.entries().iter();
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{} = {}", toml_key(key), toml_value(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => print::plain(other),
    }
}

fn toml_text(text: &str) -> String {
    match text.contains('\'') || text.chars().any(char::is_control) {
        true => super::json_text(text, false),
        false => format!("'{text}'"),
    }
}
