//! Stage 3, parse: one content file becomes a [`ParsedPage`].
//!
//! Front matter into a typed struct, the body into segments of text and shortcode calls, everything with spans. Parsing
//! never fails: it gives the parts that can be read and a list of diagnostics. Rules: `docs/hugo.md`, sections 1, 6.1,
//! 6.2 and 15.

pub mod front_matter;
mod heading;
pub(crate) mod lines;
pub(crate) mod scripts;
pub mod shortcode;
pub mod title;

use jiff::tz::TimeZone;
use spanned_data::Map;

use crate::config::{CascadeRule, Config, DateRules, MenuEntry};
use crate::diag::{Diagnostics, FileId, Span};

/// Settings of the site that parsing needs.
#[derive(Debug, Clone)]
pub struct ParseContext {
    /// Zone of dates without offset.
    pub time_zone: TimeZone,
    /// Sources of dates.
    pub dates: DateRules,
    /// Plural names of the taxonomies: `tags`, `categories`.
    pub taxonomies: Vec<String>,
    /// The environment that cascades may be for: `production`, `development`.
    pub environment: String,
}

impl ParseContext {
    /// The context of a site.
    pub fn of(config: &Config, environment: &str) -> Self {
        Self {
            taxonomies: config
                .taxonomies
                .iter()
                .map(|(_, plural)| plural.clone())
                .collect(),
            environment: environment.to_owned(),
            dates: config.dates.clone(),
            ..Self::in_zone(&config.time_zone)
        }
    }

    /// A context with the zone of that name, UTC when there is no such zone, and Hugo's default taxonomies.
    pub fn in_zone(name: &str) -> Self {
        Self {
            time_zone: TimeZone::get(name).unwrap_or(TimeZone::UTC),
            dates: DateRules::default(),
            taxonomies: vec!["categories".to_owned(), "tags".to_owned()],
            environment: "production".to_owned(),
        }
    }
}

/// Parses a file that a page includes: its front matter is left out, its body split as a page's.
pub fn included(file: FileId, text: &str) -> (Vec<Segment>, Diagnostics) {
    let (front_text, _) = front_matter::read(file, text);
    shortcode::parse(file, text, front_text.body..text.len())
}

/// Facts about a page before its text is read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The source file.
    pub file: FileId,
    /// Its name without extension and language; of a bundle that of the folder.
    pub name: &'a str,
    /// Format of the body.
    pub format: Format,
}

/// Parses `text`, the whole of a page's file.
pub fn parse(source: Source<'_>, text: &str, cx: &ParseContext) -> (ParsedPage, Diagnostics) {
    let Source { file, name, format } = source;
    let (front_text, mut diagnostics) = front_matter::read(file, text);
    let front_matter::FrontText {
        mut values,
        span: front_span,
        body: body_start,
    } = front_text;
    front_matter::lift_params(&mut values, &cx.taxonomies);
    let (front, findings) = FrontMatter::decode(&values, file, name, cx);
    diagnostics.extend(findings);
    let body = match format {
        Format::Plain => vec![Segment::Text(Span::new(file, body_start, text.len()))],
        Format::Markdown | Format::Html => {
            let (body, findings) = shortcode::parse(file, text, body_start..text.len());
            diagnostics.extend(findings);
            body
        }
    };
    let untitled = front.title.as_ref().is_none_or(|title| title.trim().is_empty());
    let first_heading = if untitled {
        heading::first(text, &body, format)
    } else {
        None
    };
    (
        ParsedPage {
            file,
            front,
            values,
            front_span,
            body,
            format,
            first_heading,
        },
        diagnostics,
    )
}

/// A page as its author wrote it, not yet placed in the site.
#[derive(Debug, Clone)]
pub struct ParsedPage {
    /// The source file.
    pub file: FileId,
    /// The fields that wsgen knows.
    pub front: FrontMatter,
    /// All front matter, keys in lower case. The keys of `params` are at the top, except keys that would become a field
    /// there ([`front_matter::lift_params`]).
    pub values: Map,
    /// Span of the front matter, delimiters included; empty at the body's start when there is none.
    pub front_span: Span,
    /// The body: text and calls in order.
    pub body: Vec<Segment>,
    /// Format of the body.
    pub format: Format,
    /// Level and plain text of the first heading. Only looked for when the front matter has no title.
    pub first_heading: Option<(u8, String)>,
}

/// The format of a body. Of pages with one URL, the first in this order gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Markdown, with shortcodes.
    Markdown,
    /// HTML, passed through with its shortcodes expanded.
    Html,
    /// A format that is not read; the text is shown as written.
    Plain,
}

/// A piece of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Segment {
    /// Text of the file.
    Text(Span),
    /// A call written as `{{</* x */>}}`, or a closing tag that closes nothing.
    Escaped {
        /// Span of the call.
        span: Span,
        /// The printed text: `{{< x >}}`; empty for a closing tag.
        text: String,
    },
    /// A shortcode call.
    Call(Box<Call>),
}

/// A shortcode call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Name as written.
    pub name: String,
    /// Span of the name.
    pub name_span: Span,
    /// The opening tag, braces included.
    pub open_span: Span,
    /// The whole call, up to the end of its closing tag.
    pub span: Span,
    /// `{{< >}}` or `{{% %}}` of the opening tag.
    pub delimiter: Delimiter,
    /// Arguments of the opening tag.
    pub args: Args,
    /// The text between the tags; `None` for a call without closing tag.
    pub inner: Option<Inner>,
    /// White space before the opening tag, when nothing else stands before it on its line.
    pub indent: Option<String>,
}

/// The text between two tags.
#[derive(Debug, Clone, PartialEq)]
pub struct Inner {
    /// Span of the whole text.
    pub span: Span,
    /// Pieces of the text in order.
    pub segments: Vec<Segment>,
}

/// The two forms of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `{{< >}}`: the result is put into the page after Markdown.
    Angle,
    /// `{{% %}}`: the result is Markdown.
    Percent,
}

/// Arguments in the order written. Hugo forbids mixing the two kinds; wsgen takes both with a warning.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Args {
    /// Positional arguments in order.
    pub positional: Vec<Arg>,
    /// Named arguments; keys as written.
    pub named: Vec<(String, Arg)>,
}

/// An argument of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Arg {
    /// Its value: quoted ones are text, bare ones may be `true`, `false` or a number.
    pub value: ArgValue,
    /// Span of the argument, quotes included.
    pub span: Span,
}

/// The value of an argument.
#[derive(Debug, Clone, PartialEq)]
pub enum ArgValue {
    /// Text, quoted or not.
    Str(String),
    /// An integer.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
}

/// The front-matter fields that wsgen acts on.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(
    missing_docs,
    reason = "Hugo's fields of the same name: docs/hugo.md, section 1.3"
)]
pub struct FrontMatter {
    pub title: Option<String>,
    pub link_title: Option<String>,
    pub description: Option<String>,
    pub summary: Option<String>,
    pub slug: Option<String>,
    pub url: Option<String>,
    pub weight: i64,
    pub date: Option<jiff::Timestamp>,
    /// The day of `date` in its own time zone, for URLs.
    pub day: Option<jiff::civil::Date>,
    pub lastmod: Option<jiff::Timestamp>,
    pub publish_date: Option<jiff::Timestamp>,
    pub expiry_date: Option<jiff::Timestamp>,
    pub draft: bool,
    pub headless: bool,
    pub aliases: Vec<String>,
    pub page_type: Option<String>,
    pub layout: Option<String>,
    pub translation_key: Option<String>,
    pub keywords: Vec<String>,
    /// Names of the page's output formats; empty for those of its kind.
    pub outputs: Vec<String>,
    pub build: BuildRules,
    pub sitemap: SitemapRules,
    pub cascade: Vec<CascadeRule>,
    pub resources: Vec<ResourceRule>,
    pub menus: Vec<(String, MenuEntry)>,
    pub is_cjk_language: Option<bool>,
    /// Name of the taxonomy (plural) and the terms.
    pub terms: Vec<(String, Vec<String>)>,
    /// `duration`, `time` or `minutes`: minutes that the page takes; of a part, the maximum for all its pages.
    pub duration: Option<u32>,
    /// `break`.
    pub pause: Option<Pause>,
}

/// `sitemap`: the page's entry in the sitemap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SitemapRules {
    /// True if there is no entry.
    pub disable: bool,
    /// Importance, from 0 to 1.
    pub priority: Option<f64>,
    /// Frequency of changes: `weekly`.
    pub change_freq: Option<String>,
}

impl SitemapRules {
    /// Reads a table of front matter or settings. A negative priority is none, as in Hugo.
    pub fn read(table: &Map) -> Self {
        Self {
            disable: table.bool("disable").unwrap_or_default(),
            priority: table.float("priority").filter(|priority| *priority >= 0.0),
            change_freq: table.text("changefreq").filter(|word| !word.trim().is_empty()),
        }
    }
}

/// A break after a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pause {
    /// Length in minutes.
    pub minutes: u32,
    /// Name of the break; empty if it has none.
    pub title: String,
}

/// `build`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuildRules {
    /// Decides if a file is written.
    pub render: Render,
    /// The lists that hold the page.
    pub list: List,
    /// True if the bundle's files are copied.
    pub publish_resources: bool,
}

/// `build.render`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "Hugo's values of the same name")]
pub enum Render {
    Always,
    Never,
    Link,
}

/// `build.list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "Hugo's values of the same name")]
pub enum List {
    Always,
    Never,
    Local,
}

impl Default for BuildRules {
    fn default() -> Self {
        Self {
            render: Render::Always,
            list: List::Always,
            publish_resources: true,
        }
    }
}

/// An entry of `resources`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResourceRule {
    /// Glob on the path inside the bundle.
    pub src: String,
    /// Name, with `:counter`.
    pub name: Option<String>,
    /// Title, with `:counter`.
    pub title: Option<String>,
    /// Parameters of the file.
    pub params: Map,
}

#[cfg(test)]
mod tests;
