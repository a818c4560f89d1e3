//! `:smile:` becomes an emoji, where the site enables it. Names are GitHub's, as in Hugo.

use crate::markup::dom::{By, Element, Node, is_block_name, text_of};

/// Exchanges names in text. Code keeps them, and so does the text for the ids of headings.
pub(crate) fn apply(nodes: &mut [Node]) {
    for node in nodes {
        match node {
            Node::Text(text) if text.contains(':') => *text = exchanged(text),
            Node::Element(element)
                if element.name != "code"
                    && (element.name != "pre" || !is_block_name(&element.name))
                    && !is_bare_url(element) =>
            {
                let heading = element.by == By::Markdown && element.heading_level().is_some();
                let made_of = element
                    .heading_role()
                    .and_then(|heading| heading.id_text.as_ref());
                if heading && made_of.is_none() {
                    let text = text_of(&element.children);
                    if text.contains(':') {
                        element.heading_role_mut().id_text = Some(text);
                    }
                }
                apply(&mut element.children);
            }
            _ => {}
        }
    }
}

/// Returns true for a link made of a bare address.
fn is_bare_url(element: &Element) -> bool {
    element.name == "a" && element.by == By::Markdown && element.span.is_none()
}

fn exchanged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(':') {
        let name = &rest[start + 1..];
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')));
        let found = end
            .filter(|end| name[*end..].starts_with(':'))
            .and_then(|end| Some((end, emojis::get_by_shortcode(&name[..end])?)));
        match found {
            Some((end, emoji)) => {
                out.push_str(&rest[..start]);
                out.push_str(emoji.as_str());
                rest = &name[end + 1..];
            }
            None => {
                out.push_str(&rest[..=start]);
                rest = name;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exchanged_even_inside_words() {
        assert_eq!(exchanged("a:smile:b :nope: 10:30:45"), "a😄b :nope: 10:30:45");
    }
}
