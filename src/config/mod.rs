//! Configuration: Hugo's files, an own `[wsgen]` table, the environment and the command line become a [`Config`].
//!
//! Every setting that Hugo has and a workshop uses is a typed field; what is unknown is ignored, as in Hugo, but kept
//! in [`Config::raw`] so that `site.*` look-ups and `check --explain` can show it. Rules: spec of Hugo's content,
//! sections 8, 10, 11 and 12.

use crate::data::Map;
pub use crate::source::{Mount, Scope};

/// The settings of a site, complete.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the site will live.
    pub base_url: BaseUrl,
    /// Title of the site.
    pub title: String,
    /// Copyright line.
    pub copyright: String,
    /// At least one, in Hugo's order: weight (0 last), then key.
    pub languages: Vec<Language>,
    /// Index into `languages`.
    pub default_language: usize,
    /// Whether the default language lives in a sub-directory too.
    pub default_language_in_subdir: bool,
    /// Where components are read from.
    pub mounts: Vec<Mount>,
    /// Where the site is written to, from the site's root.
    pub publish_dir: String,
    /// `[params]`.
    pub params: Map,
    /// Taxonomies as (singular, plural).
    pub taxonomies: Vec<(String, String)>,
    /// Kinds that are not rendered: `taxonomy`, `term`, `404`, `sitemap`, …, in lower case.
    pub disable_kinds: Vec<String>,
    /// Which pages are left out.
    pub include: Include,
    /// URL rules.
    pub urls: UrlRules,
    /// What `ref` and `relref` do on a miss.
    pub ref_links: RefLinks,
    /// Regular expressions; matching content files are ignored.
    pub ignore_files: Vec<String>,
    /// Markdown, highlighting and table of contents.
    pub markup: Markup,
    /// Words of an automatic summary.
    pub summary_length: usize,
    /// Whether words are counted the East Asian way.
    pub has_cjk_language: bool,
    /// Whether `:smile:` becomes an emoji.
    pub enable_emoji: bool,
    /// Name of the time zone for dates without offset.
    pub time_zone: String,
    /// Site-wide cascade, in order of precedence.
    pub cascade: Vec<CascadeRule>,
    /// Menus by name; per-language menus are in [`Language`].
    pub menus: Vec<(String, Vec<MenuEntry>)>,
    /// Menu that gets the top-level sections.
    pub section_pages_menu: Option<String>,
    /// Title-case and pluralise inferred section titles; kept for completeness.
    pub enable_git_info: bool,
    /// wsgen's own settings.
    pub wsgen: Wsgen,
    /// All settings as they were merged.
    pub raw: Map,
}

/// The `baseURL`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://example.org`, without a slash at the end.
    pub origin: String,
    /// `/` or `/sub/`: begins and ends with a slash, percent-encoded.
    pub path: String,
}

/// A language of the site.
#[derive(Debug, Clone)]
pub struct Language {
    /// Key in lower case: `ja`, `zh-cn`.
    pub key: String,
    /// Order among the languages; 0 sorts last.
    pub weight: i64,
    /// Name as its speakers write it.
    pub label: String,
    /// `lang` attribute: `ja`, `en-US`.
    pub locale: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// Title of the site in this language.
    pub title: String,
    /// Site params merged with the language's.
    pub params: Map,
    /// Menus of this language; site-wide ones where it has none.
    pub menus: Vec<(String, Vec<MenuEntry>)>,
}

/// Which pages take part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Include {
    /// `-D`: drafts.
    pub drafts: bool,
    /// `-F`: pages with a publish date in the future.
    pub future: bool,
    /// `-E`: expired pages.
    pub expired: bool,
}

/// How paths become URLs.
#[derive(Debug, Clone, Default)]
pub struct UrlRules {
    /// `/lab/a.html` instead of `/lab/a/`.
    pub ugly: bool,
    /// Links relative to the page that holds them.
    pub relative: bool,
    /// Links with scheme and host.
    pub canonify: bool,
    /// Keep upper case.
    pub keep_case: bool,
    /// Strip accents.
    pub remove_accents: bool,
    /// No redirect pages.
    pub disable_aliases: bool,
    /// Patterns: (kind, top-level section, pattern), e.g. (`page`, `post`, `/:filename/`).
    pub permalinks: Vec<(String, String, String)>,
}

/// Misses of `ref`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefLinks {
    /// Whether a miss is an error (the default) or a warning.
    pub miss_is_error: bool,
    /// What a missed ref evaluates to.
    pub not_found_url: String,
}

/// `[markup]`.
#[derive(Debug, Clone)]
pub struct Markup {
    /// `[markup.goldmark]`.
    pub goldmark: Goldmark,
    /// `[markup.highlight]`.
    pub highlight: Highlight,
    /// `[markup.tableOfContents]`.
    pub toc: Toc,
}

/// Switches of Hugo's Markdown.
#[derive(Debug, Clone)]
pub struct Goldmark {
    /// `renderer.unsafe`: `None` when the site does not say; wsgen then passes HTML through.
    pub unsafe_html: Option<bool>,
    /// `renderer.hardWraps`.
    pub hard_wraps: bool,
    /// `parser.autoHeadingID`.
    pub auto_heading_id: bool,
    /// `parser.autoIDType`.
    pub auto_id_type: AutoIdType,
    /// `parser.autoDefinitionTermID`.
    pub auto_definition_term_id: bool,
    /// `parser.attribute.title`.
    pub title_attributes: bool,
    /// `parser.attribute.block`.
    pub block_attributes: bool,
    /// `parser.wrapStandAloneImageWithinParagraph`.
    pub wrap_standalone_image: bool,
    /// Extensions `table`, `strikethrough`, `taskList`, `definitionList`, `linkify`, `footnote`, `typographer`.
    pub table: bool,
    /// See `table`.
    pub strikethrough: bool,
    /// See `table`.
    pub task_list: bool,
    /// See `table`.
    pub definition_list: bool,
    /// See `table`.
    pub linkify: bool,
    /// Scheme that `www.` links get: `https`.
    pub linkify_protocol: String,
    /// See `table`.
    pub footnote: bool,
    /// See `table`; every replacement as configured.
    pub typographer: Option<Typographer>,
    /// `extensions.cjk`.
    pub cjk: Cjk,
    /// `extensions.extras`: subscript, superscript, mark, insert, delete.
    pub extras: Extras,
    /// `extensions.passthrough`: delimiters of (block, inline) math, when on.
    pub passthrough: Option<Passthrough>,
}

/// Kinds of heading ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoIdType {
    /// Letters of every script kept.
    Github,
    /// ASCII only.
    GithubAscii,
    /// Runs of other characters become one hyphen.
    Blackfriday,
}

/// What the typographer prints; Hugo's names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; Hugo's keys of the same name")]
pub struct Typographer {
    pub left_single_quote: String,
    pub right_single_quote: String,
    pub left_double_quote: String,
    pub right_double_quote: String,
    pub en_dash: String,
    pub em_dash: String,
    pub ellipsis: String,
    pub left_angle_quote: String,
    pub right_angle_quote: String,
    pub apostrophe: String,
}

/// `extensions.cjk`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cjk {
    /// A line break between two wide characters is dropped.
    pub east_asian_line_breaks: bool,
    /// The style `css3draft` instead of `simple`.
    pub css3draft: bool,
    /// `\ ` prints nothing.
    pub escaped_space: bool,
}

/// `extensions.extras`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "Hugo's keys of the same name")]
pub struct Extras {
    pub subscript: bool,
    pub superscript: bool,
    pub mark: bool,
    pub insert: bool,
    pub delete: bool,
}

/// Math delimiters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passthrough {
    /// Pairs for display math.
    pub block: Vec<(String, String)>,
    /// Pairs for math in text.
    pub inline: Vec<(String, String)>,
}

/// `[markup.highlight]`: defaults of fence options.
#[derive(Debug, Clone)]
pub struct Highlight {
    /// `codeFences`.
    pub code_fences: bool,
    /// `lineNos`.
    pub line_numbers: bool,
    /// `lineNumbersInTable`.
    pub in_table: bool,
    /// `lineNoStart`.
    pub start: i64,
    /// `guessSyntax`.
    pub guess_syntax: bool,
}

/// `[markup.tableOfContents]`.
#[derive(Debug, Clone, Copy)]
pub struct Toc {
    /// First level, 2.
    pub start_level: u8,
    /// Last level, 3.
    pub end_level: u8,
    /// `<ol>` instead of `<ul>`.
    pub ordered: bool,
}

/// Values for a page and all below it.
#[derive(Debug, Clone, PartialEq)]
pub struct CascadeRule {
    /// Which pages: glob on the logical path, kind, language. Empty fields match all.
    pub target: CascadeTarget,
    /// The values.
    pub values: Map,
}

/// Which pages a cascade reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CascadeTarget {
    /// Glob on the logical path.
    pub path: Option<String>,
    /// Glob on the kind.
    pub kind: Option<String>,
    /// Glob on the language key.
    pub lang: Option<String>,
}

/// An entry of a menu.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "Hugo's keys of the same name")]
pub struct MenuEntry {
    pub identifier: String,
    pub name: String,
    pub url: Option<String>,
    pub page_ref: Option<String>,
    pub weight: i64,
    pub parent: Option<String>,
    pub title: String,
    pub pre: String,
    pub post: String,
    pub params: Map,
}

/// The `[wsgen]` table: what Hugo has no word for.
#[derive(Debug, Clone)]
pub struct Wsgen {
    /// Accent hue of the theme in degrees of OKLCH, 0 to 360.
    pub accent: f64,
    /// Whether diagrams are checked while building.
    pub check_diagrams: bool,
    /// Whether the highlight cache in `.wsgen/` is used.
    pub cache: bool,
}
