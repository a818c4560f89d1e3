//! Stage 4, resolve: all parsed pages become a [`Graph`]: the section tree, the order, URLs, aliases, translations,
//! taxonomies, and the index that `ref` looks into. Rules: `docs/hugo.md`, sections 2–5 and 13.
//!
//! [`resolve()`] works on lists that run parallel: the node, titles, place, … of a page have the same index, which is its
//! [`PageId`]. At the end they are put together as [`Page`]s.

mod aliases;
mod assemble;
mod assets;
mod cascade;
mod collisions;
mod filter;
mod flow;
mod href;
mod index;
mod input;
mod languages;
mod left_out;
mod links;
mod menus;
mod nav;
mod near;
mod node;
mod order;
mod paths;
mod permalinks;
mod place;
mod refs;
mod resolve;
mod taxonomy;
mod times;
mod titles;
mod tree;
mod urls;

pub use href::{link, permalink, rel_permalink, relative};
pub use index::RefIndex;
pub use left_out::LeftOut;
pub use links::LinkAnswer;
pub(crate) use paths::join;
pub use paths::{decode_path, encode_path, output_path};
pub use refs::RefAnswer;
pub use resolve::resolve;
use spanned_data::Map;

use std::collections::HashMap;

use jiff::Timestamp;

use crate::config::MenuEntry;
use crate::diag::FileId;
use crate::parse::FrontMatter;

/// The name of a page within one [`Graph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// The site as pages and their relations.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Every page, rendered or not.
    pub pages: Vec<Page>,
    /// Pages that take no part in this build: index in the parsed pages, and the reason.
    pub left_out: Vec<(usize, LeftOut)>,
    /// One for each language of the configuration, in its order.
    pub sites: Vec<LanguageSite>,
    /// Redirects: from URL path (decoded), to page.
    pub aliases: Vec<(String, PageId)>,
    /// Files to copy: to URL path (decoded, no leading slash), from file. Sorted; no path twice, and none of a page.
    pub assets: Vec<(String, FileId)>,
    /// Files of `assets/`, which are copied when a page shows them: to URL path, from file; as `assets`.
    pub pool: Vec<(String, FileId)>,
    /// What is at each path of the finished site: `docs/index.html`. See [`Graph::lookup`].
    pub targets: HashMap<String, Target>,
    /// Index for `ref`.
    pub index: RefIndex,
    /// For suggestions.
    measures: near::SiteMeasures,
    /// What Hugo's default order compares, of each page.
    sort_keys: Vec<order::SortKey>,
}

/// What a URL path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A page.
    Page(PageId),
    /// A redirect to a page.
    Alias(PageId),
    /// A file.
    Asset(FileId),
}

/// The part of a site in one language.
#[derive(Debug, Clone)]
pub struct LanguageSite {
    /// Index of the language in the configuration.
    pub lang: usize,
    /// The home page.
    pub home: PageId,
    /// Pages in reading order: depth-first through the tree, hidden pages left out.
    pub reading_order: Vec<PageId>,
    /// Taxonomy list pages.
    pub taxonomies: Vec<PageId>,
    /// Menus by name, entries sorted, with resolved URLs (decoded site paths or external URLs).
    pub menus: Vec<(String, Vec<ResolvedMenuEntry>)>,
}

/// A menu entry with its target.
#[derive(Debug, Clone)]
pub struct ResolvedMenuEntry {
    /// As configured or as the page says.
    pub entry: MenuEntry,
    /// The page it leads to.
    pub page: Option<PageId>,
    /// Entries below it.
    pub children: Vec<ResolvedMenuEntry>,
}

/// Kinds of pages, as Hugo names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "Hugo's names")]
pub enum Kind {
    Home,
    Section,
    Page,
    Taxonomy,
    Term,
}

impl Kind {
    /// The name that Hugo gives it: `section`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Home => "home",
            Kind::Section => "section",
            Kind::Page => "page",
            Kind::Taxonomy => "taxonomy",
            Kind::Term => "term",
        }
    }
}

/// A page in its place.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its own name.
    pub id: PageId,
    /// Index of the language.
    pub lang: usize,
    /// Kind.
    pub kind: Kind,
    /// Index into the parsed pages; `None` for pages that no file makes.
    pub source: Option<usize>,
    /// Logical path: lower-cased, no extension, `/lab/10_setup`; `/` for home.
    pub path: String,
    /// Folder inside `content/` where its file lies, as written; used to resolve relative links.
    pub dir: String,
    /// Whether it is a leaf or branch bundle.
    pub bundle: Bundle,
    /// URL path from the site's root, decoded, with language prefix, without the base path: `/ja/lab/10_setup/`. Empty
    /// for a page that has none.
    pub url: String,
    /// Title: front matter, else first heading, else file or folder name.
    pub title: String,
    /// Text for lists and navigation.
    pub link_title: String,
    /// Fields after cascade.
    pub front: FrontMatter,
    /// Params after cascade.
    pub params: Map,
    /// Its date; for list pages without one, the newest below.
    pub date: Option<Timestamp>,
    /// Its last change; for list pages without one, the newest below.
    pub lastmod: Option<Timestamp>,
    /// Navigation settings of the themes, made one.
    pub nav: Nav,
    /// Minutes that the page takes; 0 when it does not say. Of a part: those of its pages together, and no less than the
    /// part itself is given.
    pub minutes: u32,
    /// Section above.
    pub parent: Option<PageId>,
    /// Pages and sections directly below, in order; pages that no list holds are left out.
    pub children: Vec<PageId>,
    /// Neighbours in reading order.
    pub prev: Option<PageId>,
    /// See `prev`.
    pub next: Option<PageId>,
    /// The same page in other languages, in the order of languages, itself left out.
    pub translations: Vec<PageId>,
    /// Files of its bundle: path inside the bundle, file, and URL path (decoded).
    pub resources: Vec<Resource>,
    /// Whether a file is written.
    pub rendered: bool,
    /// Whether it is in lists, navigation and sitemap.
    pub listed: bool,
    /// For a taxonomy term: the pages that carry it; for a taxonomy: its terms' pages.
    pub members: Vec<PageId>,
    /// The terms that it carries, as pages: by taxonomy in the order of the configuration, then by path.
    pub terms: Vec<PageId>,
}

/// Whether a page owns files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// No.
    None,
    /// `index.md`.
    Leaf,
    /// `_index.md` or a folder.
    Branch,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Path inside the bundle, or the name that `resources` gives it.
    pub name: String,
    /// Path inside the bundle.
    pub path: String,
    /// Title.
    pub title: String,
    /// The file.
    pub file: FileId,
    /// URL path, decoded, with leading slash, without base path; empty for a file that is not copied.
    pub url: String,
    /// Parameters.
    pub params: Map,
}

/// A page's settings about navigation, from the keys of the workshop themes (`docs/hugo.md`, section 16).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nav {
    /// Not in menu, lists, and previous/next.
    pub hidden: bool,
    /// HTML before the menu entry.
    pub pre: String,
    /// HTML after the menu entry.
    pub post: String,
    /// Chapter page: large centred layout.
    pub chapter: bool,
    /// Section starts folded (`Some(true)`) or open (`Some(false)`) in the menu.
    pub collapsed: Option<bool>,
    /// The section's pages stand on its own level.
    pub flat: bool,
    /// Table of contents on the page.
    pub toc: Option<bool>,
    /// Left out of search.
    pub no_search: bool,
    /// Menu entry leads elsewhere.
    pub manual_link: Option<String>,
    /// The page to which the menu entry leads instead.
    pub manual_page: Option<PageId>,
    /// Pager off.
    pub no_pager: bool,
    /// No way back in the pager.
    pub no_prev: bool,
    /// No way on in the pager.
    pub no_next: bool,
    /// The list of children under a section's text is left out.
    pub no_list: bool,
}

#[cfg(test)]
mod tests;
