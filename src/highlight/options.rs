//! Info strings of fences: ` ```go {linenos=inline hl_lines=[1,"3-4"] title="main.go"} `.
//!
//! Takes the info string of a fence, or the option string of the `highlight` shortcode; gives typed options and a list
//! of the parts that cannot be read. Rules: `docs/hugo.md`, section 10.2.

pub mod attributes;

use std::ops::{Range, RangeInclusive};

use attributes::{Attribute, Value};

use super::write::Lines;
use crate::config;
use crate::parse::scripts::is_writable;

/// The parts of an info string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fence {
    /// The language as its author wrote it.
    pub language: Option<String>,
    /// Options for showing the code.
    pub options: FenceOptions,
    /// All other attributes in the order written, for the element around the code. Classes are joined.
    pub attributes: Vec<(String, String)>,
}

/// Options of a code block, as far as its author sets them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FenceOptions {
    /// `linenos`. `table` and `inline` are the same here: numbers are not in the text, so both can be copied.
    pub line_numbers: Option<bool>,
    /// Number of the first line: `linenostart`.
    pub start: Option<i64>,
    /// `hl_lines`: lines of the block counted from 1, whatever `linenostart` is; sorted, without overlaps.
    pub highlighted: Vec<RangeInclusive<usize>>,
    /// `anchorlinenos`: true if each line has an id to link to.
    pub anchors: bool,
    /// `lineanchors`: how these ids begin.
    pub anchor_prefix: Option<String>,
    /// `hl_inline`: the code stands in the line of text (the `highlight` shortcode only).
    pub inline: bool,
    /// `title`, or `filename`: shown above the code.
    pub title: Option<String>,
}

/// A part of an info string that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Description of the problem, for the author.
    pub message: String,
    /// Bytes of the info string.
    pub range: Range<usize>,
}

/// Reads the info string of a fence.
pub fn parse_info(info: &str) -> (Fence, Vec<Problem>) {
    let start = info.len() - info.trim_start().len();
    let rest = &info[start..];
    let end = rest
        .find(|c: char| c.is_whitespace() || c == '{')
        .unwrap_or(rest.len());
    let language = Some(&rest[..end])
        .filter(|language| !language.is_empty())
        .map(str::to_owned);
    let mut fence = Fence {
        language,
        ..Fence::default()
    };
    let Some(brace) = info.find('{') else {
        return (fence, Vec::new());
    };
    let (attributes, mut problems) = attributes::parse(info, brace);
    for attribute in attributes {
        fence.take(attribute, &mut problems);
    }
    (fence, problems)
}

/// Reads the option string of the `highlight` shortcode: `linenos=inline,hl_lines=1 3-4`.
pub fn parse_options(options: &str) -> (FenceOptions, Vec<Problem>) {
    let mut fence = Fence::default();
    let mut problems = Vec::new();
    let mut start = 0;
    for part in options.split(',') {
        let range = start..start + part.len();
        start = range.end + 1;
        match part.split_once('=') {
            Some((name, value)) => {
                fence.take(
                    Attribute {
                        name: name.trim().into(),
                        value: unquoted(value),
                        range,
                    },
                    &mut problems,
                );
            }
            None if part.trim().is_empty() => {}
            None => problems.push(Problem {
                message: "an option is written as `name=value`".into(),
                range,
            }),
        }
    }
    (fence.options, problems)
}

/// Rewrites the option string of the `highlight` shortcode as a fence's attributes: a value with spaces gets quotes.
pub fn as_attributes(options: &str) -> String {
    let attribute = |part: &str| match part.split_once('=') {
        Some((name, value)) if value.trim().contains(' ') && !value.contains(['=', '"', '\'', '[']) => {
            format!("{}=\"{}\"", name.trim(), value.trim())
        }
        _ => part.to_owned(),
    };
    options.split(',').map(attribute).collect::<Vec<_>>().join(",")
}

fn unquoted(value: &str) -> Value {
    let value = value.trim().trim_matches(['"', '\'', '[', ']']);
    match value {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => value
            .parse()
            .map_or_else(|_| Value::Text(value.into()), Value::Int),
    }
}

impl Fence {
    fn take(&mut self, attribute: Attribute, problems: &mut Vec<Problem>) {
        let Attribute { name, value, range } = attribute;
        match self.options.set(&name.to_lowercase(), &value) {
            Ok(true) => {}
            Ok(false) => self.add_attribute(name, text(&value)),
            Err(wanted) => {
                let message = format!("`{name}` is {wanted}, not `{}`", text(&value));
                problems.push(Problem { message, range });
            }
        }
    }

    fn add_attribute(&mut self, name: String, value: String) {
        if !is_writable(&name) {
            return;
        }
        let same = self.attributes.iter_mut().find(|(known, _)| *known == name);
        match same {
            Some((_, known)) if name == "class" => {
                known.push(' ');
                known.push_str(&value);
            }
            Some((_, known)) => *known = value,
            None => self.attributes.push((name, value)),
        }
    }
}

impl FenceOptions {
    /// Sets the option of that name; returns false if there is none. The error describes the wanted value.
    fn set(&mut self, name: &str, value: &Value) -> Result<bool, &'static str> {
        match name {
            "linenos" => self.line_numbers = Some(line_numbers(value)?),
            "linenostart" => self.start = Some(int(value).ok_or("a number")?),
            "hl_lines" => self.highlighted = merged(line_ranges(value)?),
            "anchorlinenos" => self.anchors = boolean(value)?,
            "lineanchors" => self.anchor_prefix = Some(text(value)),
            "hl_inline" => self.inline = boolean(value)?,
            "title" => self.title = Some(text(value)),
            "filename" => self.title = self.title.take().or_else(|| Some(text(value))),
            _ => return Ok(IGNORED.contains(&name) || is_of_step(name)),
        }
        Ok(true)
    }

    /// The options for the lines of a block. `known`: its language is known, since a site's setting for numbers does
    /// not apply to plain text. `ordinal` counts the blocks of a page, for ids that differ.
    pub fn lines(&self, site: &config::Highlight, known: bool, ordinal: usize) -> Lines {
        let prefix = || {
            self.anchor_prefix
                .as_ref()
                .map_or_else(|| format!("hl-{ordinal}-"), |name| format!("{name}-"))
        };
        Lines {
            numbers: self.line_numbers.unwrap_or(site.line_numbers && known),
            start: self.start.unwrap_or(site.start),
            highlighted: self.highlighted.clone(),
            anchor_prefix: self.anchors.then(prefix),
        }
    }
}

/// Attributes of steps, which `wsgen test` reads. They are not part of the page.
pub const STEP_ATTRIBUTES: [&str; 14] = [
    "test",
    "exit",
    "timeout",
    "output",
    "background",
    "until",
    "retry",
    "file",
    "check",
    "os",
    "hook",
    "hookTimeout",
    "expectError",
    "wait",
];

/// Returns true for the name of an option, or of an attribute that elements of a page have.
pub fn is_block_attribute(name: &str) -> bool {
    const OPTIONS: [&str; 7] = [
        "linenos",
        "linenostart",
        "hl_lines",
        "anchorlinenos",
        "lineanchors",
        "title",
        "filename",
    ];
    const ELEMENT: [&str; 8] = [
        "id", "class", "style", "lang", "dir", "role", "tabindex", "hidden",
    ];
    let name = name.to_lowercase();
    OPTIONS.contains(&&*name)
        || IGNORED.contains(&&*name)
        || ELEMENT.contains(&&*name)
        || ["data-", "aria-", "on"]
            .iter()
            .any(|start| name.starts_with(start))
}

/// Options of Hugo's that a stylesheet decides here.
const IGNORED: [&str; 8] = [
    "style",
    "noclasses",
    "tabwidth",
    "guesssyntax",
    "wrapperclass",
    "nobackground",
    "linenumbersintable",
    "codefences",
];

fn is_of_step(name: &str) -> bool {
    STEP_ATTRIBUTES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

fn line_numbers(value: &Value) -> Result<bool, &'static str> {
    match value {
        Value::Bool(on) => Ok(*on),
        Value::Int(number @ (0 | 1)) => Ok(*number == 1),
        Value::Text(word) => match word.to_lowercase().as_str() {
            "table" | "inline" | "true" => Ok(true),
            "false" | "" => Ok(false),
            _ => Err("`table`, `inline`, `true` or `false`"),
        },
        _ => Err("`table`, `inline`, `true` or `false`"),
    }
}

fn boolean(value: &Value) -> Result<bool, &'static str> {
    match value {
        Value::Bool(on) => Ok(*on),
        Value::Int(number @ (0 | 1)) => Ok(*number == 1),
        Value::Text(word) if word.eq_ignore_ascii_case("true") => Ok(true),
        Value::Text(word) if word.eq_ignore_ascii_case("false") => Ok(false),
        _ => Err("`true` or `false`"),
    }
}

fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Bool(on) => on.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(values) => values.iter().map(text).collect::<Vec<_>>().join(" "),
    }
}

fn line_ranges(value: &Value) -> Result<Vec<RangeInclusive<usize>>, &'static str> {
    const WANTED: &str = "a list of lines and ranges such as `[1,\"3-4\"]`";
    text(value)
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|part| !part.is_empty())
        .map(|part| line_range(part).ok_or(WANTED))
        .collect()
}

fn line_range(part: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first >= 1 && first <= last).then_some(first..=last)
}

fn merged(mut ranges: Vec<RangeInclusive<usize>>) -> Vec<RangeInclusive<usize>> {
    ranges.sort_unstable_by_key(|range| *range.start());
    ranges.dedup_by(|next, kept| {
        let touches = *next.start() <= kept.end().saturating_add(1);
        if touches {
            *kept = *kept.start()..=*kept.end().max(next.end());
        }
        touches
    });
    ranges
}

#[cfg(test)]
mod tests;
