//! Documents of the search: a slim one for each page.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::body::{PageFacts, Passage};
use crate::config::Config;
use crate::graph::{Graph, Kind, Page, encode_path};
use crate::markup::dom::{By, Element, Node, write_nodes};
use crate::template;

/// Prefix of the search's interface texts.
const PHRASES: &str = "search_";

/// Separator between the titles of the sections that lead to a page.
const STEP: &str = " › ";

/// The input of a site's search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Texts {
    /// The languages of the site.
    pub languages: Vec<Language>,
}

/// The part of a site in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// Key in lower case: `zh-cn`.
    pub key: String,
    /// `lang` attribute: `zh-CN`.
    pub locale: String,
    /// Interface texts of the search by key, without the `search_` before it.
    pub phrases: BTreeMap<String, String>,
    /// Its pages, in the order of the graph.
    pub documents: Vec<Document>,
}

/// The searchable content of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// URL path from the site's root, percent-encoded, without the base path.
    pub url: String,
    /// The page as pagefind reads it: its headings with ids, and text.
    pub html: String,
}

impl Texts {
    /// Takes the texts out of `facts`, which are indexed by page.
    pub fn new(
        graph: &Graph,
        config: &Config,
        texts: &template::Texts,
        facts: &[Option<&PageFacts>],
    ) -> Self {
        let mut languages: Vec<Language> = config
            .languages
            .iter()
            .map(|language| Language {
                key: language.key.clone(),
                locale: language.locale.clone(),
                phrases: phrases(texts.of(language)),
                documents: Vec::new(),
            })
            .collect();
        let documents: Vec<Option<Document>> = graph
            .pages
            .par_iter()
            .map(|page| is_searched(page, config).then(|| document(page, graph, facts)))
            .collect();
        for (page, document) in graph.pages.iter().zip(documents) {
            languages[page.lang].documents.extend(document);
        }
        Self { languages }
    }
}

fn phrases(texts: BTreeMap<&str, &str>) -> BTreeMap<String, String> {
    let own = texts
        .into_iter()
        .filter_map(|(key, text)| Some((key.strip_prefix(PHRASES)?, text)));
    own.map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
}

/// Returns true if the search finds a page. Themes that only keep a page out of the menu let it be found; `hidden`
/// means more, unless the site says otherwise in relearn's words.
fn is_searched(page: &Page, config: &Config) -> bool {
    let flag = |params: &spanned_data::Map, key: &str| {
        let value = params.get(key);
        value.and_then(spanned_data::Value::as_bool)
    };
    let hidden = flag(&page.params, "hidden") == Some(true)
        && flag(&config.languages[page.lang].params, "disablesearchhiddenpages") != Some(false);
    page.rendered
        && !page.url.is_empty()
        && !page.nav.no_search
        && !hidden
        && matches!(page.kind, Kind::Home | Kind::Section | Kind::Page)
}

fn document(page: &Page, graph: &Graph, facts: &[Option<&PageFacts>]) -> Document {
    let facts = facts.get(page.id.0 as usize).copied().flatten();
    let mut nodes = Vec::new();
    if facts.is_none_or(|facts| !facts.own_title) {
        nodes.push(
            Element::new("h1", By::Wsgen)
                .with(vec![Node::text(&page.title)])
                .into(),
        );
    }
    for passage in facts.map_or(&[][..], |facts| &facts.passages) {
        nodes.extend(passage_nodes(passage));
    }
    let content = Element::new("body", By::Wsgen)
        .attr("data-pagefind-filter", "path[data-path]")
        .attr("data-path", path(page, graph))
        .with(nodes);
    let mut html = String::new();
    let root = Element::new("html", By::Wsgen).with(vec![content.into()]);
    write_nodes(&[root.into()], &mut html);
    Document {
        url: encode_path(&page.url),
        html,
    }
}

fn passage_nodes(passage: &Passage) -> Vec<Node> {
    let mut nodes = Vec::new();
    let name = ["", "h1", "h2", "h3", "h4", "h5", "h6"][usize::from(passage.level).min(6)];
    if !name.is_empty() {
        let mut heading = Element::new(name, By::Wsgen).with(vec![Node::text(&passage.title)]);
        // The engine cuts its notes of ids at white space.
        if !passage.id.is_empty() && !passage.id.contains(char::is_whitespace) {
            heading.set("id", &passage.id);
        }
        nodes.push(heading.into());
    }
    // One paragraph: the engine ends each with a full stop, which reads badly between lines of code.
    if !passage.text.is_empty() {
        let text = Element::new("p", By::Wsgen).with(vec![Node::text(&passage.text)]);
        nodes.push(text.into());
    }
    nodes
}

/// Titles of the sections above a page, the outermost first, without the home page.
fn path(page: &Page, graph: &Graph) -> String {
    let mut titles = Vec::new();
    let mut above = page.parent;
    while let Some(section) = above.map(|id| graph.page(id)) {
        if section.kind != Kind::Home {
            titles.push(if section.link_title.is_empty() {
                &*section.title
            } else {
                &*section.link_title
            });
        }
        above = section.parent;
    }
    titles.reverse();
    titles.join(STEP)
}
