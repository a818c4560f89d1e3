//! The cases of `cases/*.txt`.

use std::sync::Arc;

use crate::host::{MemoryHost, ONE};
use hugo_template::{Arguments, Limits, Position, Shortcode, Template, Value};

/// The output of a template for a call on the page `/lab/one`; an error is `!error` and its message.
pub(super) fn render(host: &MemoryHost, call: &str, template: &str) -> Result<String, String> {
    let (arguments, inner) = parse_call(call);
    let shortcode = Arc::new(Shortcode::new("x", ONE, arguments, 0, Position::default()));
    if let Some(inner) = inner {
        shortcode.set_inner(inner.clone(), inner);
    }
    let template = Template::parse("x.html", template).map_err(|error| error.to_string())?;
    let output = template
        .execute(&shortcode.dot(), host, Limits::default())
        .map_err(|error| error.to_string())?;
    Ok(output.html)
}

/// `{{< x a "b c" d=1 >}}inner{{< /x >}}`.
fn parse_call(call: &str) -> (Arguments, Option<String>) {
    let (tag, rest) = call.split_once(">}}").unwrap();
    let inner = rest.strip_suffix("{{< /x >}}").map(str::to_owned);
    let mut words = words(tag.trim_start_matches("{{<").trim().strip_prefix('x').unwrap());
    if words.is_empty() {
        return (Arguments::None, inner);
    }
    if words.iter().all(|(name, _)| name.is_none()) {
        return (
            Arguments::Positional(words.into_iter().map(|(_, value)| value).collect()),
            inner,
        );
    }
    let named = words
        .drain(..)
        .map(|(name, value)| (name.unwrap(), value))
        .collect();
    (Arguments::Named(named), inner)
}

fn words(text: &str) -> Vec<(Option<String>, Value)> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let name = rest[name_end..]
            .starts_with('=')
            .then(|| rest[..name_end].to_owned());
        rest = if name.is_some() {
            &rest[name_end + 1..]
        } else {
            rest
        };
        let value = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap();
                rest = after;
                value.into()
            }
            None => {
                let (word, after) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
                rest = after;
                bare(word)
            }
        };
        words.push((name, value));
        rest = rest.trim_start();
    }
    words
}

fn bare(word: &str) -> Value {
    let is_number = word
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte));
    match word {
        "true" => true.into(),
        "false" => false.into(),
        _ if is_number && word.contains('.') => word.parse::<f64>().unwrap().into(),
        _ if is_number => word.parse::<i64>().unwrap().into(),
        _ => word.into(),
    }
}

fn check(cases: &str) {
    let host = MemoryHost::new();
    let mut wrong = Vec::new();
    for case in cases.split("=== ").skip(1) {
        let (name, rest) = case.split_once('\n').unwrap();
        let (head, rest) = rest.split_once("--- template\n").unwrap();
        let (template, expected) = rest.split_once("\n--- result\n").unwrap();
        let call = head
            .lines()
            .find_map(|line| line.strip_prefix("call: "))
            .unwrap_or("{{< x >}}");
        let result = render(&host, call, template);
        let expected = expected.trim_end_matches('\n');
        let same = match &result {
            Ok(html) => html.trim_end_matches('\n') == expected,
            Err(_) => expected == "!error",
        };
        if !same {
            wrong.push(format!("{name}\n  expected {expected:?}\n  got      {result:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases differ from Hugo:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_language_is_gos() {
    check(include_str!("../cases/language.txt"));
}

#[test]
fn escaping_is_that_of_html_template() {
    check(include_str!("../cases/escape.txt"));
}

#[test]
fn functions_of_texts_are_hugos() {
    check(include_str!("../cases/strings.txt"));
}

#[test]
fn functions_of_collections_are_hugos() {
    check(include_str!("../cases/collections.txt"));
}

#[test]
fn the_dot_of_a_shortcode_is_hugos() {
    check(include_str!("../cases/shortcode.txt"));
}

#[test]
fn pages_and_sites_are_hugos() {
    check(include_str!("../cases/page.txt"));
}

#[test]
fn shortcodes_of_workshops_give_what_hugo_gives() {
    check(include_str!("../cases/workshops.txt"));
}
