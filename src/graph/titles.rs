//! Titles: the written one, else the first heading, else the name of the file or folder made readable.

use std::collections::HashMap;

use hugo_template::title_case::first_upper;

use super::input::Input;
use super::node::Node;
use super::{CodedTitles, Kind, Page};
use crate::config::{Config, Language, ListTitles};
use crate::parse::ParsedPage;
use crate::parse::title::plain;

/// The texts that name a page.
#[derive(Clone, Default)]
pub(super) struct Titles {
    /// The page's title.
    pub(super) title: String,
    /// The text in lists and navigation.
    pub(super) link: String,
    /// Both as they are written, where they have code.
    pub(super) coded: Option<Box<CodedTitles>>,
    /// The title in Hugo's sort: empty for a page without a written title.
    pub(super) sort: String,
}

impl Page {
    /// The title with backticks around its code.
    pub fn written_title(&self) -> &str {
        self.coded_titles
            .as_ref()
            .map_or(&self.title, |coded| &coded.title)
    }

    /// The text for lists and navigation with backticks around its code.
    pub fn written_link_title(&self) -> &str {
        self.coded_titles
            .as_ref()
            .map_or(&self.link_title, |coded| &coded.link)
    }
}

/// The titles of every page.
pub(super) fn titles(nodes: &[Node], input: Input) -> Vec<Titles> {
    let parsed = |node: &Node| node.source.and_then(|source| input.parsed.get(source));
    let mut titles: Vec<Titles> = nodes
        .iter()
        .map(|node| Titles::new(node, parsed(node), input.config))
        .collect();
    for (at, other) in untranslated(nodes, input.config) {
        let Titles {
            title, link, coded, ..
        } = titles[other].clone();
        titles[at] = Titles {
            sort: link.clone(),
            title,
            link,
            coded,
        };
    }
    titles
}

/// The parts of a language without a file, and the same parts in the language that they have their titles from: the
/// default one, else the first that has a file.
fn untranslated(nodes: &[Node], config: &Config) -> Vec<(usize, usize)> {
    if config.languages.len() < 2 {
        return Vec::new();
    }
    let is_part = |node: &Node| {
        matches!(node.kind, Kind::Section | Kind::Taxonomy)
            || node.kind == Kind::Home && config.languages[node.lang].title.trim().is_empty()
    };
    let mut known: HashMap<(Kind, &str), usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| node.source.is_some()) {
        let place = known.entry((node.kind, &node.path)).or_insert(at);
        if node.lang == config.default_language {
            *place = at;
        }
    }
    let of_other = |(at, node): (usize, &Node)| {
        let is_bare = node.source.is_none() && node.front.title.is_none() && is_part(node);
        let other = known.get(&(node.kind, node.path.as_str()))?;
        is_bare.then_some((at, *other))
    };
    nodes.iter().enumerate().filter_map(of_other).collect()
}

impl Titles {
    /// The titles of a page; `parsed` is its file.
    fn new(node: &Node, parsed: Option<&ParsedPage>, config: &Config) -> Self {
        let language = &config.languages[node.lang];
        let written = node
            .front
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty());
        let title = match written {
            Some(title) => title.to_owned(),
            None => inferred(node, parsed, config, language),
        };
        let link = node
            .front
            .link_title
            .clone()
            .filter(|text| !text.trim().is_empty());
        let menu = || {
            node.params
                .text("menutitle")
                .filter(|text| !text.trim().is_empty())
        };
        let sort = match (&link, written, node.source) {
            (Some(link), ..) => link.clone(),
            (None, None, Some(_)) => String::new(),
            (None, ..) => title.clone(),
        };
        let link = link.or_else(menu).unwrap_or_else(|| title.clone());
        let (plain_title, plain_link) = (plain(&title).into_owned(), plain(&link).into_owned());
        let has_code = plain_title != title || plain_link != link;
        Self {
            title: plain_title,
            link: plain_link,
            coded: has_code.then(|| Box::new(CodedTitles { title, link })),
            sort,
        }
    }
}

/// The title of a page without a written one: its first heading, or its name. A home page is named like the site unless
/// it begins with a heading of the first level, for that alone is a title of the whole.
fn inferred(node: &Node, parsed: Option<&ParsedPage>, config: &Config, language: &Language) -> String {
    let heading = parsed.and_then(|parsed| parsed.first_heading.as_ref());
    let heading = heading.filter(|(_, text)| !text.trim().is_empty());
    let site = language.title.trim();
    match heading {
        Some((level, text)) if *level == 1 || node.kind != Kind::Home || site.is_empty() => {
            text.trim().to_owned()
        }
        _ if node.kind == Kind::Home && site.is_empty() => "Home".to_owned(),
        _ if node.kind == Kind::Home => language.title.clone(),
        _ if node.kind == Kind::Term => term_title(node.name(), config.list_titles),
        _ if node.source.is_none() => section_title(node.name(), config.list_titles),
        _ => humanise(node.name()),
    }
}

/// The title of a folder without a page: a plain English word becomes a plural as in Hugo, other names are only made
/// readable.
fn section_title(name: &str, rules: ListTitles) -> String {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
    if !plain {
        return humanise(name);
    }
    let title = if rules.capitalize {
        rules.style.apply(name)
    } else {
        name.to_owned()
    };
    if rules.pluralize { plural(&title) } else { title }
}

/// The title of a term, with the capitals of titles. A name that has capitals of its own inside (`iPhone`) keeps them.
pub(super) fn term_title(name: &str, rules: ListTitles) -> String {
    let is_name = name.chars().skip(1).any(char::is_uppercase);
    if rules.capitalize && !is_name {
        rules.style.apply(name)
    } else {
        name.to_owned()
    }
}

/// A file or folder name as a title: words apart, and a capital at the beginning of each word that has none.
fn humanise(name: &str) -> String {
    let words = name.split(|c: char| c == '-' || c == '_' || c.is_whitespace());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(first_upper).collect();
    if words.is_empty() {
        name.to_owned()
    } else {
        words.join(" ")
    }
}

/// English plural by the rules that hold for nearly all words.
fn plural(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| lower.ends_with(suffix));
    let stem = |cut: usize| &word[..word.len() - cut];
    if ends(&[
        "news",
        "series",
        "species",
        "information",
        "equipment",
        "software",
        "hardware",
        "media",
        "data",
    ]) {
        word.to_owned()
    } else if ends(&["ss", "x", "ch", "sh", "zz"])
        || (ends(&["o"]) && !ends(&["io", "eo", "oo", "oto", "emo", "ro"]))
    {
        format!("{word}es")
    } else if ends(&["sis"]) {
        format!("{}es", stem(2))
    } else if ends(&["s"]) {
        word.to_owned()
    } else if ends(&["y"]) && !ends(&["ay", "ey", "iy", "oy", "uy"]) {
        format!("{}ies", stem(1))
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_readable() {
        let cases = [
            ("my-lab", "My Lab"),
            ("lab_two", "Lab Two"),
            ("10-Setup", "10 Setup"),
            ("準備", "準備"),
            ("Über Uns", "Über Uns"),
            ("ärger_x", "Ärger X"),
            ("__", "__"),
        ];
        for (name, title) in cases {
            assert_eq!(humanise(name), title);
        }
    }

    #[test]
    fn plain_words_get_a_plural() {
        let cases = [
            ("Post", "Posts"),
            ("Docs", "Docs"),
            ("Box", "Boxes"),
            ("Category", "Categories"),
            ("Day", "Days"),
            ("Noidx", "Noidxes"),
            ("Class", "Classes"),
            ("Video", "Videos"),
            ("Analysis", "Analyses"),
            ("News", "News"),
        ];
        for (word, expected) in cases {
            assert_eq!(plural(word), expected);
        }
    }
}
