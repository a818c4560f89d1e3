//! Headings get ids and anchors, and make the outline. Rules: `docs/hugo.md`, sections 8.2 and 11.1.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::config::{AutoIdType, Goldmark};
use crate::markup::dom::{By, Element, Node, for_each_element, text_in, text_of, write_nodes};
use crate::markup::outline::Heading;
use crate::shortcodes::BodyContext;
use crate::shortcodes::builtin::TASK_LABEL;
use crate::source::composed;

/// Usual number of headings on long pages.
const HEADINGS: usize = 48;
const LEVELS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Gives every Markdown heading its id and anchor; gives the outline. A heading without text has no id in Hugo: one that is a
/// picture, an icon, a bare URL. Headings of templates have got their [levels](set_levels) before. `some_yield` says whether
/// there are headings whose ids give way to others.
pub(crate) fn apply(nodes: &mut [Node], cx: &BodyContext<'_>, some_yield: bool) -> Vec<Heading> {
    let goldmark = &cx.config.markup.goldmark;
    let mut ids = Ids {
        used: HashSet::with_capacity(HEADINGS),
        numbers: HashMap::new(),
        kind: goldmark.auto_id_type,
    };
    if some_yield {
        for_each_element(nodes, &mut |element| {
            if !yields(element) {
                give_id(element, goldmark, &mut ids);
            }
        });
    }
    let mut outline = Vec::new();
    for_each_element(nodes, &mut |element| {
        let level = element.heading_level();
        if level.is_some() || element.name == "dt" {
            give_id(element, goldmark, &mut ids);
        }
        let Some(level) = level else { return };
        if !element.is_template_heading() && element.by != By::Markdown {
            return;
        }
        if !element.heading_role().is_some_and(|heading| heading.withheld) {
            outline.push(heading(element, level));
        }
        add_anchor(element);
    });
    outline
}

/// Gives a heading an id if it has none, and records its id.
fn give_id(element: &mut Element, goldmark: &Goldmark, ids: &mut Ids) {
    if goldmark.auto_definition_term_id
        && element.name == "dt"
        && element.by == By::Markdown
        && element.get("id").is_none()
    {
        let id = ids.make(&text_in(&element.children));
        element.attrs.insert(0, ("id".into(), Some(id)));
    }
    if element.heading_level().is_none() || element.by != By::Markdown && !element.is_template_heading() {
        return;
    }
    if let Some(id) = element.get("id") {
        ids.used.insert(id.to_owned());
        return;
    }
    let id_text = element.heading_role().and_then(|heading| heading.id_text.clone());
    let text = id_text.map_or_else(|| text_in(&element.children), Cow::Owned);
    if goldmark.auto_heading_id && !text.trim_matches(' ').is_empty() {
        let id = ids.make(&text);
        if let Some(unnumbered) = unnumbered(element, &text, ids) {
            element.children.insert(0, unnumbered);
        }
        element.attrs.insert(0, ("id".into(), Some(id)));
    }
}

fn yields(element: &Element) -> bool {
    element.heading_role().is_some_and(|heading| heading.yields)
}

/// Headings of templates stand one level below the heading of the author before them.
pub(crate) fn set_levels(nodes: &mut [Node]) {
    set_levels_below(nodes, &mut 1);
}

fn set_levels_below(nodes: &mut [Node], last: &mut u8) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        if element.is_template_heading() {
            element.name = LEVELS[usize::from(*last).min(5)].into();
        } else if let Some(level) = element.heading_level().filter(|_| element.by == By::Markdown) {
            *last = level;
        } else if element.children.iter().any(is_of_template) {
            // Headings inside are no measure for what follows.
            set_levels_below(&mut element.children, &mut last.clone());
        } else {
            set_levels_below(&mut element.children, last);
        }
    }
}

fn is_of_template(node: &Node) -> bool {
    node.as_element().is_some_and(Element::is_template_heading)
}

fn heading(element: &Element, level: u8) -> Heading {
    let mut html = String::new();
    let is_text = |node: &Node| matches!(node, Node::Text(_));
    if element.children.iter().all(is_text) {
        write_nodes(&element.children, &mut html);
    } else {
        write_nodes(&without_links(&element.children), &mut html);
    }
    Heading {
        level,
        id: element.get("id").unwrap_or_default().to_owned(),
        html,
        text: text_in(&element.children).trim().to_owned(),
    }
}

/// The content for the table of contents: links reduced to their text, no ids.
fn without_links(nodes: &[Node]) -> Vec<Node> {
    let mut out = Vec::new();
    for node in nodes {
        match node {
            Node::Element(element) if element.name == "a" => out.extend(without_links(&element.children)),
            Node::Element(element)
                if element.get("class") == Some("footnote-ref")
                    || element.name == "sup"
                    || element.withheld().is_some() => {}
            Node::Element(element) => out.push(
                Element {
                    name: element.name.clone(),
                    attrs: element
                        .attrs
                        .iter()
                        .filter(|(name, _)| name != "id")
                        .cloned()
                        .collect(),
                    children: without_links(&element.children),
                    role: None,
                    ..**element
                }
                .into(),
            ),
            Node::Comment(_) => {}
            other => out.push(other.clone()),
        }
    }
    out
}

/// Adds the link to a heading. It is for who points at the heading: for everyone else it would be part of its name, and
/// one more stop.
fn add_anchor(element: &mut Element) {
    let Some(id) = element.get("id").filter(|id| !id.is_empty()) else {
        return;
    };
    let anchor = Element::new("a", By::Wsgen)
        .attr("class", "heading-anchor")
        .attr("href", ["#", id].concat())
        .attr("aria-hidden", "true")
        .attr("tabindex", "-1")
        .with(vec![Node::text("#")]);
    element.children.push(anchor.into());
}

/// The anchor without the number, for a heading that `task` has numbered.
fn unnumbered(heading: &Element, text: &str, ids: &mut Ids) -> Option<Node> {
    let is_label = |node: &&Node| matches!(node, Node::Element(element) if element.has_class(TASK_LABEL));
    let label = heading.children.iter().find(is_label)?;
    let label = text_of(std::slice::from_ref(label));
    let text = text.replacen(&label, "", 1);
    if text.trim().is_empty() {
        return None;
    }
    let id = ids.make(&text);
    Some(Element::new("span", By::Wsgen).attr("id", id).into())
}

struct Ids {
    used: HashSet<String>,
    /// The last number behind each id that occurred again.
    numbers: HashMap<String, usize>,
    kind: AutoIdType,
}

impl Ids {
    /// An id for a heading's text that no earlier heading has.
    fn make(&mut self, text: &str) -> String {
        // Marks on letters are no letters: without this, `ä` from some systems would lose its dots.
        let text = composed(text.trim());
        let base = match self.kind {
            AutoIdType::Github => github(&text),
            AutoIdType::GithubAscii => github(&ascii(&text)),
            AutoIdType::Blackfriday => blackfriday(&text),
        };
        let base = if base.is_empty() {
            "heading".to_owned()
        } else {
            base
        };
        if self.used.insert(base.clone()) {
            return base;
        }
        let number = self.numbers.entry(base.clone()).or_default();
        loop {
            *number += 1;
            let id = format!("{base}-{number}");
            if self.used.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Letters and digits in lower case, `_` and `-` kept, ASCII spaces as hyphens, the rest dropped.
fn github(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let same = rest.find(|c| !stays_in_id(c)).unwrap_or(rest.len());
        out.push_str(&rest[..same]);
        let Some(c) = rest[same..].chars().next() else {
            return out;
        };
        match c {
            ' ' => out.push('-'),
            c if is_letter_or_digit(c) => out.push(lower(c)),
            _ => {}
        }
        rest = &rest[same + c.len_utf8()..];
    }
}

/// Returns true for the characters that most headings consist of and that stay unchanged. Saves a look into the Unicode
/// tables.
fn stays_in_id(c: char) -> bool {
    matches!(c, '-' | '_' | 'a'..='z' | '0'..='9' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9fff}')
}

/// Go's `unicode.IsLetter` and `unicode.IsDigit`: categories L and Nd, which `char::is_alphanumeric` exceeds.
fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    use unicode_general_category::GeneralCategory as G;
    matches!(
        unicode_general_category::get_general_category(c),
        G::UppercaseLetter
            | G::LowercaseLetter
            | G::TitlecaseLetter
            | G::ModifierLetter
            | G::OtherLetter
            | G::DecimalNumber
    )
}

/// A character in lower case as in Go, which always gives one.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Accents removed, then everything that is not ASCII.
fn ascii(text: &str) -> String {
    text.chars()
        .filter_map(|c| if c.is_ascii() { Some(c) } else { unaccented(c) })
        .collect()
}

fn unaccented(c: char) -> Option<char> {
    let decomposed = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd()
        .normalize(c.encode_utf8(&mut [0; 4]))
        .into_owned();
    decomposed.chars().next().filter(char::is_ascii)
}

/// Runs of other characters become one hyphen.
fn blackfriday(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars() {
        if is_letter_or_digit(c) || c.is_numeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(lower(c));
        } else {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn github_ids_keep_letters_of_every_script() {
        for (text, id) in [
            ("1. セットアップ（環境）", "1-セットアップ環境"),
            ("v1.2.3", "v123"),
            ("😀 emoji", "-emoji"),
            ("ＦＵＬＬ　ｗｉｄｔｈ", "ｆｕｌｌｗｉｄｔｈ"),
            ("ver. 2～3・4ー5", "ver-234ー5"),
            ("Émile Über", "émile-über"),
            ("a  b", "a--b"),
            ("İzmir", "izmir"),
        ] {
            assert_eq!(github(text), id);
        }
    }

    #[test]
    fn ascii_and_blackfriday_ids_follow_their_rules() {
        assert_eq!(github(&ascii("Émile Über")), "emile-uber");
        assert_eq!(github(&ascii("準備 作業")), "-");
        assert_eq!(blackfriday("a - b_c.d"), "a-b-c-d");
        assert_eq!(blackfriday("हिन x² Ⅳ"), "ह-न-x²-ⅳ");
    }

    #[test]
    fn equal_headings_are_numbered() {
        let mut ids = Ids {
            used: HashSet::new(),
            numbers: HashMap::new(),
            kind: AutoIdType::Github,
        };
        assert_eq!(
            [ids.make("A"), ids.make("a"), ids.make("!"), ids.make("!")],
            ["a", "a-1", "heading", "heading-1"]
        );
    }
}
