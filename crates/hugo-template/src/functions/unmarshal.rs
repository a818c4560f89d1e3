//! `transform.Unmarshal`: texts and files as values.

use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::eval::{Context, Severity};
use crate::host::Handle;
use crate::value::Value;
use crate::{cast, objects, print};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["unmarshal", "transform.Unmarshal"], unmarshal),
    // Functions of older Hugos. They could fetch, too, which these cannot.
    (&["getJSON", "data.GetJSON"], |cx, args| {
        let text = local(cx, "getJSON", &args.texts()?.concat())?;
        text.map_or(Ok(Value::Nil), |text| json(&text))
    }),
    (&["getCSV", "data.GetCSV"], |cx, args| {
        let mut parts = args.texts()?;
        let path = parts.split_off(parts.len().min(1)).concat();
        let delimiter = parts.first().and_then(|sign| sign.chars().next());
        let text = local(cx, "getCSV", &path)?;
        text.map_or(Ok(Value::Nil), |text| csv(&text, delimiter.unwrap_or(',')))
    }),
];

/// The text of a file of the site; a message if there is none. `name` is the function that asks for it.
fn local(cx: &mut Context<'_>, name: &'static str, path: &str) -> Result<Option<String>, Fault> {
    if path.contains("://") {
        return Err(Fault::unsupported(name));
    }
    let text = super::files::text(cx, path)?;
    if text.is_none() {
        cx.say(Severity::Warning, format!("no file {path:?} in the site"));
    }
    Ok(text)
}

/// `transform.Unmarshal [OPTIONS] TEXT`, also of a file of a bundle or of `assets/`.
fn unmarshal(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (text, extension) = match args.last()? {
        Value::Nil => return Ok(Value::Nil),
        Value::Handle(handle @ (Handle::Resource(..) | Handle::Asset(_))) => {
            let fact = |name: &str| cx.host().resource(*handle, name).unwrap_or_default();
            (
                cast::text(&fact("Content"))?,
                extension(&print::plain(&fact("Name"))),
            )
        }
        made @ Value::Object(_) => {
            let name = print::plain(&objects::at_path(cx, made, "Name")?);
            let text = cast::text(&objects::at_path(cx, made, "Content")?)?;
            (text, extension(&name))
        }
        other => (cast::text(other)?, String::new()),
    };
    cx.charge(text.len() as u64 / 64)?;
    let option = |name: &str| match args.get(0) {
        Some(Value::Map(options)) if args.len() == 2 => options.get(name).map(print::plain),
        _ => None,
    };
    // Only tables have a delimiter.
    let table = || option("delimiter").map(|_| "csv".to_owned());
    let format = option("format").or_else(table).unwrap_or(extension);
    let (value, problems) = match format.as_str() {
        _ if text.trim().is_empty() => return Ok(Value::Nil),
        "csv" => {
            let delimiter = option("delimiter").and_then(|sign| sign.chars().next());
            return csv(&text, delimiter.unwrap_or(','));
        }
        "json" => return json(&text),
        "toml" => spanned_data::toml::parse(&text, 0),
        "yaml" | "yml" => spanned_data::yaml::parse(&text, 0),
        "" if text.trim_start().starts_with(['{', '['])
            && spanned_data::json::parse(&text, 0).1.is_empty() =>
        {
            return json(&text);
        }
        "" if looks_like_csv(&text) => return csv(&text, ','),
        "" if looks_like_toml(&text) => spanned_data::toml::parse(&text, 0),
        "" => spanned_data::yaml::parse(&text, 0),
        other => return Err(Fault::unsupported(format!("transform.Unmarshal of {other}"))),
    };
    read(value.as_ref(), &problems, Value::from_data)
}

/// A text as a value, in any data format.
pub(super) fn of_text(text: &Value) -> Outcome {
    let text = cast::text(text)?;
    let is_json =
        text.trim_start().starts_with(['{', '[']) && spanned_data::json::parse(&text, 0).1.is_empty();
    let (value, problems) = match () {
        () if is_json => return json(&text),
        () if looks_like_toml(&text) => spanned_data::toml::parse(&text, 0),
        () => spanned_data::yaml::parse(&text, 0),
    };
    read(value.as_ref(), &problems, Value::from_data)
}

/// A data file as a value; `None` for one that cannot be read.
pub(crate) fn unmarshalled(text: &str, extension: &str) -> Option<Value> {
    if extension == "csv" {
        return csv(text, ',').ok();
    }
    let ((value, problems), convert): (_, fn(&spanned_data::Value) -> Value) = match extension {
        "json" => (spanned_data::json::parse(text, 0), Value::from_json),
        "toml" => (spanned_data::toml::parse(text, 0), Value::from_data),
        "yaml" | "yml" => (spanned_data::yaml::parse(text, 0), Value::from_data),
        _ => return None,
    };
    read(value.as_ref(), &problems, convert).ok()
}

fn json(text: &str) -> Outcome {
    let (value, problems) = spanned_data::json::parse(text, 0);
    read(value.as_ref(), &problems, Value::from_json)
}

fn read(
    value: Option<&spanned_data::Value>,
    problems: &[spanned_data::Problem],
    convert: fn(&spanned_data::Value) -> Value,
) -> Outcome {
    match problems.first() {
        Some(problem) => Err(Fault::failed(problem.message.clone())),
        None => Ok(value.map_or(Value::Nil, convert)),
    }
}

fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase())
        .unwrap_or_default()
}

/// Returns true if a comma is the first of the signs by which Hugo tells data formats apart.
fn looks_like_csv(text: &str) -> bool {
    let first = text.find([',', '{', ':', '<', '=']);
    first.is_some_and(|at| text[at..].starts_with(','))
}

/// Returns true if the first line of a text begins a table or sets a key with `=`.
fn looks_like_toml(text: &str) -> bool {
    let is_key = |key: &str| {
        key.trim()
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"'))
    };
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    first.starts_with('[') || first.split_once('=').is_some_and(|(key, _)| is_key(key))
}

/// Rows of cells; quotes as in RFC 4180.
fn csv(text: &str, delimiter: char) -> Outcome {
    let delimiter = u8::try_from(delimiter)
        .ok()
        .filter(u8::is_ascii)
        .ok_or_else(|| Fault::failed(format!("{delimiter:?} cannot be the delimiter of CSV")))?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.map_err(|error| Fault::failed(format!("invalid CSV: {error}")))?;
        Ok(Value::list(row.iter().map(Value::from).collect()))
    });
    Ok(Value::list(rows.collect::<Result<_, Fault>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, delimiter: char) -> String {
        csv(text, delimiter).map_or_else(|fault| format!("{fault:?}"), |value| print::sharp(&value))
    }

    #[test]
    fn cells_may_be_quoted_and_rows_of_any_length() {
        assert_eq!(
            shown("a,b\n\"x,\"\"y\"\"\",2\r\n\n日本,\n\"two\nlines\"", ','),
            "[][]string{[]string{\"a\", \"b\"}, []string{\"x,\\\"y\\\"\", \"2\"}, []string{\"日本\", \"\"}, \
             []string{\"two\\nlines\"}}"
        );
        assert_eq!(shown("a;b,c", ';'), "[][]string{[]string{\"a\", \"b,c\"}}");
    }

    #[test]
    fn a_delimiter_is_one_byte() {
        assert!(shown("a、b", '、').contains("cannot be the delimiter"));
    }
}
