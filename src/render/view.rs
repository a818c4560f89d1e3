//! Variables of templates: borrowed, documented, serialisable views. They are the contract with themes; a change here
//! is a change for every site that has templates of its own.
//!
//! Templates of pages have the variables `site` ([`SiteView`]), `page` ([`PageView`]), `t` (interface texts by key) and
//! `assets` (URLs of the theme's files, for the function `asset`). All URLs are ready to print: percent-encoded, with
//! the base path, or relative if the site wants it. HTML that is meant to be printed unchanged says "safe".

use serde::{Serialize, Serializer};
use tera::Value;

pub use super::nav::{Entries, Runs};

/// The site, the same for every page of a language. In templates: `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView<'a> {
    /// Title in this language.
    pub title: &'a str,
    /// URL of the home page of this language.
    pub home: String,
    /// Base path with slashes at both ends: `/` or `/sub/`.
    pub base_path: &'a str,
    /// `baseURL` in full.
    pub base_url: String,
    /// Language code for the `lang` attribute.
    pub lang: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
    /// Copyright line, safe.
    pub copyright: String,
    /// Site params, keys in lower case.
    pub params: &'a serde_json::Value,
    /// Links of the menus (`main`, `shortcuts`, `before`, `after`, … in one list).
    pub menu: Vec<MenuView>,
    /// URL of the site's own icon; `None` where it has none.
    pub icon: Option<String>,
    /// The script that has to run before the first paint, to stand in the page itself, safe. The policy of pages allows
    /// it.
    #[serde(serialize_with = "finished")]
    pub first_script: &'a str,
    /// Version of wsgen.
    pub version: &'a str,
    /// Accent hue in degrees.
    pub accent: f64,
    /// True if there is more than one language.
    pub multilingual: bool,
    /// URL of the module that draws diagrams; `None` when the program was built without it.
    pub mermaid: Option<String>,
    /// URL of this language's search folder; `None` if the site has no search.
    pub search: Option<String>,
    /// True if links are relative, so that pages may be opened from a folder.
    pub relative: bool,
    /// URL of the page that holds the whole workshop in this language; `None` if there is none.
    pub print: Option<String>,
    /// True if notes for instructors are part of this build, so that nobody publishes it unawares.
    pub instructor: bool,
    /// URL of the service worker that keeps the site for reading offline; `None` if the site has none.
    pub offline: Option<String>,
}

/// A page. In templates: `page`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageView<'a> {
    /// Title as plain text.
    pub title: &'a str,
    /// Title with backticks around its code, for the filter `phrases`.
    pub heading: &'a str,
    /// Text for navigation.
    pub link_title: &'a str,
    /// `home`, `section`, `page`, `taxonomy`, `term`, `print` or `404`.
    pub kind: &'a str,
    /// URL path, ready to print.
    pub url: String,
    /// URL with scheme and host; empty if the site has no `baseURL`.
    pub permalink: String,
    /// Address of the picture that stands for the page elsewhere, with scheme and host; empty if there is none.
    pub picture: String,
    /// URL of its feed; `None` if it has none.
    pub feed: Option<String>,
    /// Path of the source file from the site's root; empty for pages that no file makes.
    pub source: &'a str,
    /// Description: front matter, else the beginning of the text.
    pub description: String,
    /// Description that the author wrote, for the page to show; empty when there is none.
    pub lead: String,
    /// A hash of the body, which tells this text from an earlier one. Empty where there is no body.
    pub version: String,
    /// The rendered body, safe. It reaches templates as a value that needs no `safe`.
    #[serde(serialize_with = "finished")]
    pub body: &'a str,
    /// True if the theme prints the title: false when the body begins with a heading of level 1.
    pub show_title: bool,
    /// Chapter page: large centred layout.
    pub chapter: bool,
    /// Headings for the table of contents, empty when there is none.
    pub toc: Vec<TocView>,
    /// The table of contents as the component `toc.list` prints it, safe; empty when there is none. Printing it saves
    /// the time to print the headings one by one.
    #[serde(serialize_with = "finished")]
    pub toc_list: String,
    /// Way from the home page to the parent.
    pub breadcrumbs: Vec<LinkView<'a>>,
    /// Previous in reading order.
    pub prev: Option<LinkView<'a>>,
    /// Next in reading order.
    pub next: Option<LinkView<'a>>,
    /// Place in reading order, from 1; 0 for pages outside it.
    pub step: usize,
    /// Place of the page in its part, a section on the top level, from 1; 0 for pages outside of parts.
    pub part_step: usize,
    /// Number of pages of the part.
    pub part_steps: usize,
    /// Minutes of all pages after this one; 0 where they do not say how long they take.
    pub minutes_left: u32,
    /// Number of pages in reading order.
    pub steps: usize,
    /// The branch of the navigation tree that this page shows.
    pub nav: Entries,
    /// The entries as in `runs` of [`NavView`], for the theme's sidebar.
    pub nav_runs: Runs,
    /// Pages directly below, for section and home pages; members for terms.
    pub children: Vec<LinkView<'a>>,
    /// The page in all languages of the site, its own included.
    pub translations: Vec<TranslationView<'a>>,
    /// Tags and other terms with their pages.
    pub terms: Vec<LinkView<'a>>,
    /// Date as `YYYY-MM-DD`, empty when unset.
    pub date: String,
    /// Last change as `YYYY-MM-DD`, empty when it is not known.
    pub lastmod: String,
    /// Number of words.
    pub words: usize,
    /// Minutes of reading.
    pub reading_time: usize,
    /// Minutes that the page takes, by its front matter; of a part and the home page: the sum over all pages below, and
    /// no less than the part's own. 0 if there are none. Print it with the filter `time`.
    pub minutes: u32,
    /// Level by front matter (`level`, `difficulty`): `beginner`. Empty if there is none.
    pub level: String,
    /// Prerequisites by front matter (`prerequisites`, `prereq`).
    pub prerequisites: Vec<String>,
    /// Link to the source in the author's repository.
    pub edit_url: Option<String>,
    /// The form for the variables that readers fill in, safe; empty if the page has none, or if its body holds the
    /// form.
    pub variables: &'a str,
    /// The Content-Security-Policy of the page; empty if the site wants none; safe.
    #[serde(serialize_with = "finished")]
    pub policy: String,
    /// The scripts that the body needs.
    pub uses: UsesView,
    /// URLs of the modules that the diagrams of the page load, those included that these import.
    pub diagram_modules: Vec<String>,
    /// URLs of the stylesheets that the body needs beyond the one of every page.
    pub sheets: Vec<String>,
    /// Page params, keys in lower case.
    pub params: serde_json::Value,
}

/// Writes HTML that is printed unchanged. A quote of the policy stays a quote.
fn finished<S: Serializer>(html: impl AsRef<str>, serializer: S) -> Result<S::Ok, S::Error> {
    Value::safe_string(html.as_ref()).serialize(serializer)
}

/// A link with a text.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView<'a> {
    /// Text, without markup.
    pub title: &'a str,
    /// Text with backticks around its code, for the filter `phrases`.
    pub heading: &'a str,
    /// URL, ready to print.
    pub url: String,
    /// Description, empty when unset.
    pub description: &'a str,
    /// Number on its level, `3` or `3.1`; empty if pages are not counted, and outside lists of pages.
    pub number: String,
    /// Minutes, as in [`PageView`].
    pub minutes: u32,
    /// Pages below, if a list shows two levels.
    pub children: Vec<LinkView<'a>>,
}

/// An entry of the sidebar.
#[derive(Debug, Clone, Serialize)]
pub struct NavView<'a> {
    /// Text, without markup.
    pub title: &'a str,
    /// Text with backticks around its code, for the filter `phrases`.
    pub heading: &'a str,
    /// Number on its level, `3` or `3.1`; empty if pages are not counted.
    pub number: String,
    /// True if the title counts a level below one before it: `Part 1-2` after `Part 1`.
    pub below: bool,
    /// HTML before the text, safe.
    pub pre: &'a str,
    /// HTML after the text, safe.
    pub post: &'a str,
    /// Minutes, as in [`PageView`].
    pub minutes: u32,
    /// URL; empty for an entry that leads nowhere.
    pub url: String,
    /// True for the entry of this page.
    pub current: bool,
    /// An ancestor of this page.
    pub active: bool,
    /// Starts folded. Only for entries with children.
    pub folded: bool,
    /// Never folds; its children stand on its own level.
    pub flat: bool,
    /// True if there are pages below, shown or not.
    pub has_children: bool,
    /// Pages in reading order at and below it, if this page does not show them all; else 0.
    pub pages: usize,
    /// Entries below that this page shows.
    pub children: Entries,
    /// The entries below, in which neighbours with `html` are one entry with their `html` and counts of entries left
    /// out, and nothing else. Printing them takes a fraction of the time.
    pub runs: Runs,
    /// Entries of this level left out before this one (long levels show a window around the current page).
    pub skipped_before: usize,
    /// Entries of this level left out after this one.
    pub skipped_after: usize,
    /// The entry as the component `nav.entry` prints it, safe, if all other pages show it alike; empty on the way to
    /// this page. Printing it saves the time to print the entry again.
    pub html: &'a str,
}

/// A heading in the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TocView {
    /// Id to link to.
    pub id: String,
    /// Content as HTML without links, safe.
    pub html: String,
    /// Depth below the table's first level, from 0.
    pub depth: u8,
    /// Headings below it.
    pub children: Vec<TocView>,
}

/// The page in another language.
#[derive(Debug, Clone, Serialize)]
pub struct TranslationView<'a> {
    /// Name of the language in itself.
    pub label: &'a str,
    /// Language code for the `lang` attribute.
    pub lang: &'a str,
    /// URL, ready to print: the translation, or the language's home page if there is none.
    pub url: String,
    /// URL with scheme and host.
    pub permalink: String,
    /// True for the language of the page.
    pub current: bool,
    /// True for the site's default language.
    pub default: bool,
    /// True if the page itself is translated; false if the URL leads to the home page.
    pub exact: bool,
}

/// An entry of a menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuView {
    /// Text or HTML of the entry, safe.
    pub name: String,
    /// HTML before it, safe.
    pub pre: String,
    /// HTML after it, safe.
    pub post: String,
    /// URL, ready to print.
    pub url: String,
    /// True if it leads out of the site.
    pub external: bool,
}

pub use crate::body::Uses as UsesView;

/// The whole workshop on one page. In the template `print.html`: `print`; its pages are in the list `parts`.
#[derive(Debug, Clone, Serialize)]
pub struct PrintView {
    /// Number of pages, the home page left out.
    pub pages: usize,
    /// Pages as a table of contents, three levels deep.
    pub contents: Vec<TocView>,
}

/// A page on the page for printing; its rendered text, with ids and links of the page for printing, is `body`.
#[derive(Debug, Clone, Serialize)]
pub struct PrintPageView<'a> {
    /// Id to link to.
    pub id: String,
    /// Title as plain text.
    pub title: &'a str,
    /// Title with backticks around its code.
    pub heading: &'a str,
    /// Description that the author wrote; empty when there is none.
    pub lead: &'a str,
    /// Depth in the tree: 0 the home page, 1 a part, 2 a page of a part.
    pub depth: u8,
    /// True if the theme prints the title.
    pub show_title: bool,
    /// Number as in the sidebar, `3.1`; empty if pages are not counted.
    pub number: String,
}
