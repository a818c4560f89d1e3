//! Configuration: Hugo's files, an own `[wsgen]` table, the command line and the environment become a [`Config`].
//!
//! [`load()`] reads the files of a site; [`read`] does the rest and touches nothing. Every setting that Hugo has and a
//! workshop uses is a typed field; unknown settings are ignored, as in Hugo, but kept in [`Config::raw`] and listed in
//! [`Config::ignored`]. A setting of the wrong type is a warning and has its default, where Hugo stops. Rules:
//! `docs/hugo.md`, sections 8, 10, 11 and 12.

mod base_url;
mod cascade;
mod dates;
mod decode;
mod env;
mod feeds;
mod findings;
mod kinds;
mod languages;
mod limits;
mod load;
mod markup;
mod menus;
mod merge;
mod mounts;
mod purpose;
mod setting_spans;
mod testing;
mod url_settings;
mod wsgen;

pub use base_url::BaseUrl;
pub use cascade::{CascadeRule, CascadeTarget};
pub use dates::{DateRules, DateSource};
pub use env::environment;
pub use feeds::FeedRules;
pub use findings::FindingRule;
use hugo_template::title_case::TitleStyle;
pub use languages::Language;
pub use load::{ConfigOptions, Flags, from_memory, load, read};
pub use markup::{
    AutoIdType, Cjk, Extras, Goldmark, Highlight, LinkHook, Markup, Passthrough, Toc, Typographer,
};
pub use menus::{MenuEntry, Menus};
pub use purpose::Purpose;
pub use setting_spans::Places;
use spanned_data::Map;
pub use testing::Testing;
pub(crate) use testing::time_limit;
pub use url_settings::{Permalink, RefLinks, UrlRules};
pub use wsgen::{Diagrams, Wsgen};

use decode::Table;

use crate::diag::Span;
use crate::lang::{LangId, PerLanguage};
pub use crate::source::{Mount, Scope};

/// The settings of a site, complete.
#[derive(Debug, Clone)]
pub struct Config {
    /// Name of the environment: `production`.
    pub environment: String,
    /// Variables of the environment that templates may read, with their values: names that begin with `HUGO_`.
    pub variables: Vec<(String, String)>,
    /// Address of the finished site.
    pub base_url: BaseUrl,
    /// True if the site sets its address.
    pub base_url_set: bool,
    /// Title of the site.
    pub title: String,
    /// Copyright line of the site.
    pub copyright: String,
    /// At least one, in Hugo's order: weight (0 last), then key.
    pub languages: PerLanguage<Language>,
    /// The language of files and addresses that name none.
    pub default_language: LangId,
    /// Keys of languages that are declared and disabled; their files are no content.
    pub disabled_languages: Vec<String>,
    /// True if the default language lives in a sub-directory too.
    pub default_language_in_subdir: bool,
    /// Names of the site's themes, in lower case. Defaults of some shortcodes' arguments depend on them.
    pub themes: Vec<String>,
    /// Folders that components are read from.
    pub mounts: Vec<Mount>,
    /// Folders that are not read: content of disabled languages.
    pub left_out: Vec<String>,
    /// Folder that the site is written to, from the site's root.
    pub publish_dir: String,
    /// The kinds of pages that have feeds, and their length.
    pub feeds: FeedRules,
    /// `[params]`, without those of languages.
    pub params: Map,
    /// Taxonomies as (singular, plural), in lower case.
    pub taxonomies: Vec<(String, String)>,
    /// Kinds that are not rendered: `taxonomy`, `term`, `404`, `sitemap`, …, in lower case.
    pub disable_kinds: Vec<String>,
    /// Titles of lists that no author has written.
    pub list_titles: ListTitles,
    /// Pages that take part besides the published ones.
    pub include: Include,
    /// Rules for URLs.
    pub urls: UrlRules,
    /// Treatment of `ref` and `relref` without a page.
    pub ref_links: RefLinks,
    /// Regular expressions; matching content files are ignored.
    pub ignore_files: Vec<String>,
    /// Ids of Hugo's log messages that the site suppresses.
    pub ignore_logs: Vec<String>,
    /// Markdown, highlighting and table of contents.
    pub markup: Markup,
    /// Words of an automatic summary.
    pub summary_length: usize,
    /// True if words are counted the East Asian way.
    pub has_cjk_language: bool,
    /// True if `:smile:` becomes an emoji.
    pub enable_emoji: bool,
    /// Name of the time zone for dates without offset.
    pub time_zone: String,
    /// Sources of the dates of pages.
    pub dates: DateRules,
    /// Site-wide cascade, in order of precedence.
    pub cascade: Vec<CascadeRule>,
    /// Menus by name; per-language menus are in [`Language`].
    pub menus: Menus,
    /// Menu that gets the top-level sections.
    pub section_pages_menu: Option<String>,
    /// True if pages take dates and authors from Git.
    pub enable_git_info: bool,
    /// True if notes for instructors are part of the site: `--instructor`.
    pub instructor: bool,
    /// wsgen's own settings.
    pub wsgen: Wsgen,
    /// All settings, merged. Their spans are numbered through all files; see [`Config::places`].
    pub raw: Map,
    /// Turns the spans of `raw`, `params` and everything else here into places in files.
    pub places: Places,
    /// Settings that have an effect: dotted keys as written.
    pub honoured: Vec<(String, Span)>,
    /// Settings without an effect.
    pub ignored: Vec<(String, Span)>,
}

impl Config {
    /// The language with a key, in any case.
    pub fn language(&self, key: &str) -> Option<LangId> {
        self.languages
            .find(|language| language.key.eq_ignore_ascii_case(key))
    }

    /// The parts of the site's folder to read.
    pub fn scope(&self) -> Scope {
        Scope {
            mounts: self.mounts.clone(),
            ignore_files: self.ignore_files.clone(),
            left_out: self.left_out.clone(),
            destination: self.publish_dir.clone(),
            history: self.enable_git_info,
        }
    }

    /// The settings of a `hugo.toml`, without findings.
    pub fn from_toml(text: &str) -> Config {
        from_memory([("hugo.toml", text)], &ConfigOptions::default()).0
    }
}

impl Default for Config {
    /// The settings of a site without configuration.
    fn default() -> Self {
        Self::from_toml("")
    }
}

/// Rules for titles of folders and terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListTitles {
    /// `capitalizeListTitles`.
    pub capitalize: bool,
    /// `pluralizeListTitles`.
    pub pluralize: bool,
    /// `titleCaseStyle`.
    pub style: TitleStyle,
}

/// The pages that take part besides the published ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Include {
    /// `-D`: drafts.
    pub drafts: bool,
    /// `-F`: pages with a publish date in the future.
    pub future: bool,
    /// `-E`: expired pages.
    pub expired: bool,
}

#[cfg(test)]
mod tests;
