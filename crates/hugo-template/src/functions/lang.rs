//! Translations and numbers for readers.

use super::{Args, Entry, Outcome};
use crate::eval::Context;
use crate::print;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["i18n", "T", "lang.Translate"], translate),
    (&["lang.FormatNumber"], |_, args| {
        Ok(grouped(args.float(1)?, args.count(0)?).into())
    }),
    (&["lang.FormatPercent"], |_, args| {
        Ok(format!("{}%", grouped(args.float(1)?, args.count(0)?)).into())
    }),
];

/// A translation, in the form for the number in the context; empty if there is none.
fn translate(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let key = args.text(0)?;
    let context = args.get(1).cloned().unwrap_or_default();
    let counted = match &context {
        Value::Map(map) => map.get("Count").cloned().unwrap_or_default(),
        other => other.clone(),
    };
    let form = number(&counted).and_then(|number| cx.host().plural_form(&number));
    let form = form.and_then(|form| cx.host().translate(&format!("{key}.{form}")));
    let text = form.or_else(|| cx.host().translate(&key));
    Ok(filled(&text.unwrap_or_default(), &context).into())
}

/// A number in the form that plural rules need, with the digits behind its point.
fn number(value: &Value) -> Option<String> {
    match value {
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(format!("{number:?}")),
        Value::Str(text) => Some(text.to_string()),
        _ => None,
    }
}

/// A translation with its placeholders `{{ .Name }}` and `{{ . }}` filled from `context`. A number is also `.Count`.
fn filled(text: &str, context: &Value) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((action, after)) = after.split_once("}}") else {
            break;
        };
        out.push_str(before);
        match placeholder(action.trim_matches('-').trim(), context) {
            Some(value) => print::write_plain(&mut out, &value),
            None => {
                out.push_str("{{");
                out.push_str(action);
                out.push_str("}}");
            }
        }
        rest = after;
    }
    out + rest
}

fn placeholder(action: &str, context: &Value) -> Option<Value> {
    let name = action.strip_prefix('.')?;
    match context {
        Value::Nil => None,
        _ if name.is_empty() => Some(context.clone()),
        Value::Map(_) => name
            .split('.')
            .try_fold(context.clone(), |value, name| match &value {
                Value::Map(map) => map.get(name).cloned(),
                _ => None,
            }),
        _ => (name == "Count").then(|| context.clone()),
    }
}

/// A number with `decimals` digits after the point and groups of three before it.
fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals.min(100), number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    match fraction {
        "" => format!("{sign}{out}"),
        _ => format!("{sign}{out}.{fraction}"),
    }
}
