//! The searched texts: those of the pages of each language.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::block::{Block, STEPS};
use crate::body::{PageFacts, Passage};
use crate::config::Config;
use crate::graph::{Graph, Kind, Page, encode_path};
use crate::lang::PerLanguage;
use crate::template;

/// Prefix of the search's interface texts.
const PHRASES: &str = "search_";

/// Separator between the titles of the sections that lead to a page.
const STEP: &str = " › ";

/// The input of a site's search.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// The languages of the site.
    pub languages: PerLanguage<Language>,
}

/// The part of a site in one language.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// URL path from the site's root, percent-encoded, without the base path.
    pub url: String,
    /// Titles of the sections above, the outermost first.
    pub path: String,
    /// Title of the page.
    pub title: String,
    /// How much more than others it is worth.
    pub weight: f32,
    /// Its text.
    pub passages: Arc<[Passage]>,
    /// Its tokens, once they are known.
    pub(super) block: OnceLock<Arc<Block>>,
}

impl Document {
    /// The steps by which the weights of its tokens differ from others.
    pub(super) fn shift(&self) -> i8 {
        (self.weight.clamp(0.01, 100.0).log2() * STEPS).round() as i8
    }

    /// Its tokens, from now on kept.
    pub(super) fn block(&self) -> &Arc<Block> {
        self.block
            .get_or_init(|| Arc::new(Block::new(&self.title, &self.passages)))
    }

    /// Takes the tokens of an earlier version of the page, where its text is the one of then.
    fn reuse(&self, earlier: &Self) {
        if Arc::ptr_eq(&self.passages, &earlier.passages)
            && self.title == earlier.title
            && let Some(block) = earlier.block.get()
        {
            let _ = self.block.set(Arc::clone(block));
        }
    }
}

impl Texts {
    /// Takes the texts out of `facts`, which are indexed by page.
    pub fn new(
        graph: &Graph,
        config: &Config,
        texts: &template::Texts,
        facts: &[Option<&PageFacts>],
    ) -> Self {
        let mut languages = config.languages.map(|language| Language {
            key: language.key.clone(),
            locale: language.locale.clone(),
            phrases: phrases(texts.of(language)),
            documents: Vec::new(),
        });
        for page in graph.pages.iter().filter(|page| is_searched(page, config)) {
            let facts = facts.get(page.id.0 as usize).copied().flatten();
            languages[page.lang].documents.push(Document {
                url: encode_path(&page.url),
                path: path(page, graph),
                title: page.title.clone(),
                weight: weight(page, graph),
                passages: facts.map(|facts| Arc::clone(&facts.passages)).unwrap_or_default(),
                block: OnceLock::new(),
            });
        }
        Self { languages }
    }
}

impl Texts {
    /// Takes what is known of texts that have not changed since an earlier version of the site.
    pub fn reuse(&self, earlier: &Self) {
        for (language, earlier) in self.languages.iter().zip(&earlier.languages) {
            let known = earlier
                .documents
                .iter()
                .map(|document| (&*document.url, document));
            let known: HashMap<&str, &Document> = known.collect();
            for document in &language.documents {
                if let Some(earlier) = known.get(&*document.url) {
                    document.reuse(earlier);
                }
            }
        }
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

/// The weight of the page, or of the nearest section above it that has one.
fn weight(page: &Page, graph: &Graph) -> f32 {
    let above = std::iter::successors(Some(page), |page| Some(graph.page(page.parent?)));
    let mut weights = above.filter_map(|page| page.nav.search_weight);
    weights.next().unwrap_or(1.0)
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
