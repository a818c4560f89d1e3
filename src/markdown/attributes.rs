//! Attribute lists: `{#id .class key=value}` after headings and blocks.

use crate::parse::scripts::is_writable;

/// The contents of an attribute list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// Names and values in the order written; classes are collected under `class`.
    pub(crate) list: Vec<(String, String)>,
}

impl Attributes {
    fn add_class(&mut self, class: &str) {
        match self.list.iter_mut().find(|(name, _)| name == "class") {
            Some((_, all)) => {
                all.push(' ');
                all.push_str(class);
            }
            None => self.list.push(("class".into(), class.into())),
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        if name == "class" {
            self.add_class(value);
        } else if !self.list.iter().any(|(known, _)| known == name) {
            self.list.push((name.into(), value.into()));
        }
    }
}

/// Reads a list with its braces. `None` when it is not one.
pub(crate) fn parse(text: &str) -> Option<Attributes> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut rest = inner.trim_start();
    let mut attributes = Attributes::default();
    while !rest.is_empty() {
        rest = one(rest, &mut attributes)?.trim_start_matches([' ', '\t', ',']);
    }
    (!inner.trim().is_empty()).then_some(attributes)
}

/// Reads one entry and gives the rest.
fn one<'t>(text: &'t str, attributes: &mut Attributes) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix('#') {
        let (id, rest) = word(rest)?;
        attributes.set("id", id);
        return Some(rest);
    }
    if let Some(rest) = text.strip_prefix('.') {
        let (class, rest) = word(rest)?;
        attributes.add_class(class);
        return Some(rest);
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')))?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let (value, rest) = value(rest)?;
    if name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':')) {
        return None;
    }
    if is_writable(name) {
        attributes.set(name, &value);
    }
    Some(rest)
}

fn word(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '}' | '{' | ',' | '#' | '"' | '=' | '>'))
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn value(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix('"') {
        let end = rest.find('"')?;
        return Some((rest[..end].to_owned(), &rest[end + 1..]));
    }
    if text.starts_with(['\'', '[', '{']) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '}'))
        .unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Option<Vec<(String, String)>> {
        parse(text).map(|attributes| attributes.list)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        Some(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn ids_classes_and_values_are_read() {
        assert_eq!(
            list("{#id .c1 .c2 key=val data-x=\"y z\"}"),
            pairs(&[
                ("id", "id"),
                ("class", "c1 c2"),
                ("key", "val"),
                ("data-x", "y z")
            ])
        );
        assert_eq!(list("{ #日本 }"), pairs(&[("id", "日本")]));
    }

    #[test]
    fn other_braces_are_text() {
        assert_eq!(list("{{x}}"), None);
        assert_eq!(list("{}"), None);
        assert_eq!(list("{a b}"), None);
    }
}
