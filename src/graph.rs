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
mod duplicates;
mod edit;
mod filter;
mod flow;
mod href;
mod index;
mod input;
mod languages;
mod left_out;
mod links;
mod menus;
mod moved_ids;
mod nav;
mod near;
mod node;
mod order;
mod page_place;
mod page_urls;
mod paths;
mod permalinks;
mod refs;
mod resolve;
mod script_links;
mod source_places;
mod taxonomy;
mod times;
mod titles;
mod tree;

pub use edit::edit_url;
pub use href::{link, permalink, rel_permalink, relative};
pub use index::RefIndex;
pub use left_out::LeftOut;
pub use links::LinkAnswer;
pub use moved_ids::MovedId;
pub use nav::names_icon;
pub(crate) use paths::join;
pub use paths::{decode_path, encode_path, output_path};
pub use refs::RefAnswer;
pub use resolve::resolve;
use spanned_data::Map;

use std::collections::HashMap;

use jiff::Timestamp;

use crate::config::MenuEntry;
use crate::diag::FileId;
use crate::lang::{LangId, PerLanguage};
use crate::parse::FrontMatter;

/// The name of a page within one [`Graph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// The site as pages and their relations.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Every page, rendered or not, by id.
    pub pages: Vec<Page>,
    /// Pages that take no part in this build: index in the parsed pages, and the reason.
    pub left_out: Vec<(usize, LeftOut)>,
    /// One for each language of the configuration, in its order.
    pub sites: PerLanguage<LanguageSite>,
    /// Redirects: from URL path (decoded), to page.
    pub aliases: Vec<(String, PageId)>,
    /// Ids that have moved, in the order of the pages that have the aliases.
    pub moved_ids: Vec<MovedId>,
    /// Files to copy: URL path (decoded, no leading slash), and file. Sorted; no path twice, and none of a page.
    pub assets: Vec<(String, FileId)>,
    /// Files of `assets/`, which are copied when a page shows them: URL path and file, as in `assets`.
    pub pool: Vec<(String, FileId)>,
    /// The target at each path of the finished site: `docs/index.html`. See [`Graph::lookup`].
    pub targets: HashMap<String, Target>,
    /// Index for `ref`.
    pub index: RefIndex,
    /// Measures for suggestions.
    measures: near::SiteMeasures,
    /// The key of each page in Hugo's default order.
    sort_keys: Vec<order::SortKey>,
}

/// The target of a URL path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A page of the site.
    Page(PageId),
    /// A redirect to a page.
    Alias(PageId),
    /// A file that is copied.
    Asset(FileId),
}

/// The part of a site in one language.
#[derive(Debug, Clone)]
pub struct LanguageSite {
    /// Index of the language in the configuration.
    pub lang: LangId,
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
    /// The entry as configured, or from the page's front matter.
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

/// The titles of a page with the backticks of their code, see [`title::pieces`](crate::parse::title::pieces).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedTitles {
    /// The page's title.
    pub title: String,
    /// The text for lists and navigation.
    pub link: String,
}

/// A page in its place in the site.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its index in the graph.
    pub id: PageId,
    /// Index of the language.
    pub lang: LangId,
    /// Its kind.
    pub kind: Kind,
    /// Index into the parsed pages; `None` for pages that no file makes.
    pub source: Option<usize>,
    /// Logical path: lower-cased, no extension, `/lab/10_setup`; `/` for home.
    pub path: String,
    /// Folder inside `content/` where its file lies, as written; used to resolve relative links.
    pub dir: String,
    /// Its kind of bundle.
    pub bundle: Bundle,
    /// URL path from the site's root, decoded, with language prefix, without the base path: `/ja/lab/10_setup/`. Empty
    /// for a page that has none.
    pub url: String,
    /// Title as plain text: front matter, else first heading, else file or folder name.
    pub title: String,
    /// Text for lists and navigation, plain.
    pub link_title: String,
    /// The two as they are written, where they have code between backticks.
    pub coded_titles: Option<Box<CodedTitles>>,
    /// Fields after cascade.
    pub front: FrontMatter,
    /// Params after cascade.
    pub params: Map,
    /// Its date; for list pages without one, the newest below.
    pub date: Option<Timestamp>,
    /// Its last change; for list pages without one, the newest below.
    pub lastmod: Option<Timestamp>,
    /// Navigation settings, from the keys of all themes.
    pub nav: Nav,
    /// Minutes that the page takes; 0 if it does not say. Of a part: the sum over its pages, and no less than the part
    /// itself is given.
    pub minutes: u32,
    /// The section above; `None` for home.
    pub parent: Option<PageId>,
    /// Pages and sections directly below, in order, without those that no list holds.
    pub children: Vec<PageId>,
    /// The page before it in reading order.
    pub prev: Option<PageId>,
    /// The page after it in reading order.
    pub next: Option<PageId>,
    /// Its translations, in the order of languages.
    pub translations: Vec<PageId>,
    /// Files of its bundle: path inside the bundle, file, and URL path (decoded).
    pub resources: Vec<Resource>,
    /// True if a file is written.
    pub rendered: bool,
    /// True if it is in lists, navigation and sitemap.
    pub listed: bool,
    /// For a taxonomy term: the pages that carry it; for a taxonomy: its terms' pages.
    pub members: Vec<PageId>,
    /// The terms that it carries, as pages: by taxonomy in the order of the configuration, then by path.
    pub terms: Vec<PageId>,
}

/// The kind of bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// No bundle: the page owns no files.
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
    /// Its title.
    pub title: String,
    /// The source file.
    pub file: FileId,
    /// URL path, decoded, with leading slash, without base path; empty for a file that is not copied.
    pub url: String,
    /// Its parameters.
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
    /// Table of contents on the page: shown or not, if the page says so.
    pub toc: Option<bool>,
    /// Left out of search.
    pub no_search: bool,
    /// How much more or less than others it and the pages below it are worth to the search.
    pub search_weight: Option<f32>,
    /// Target of the menu entry in the place of the page.
    pub manual_link: Option<String>,
    /// The page to which the menu entry leads instead.
    pub manual_page: Option<PageId>,
    /// True if there is no pager.
    pub no_pager: bool,
    /// True if the pager has no link back.
    pub no_prev: bool,
    /// True if the pager has no link on.
    pub no_next: bool,
    /// The list of children under a section's text is left out.
    pub no_list: bool,
}

#[cfg(test)]
mod tests;
