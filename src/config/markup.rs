//! `[markup]`: Markdown, highlighting and the table of contents.

use spanned_data::Value;

use super::Table;
use crate::diag::{Code, Diagnostic, nearest};
use crate::source::reserved;

/// `[markup]`: Markdown, code and contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup {
    /// `[markup.goldmark]`.
    pub goldmark: Goldmark,
    /// `[markup.highlight]`.
    pub highlight: Highlight,
    /// `[markup.tableOfContents]`.
    pub toc: Toc,
}

/// The links that are printed as the address of the page they name, even if the written target works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LinkHook {
    /// No links.
    #[default]
    Never,
    /// Links to a page in another language, as on sites in several languages without the setting. Hugo changes links
    /// within a language, too.
    Languages,
    /// All links.
    Always,
}

/// Switches of Hugo's Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// `renderHooks.link.useEmbedded`.
    pub link_hook: LinkHook,
    /// Extension `table`.
    pub table: bool,
    /// Extension `strikethrough`.
    pub strikethrough: bool,
    /// Extension `taskList`.
    pub task_list: bool,
    /// Extension `definitionList`.
    pub definition_list: bool,
    /// Extension `linkify`.
    pub linkify: bool,
    /// Scheme that `www.` links get: `https`.
    pub linkify_protocol: String,
    /// Extension `footnote`.
    pub footnote: bool,
    /// True if ids of footnotes begin with the page's path.
    pub footnote_id_prefix: bool,
    /// Extension `typographer`, with every replacement as characters.
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
    /// ASCII letters only.
    GithubAscii,
    /// Runs of other characters become one hyphen.
    Blackfriday,
}

/// Replacements of the typographer, as characters and not as HTML, by Hugo's names.
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

/// Delimiters of formulas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passthrough {
    /// Pairs for display math.
    pub block: Vec<(String, String)>,
    /// Pairs for math in text.
    pub inline: Vec<(String, String)>,
    /// True if the formulas are written for a script, which reads what Markdown has left of them.
    pub after_markdown: bool,
}

/// `[markup.highlight]`: defaults of fence options.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toc {
    /// First level, 2.
    pub start_level: u8,
    /// Last level, 3.
    pub end_level: u8,
    /// `<ol>` instead of `<ul>`.
    pub ordered: bool,
}

/// A switch, with its default.
fn switch(table: &Table<'_>, key: &str, usual: bool) -> bool {
    table.bool(key).unwrap_or(usual)
}

/// Reads `[markup]` of a site that is `multilingual` or not.
pub(super) fn markup(root: &Table<'_>, multilingual: bool) -> Markup {
    let markup = root.table("markup");
    Markup {
        goldmark: goldmark(&markup.table("goldmark"), multilingual),
        highlight: highlight(root, &markup.table("highlight")),
        toc: toc(&markup.table("tableOfContents")),
    }
}

fn goldmark(table: &Table<'_>, multilingual: bool) -> Goldmark {
    let (renderer, parser, extensions) = (
        table.table("renderer"),
        table.table("parser"),
        table.table("extensions"),
    );
    let attribute = parser.table("attribute");
    Goldmark {
        unsafe_html: renderer.bool("unsafe"),
        hard_wraps: switch(&renderer, "hardWraps", false),
        auto_heading_id: switch(&parser, "autoHeadingID", true),
        auto_id_type: auto_id_type(&parser),
        auto_definition_term_id: switch(&parser, "autoDefinitionTermID", false),
        title_attributes: switch(&attribute, "title", true),
        block_attributes: switch(&attribute, "block", false),
        wrap_standalone_image: switch(&parser, "wrapStandAloneImageWithinParagraph", true),
        link_hook: link_hook(&table.table("renderHooks").table("link")).unwrap_or(if multilingual {
            LinkHook::Languages
        } else {
            LinkHook::Never
        }),
        table: switch(&extensions, "table", true),
        strikethrough: switch(&extensions, "strikethrough", true),
        task_list: switch(&extensions, "taskList", true),
        definition_list: switch(&extensions, "definitionList", true),
        linkify: switch(&extensions, "linkify", true),
        linkify_protocol: extensions
            .text("linkifyProtocol")
            .unwrap_or_else(|| "https".to_owned()),
        footnote: is_enabled(&extensions, "footnote", true),
        footnote_id_prefix: is_table(&extensions, "footnote")
            && switch(&extensions.table("footnote"), "enableAutoIDPrefix", false),
        typographer: typographer(&extensions),
        cjk: cjk(&extensions.table("cjk")),
        extras: extras(&extensions.table("extras")),
        passthrough: passthrough(&extensions.table("passthrough")),
    }
}

fn auto_id_type(parser: &Table<'_>) -> AutoIdType {
    const NAMES: [&str; 3] = ["github", "github-ascii", "blackfriday"];
    let name = parser
        .text_at(&["autoIDType", "autoHeadingIDType"])
        .unwrap_or_default()
        .to_lowercase();
    match name.as_str() {
        "" | "github" => AutoIdType::Github,
        "github-ascii" => AutoIdType::GithubAscii,
        "blackfriday" => AutoIdType::Blackfriday,
        _ => {
            let message = format!("there is no type of heading ids `{name}`");
            let span = parser
                .first(&["autoIDType", "autoHeadingIDType"])
                .and_then(|value| parser.span(value));
            let help = nearest::did_you_mean(&name, NAMES)
                .unwrap_or_else(|| format!("the types are `{}`", NAMES.join("`, `")));
            parser.report(Diagnostic::warning(Code::InvalidConfig, span, message).help(help));
            AutoIdType::Github
        }
    }
}

/// `useEmbedded`, or the older switch `enableDefault`.
fn link_hook(table: &Table<'_>) -> Option<LinkHook> {
    let resolved = |is_on| if is_on { LinkHook::Always } else { LinkHook::Never };
    match table
        .text("useEmbedded")
        .map(|text| text.to_lowercase())
        .as_deref()
    {
        Some("always" | "fallback") => Some(LinkHook::Always),
        Some("never") => Some(LinkHook::Never),
        _ => table.bool("enableDefault").map(resolved),
    }
}

fn is_table(parent: &Table<'_>, key: &str) -> bool {
    parent.peek(key).is_some_and(|value| value.as_map().is_some())
}

/// An extension that is a switch, or a table with `enable`.
fn is_enabled(parent: &Table<'_>, key: &str, usual: bool) -> bool {
    if is_table(parent, key) {
        switch(&parent.table(key), "enable", usual)
    } else {
        switch(parent, key, usual)
    }
}

/// The typographer is a switch, or a table with `disable` and replacements written as HTML.
fn typographer(extensions: &Table<'_>) -> Option<Typographer> {
    if !is_table(extensions, "typographer") {
        return switch(extensions, "typographer", true).then(Typographer::default);
    }
    let table = extensions.table("typographer");
    let replacement = |key: &str, usual: String| table.text(key).map_or(usual, |text| unescape(&text));
    let usual = Typographer::default();
    let typographer = Typographer {
        left_single_quote: replacement("leftSingleQuote", usual.left_single_quote),
        right_single_quote: replacement("rightSingleQuote", usual.right_single_quote),
        left_double_quote: replacement("leftDoubleQuote", usual.left_double_quote),
        right_double_quote: replacement("rightDoubleQuote", usual.right_double_quote),
        en_dash: replacement("enDash", usual.en_dash),
        em_dash: replacement("emDash", usual.em_dash),
        ellipsis: replacement("ellipsis", usual.ellipsis),
        left_angle_quote: replacement("leftAngleQuote", usual.left_angle_quote),
        right_angle_quote: replacement("rightAngleQuote", usual.right_angle_quote),
        apostrophe: replacement("apostrophe", usual.apostrophe),
    };
    (!switch(&table, "disable", false)).then_some(typographer)
}

impl Default for Typographer {
    fn default() -> Self {
        Self {
            left_single_quote: "‘".to_owned(),
            right_single_quote: "’".to_owned(),
            left_double_quote: "“".to_owned(),
            right_double_quote: "”".to_owned(),
            en_dash: "–".to_owned(),
            em_dash: "—".to_owned(),
            ellipsis: "…".to_owned(),
            left_angle_quote: "«".to_owned(),
            right_angle_quote: "»".to_owned(),
            apostrophe: "’".to_owned(),
        }
    }
}

/// The text of a replacement written as HTML: references to the characters that a typographer prints are resolved, all
/// else is unchanged.
fn unescape(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').unwrap_or(0);
        match rest.get(1..end).and_then(character) {
            Some(character) => {
                text.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    reserved::cleaned(text + rest)
}

/// The character of a reference without `&` and `;`.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "apos" => '\'',
        "bdquo" => '„',
        "gt" => '>',
        "hellip" => '…',
        "laquo" => '«',
        "ldquo" => '“',
        "lsaquo" => '‹',
        "lsquo" => '‘',
        "lt" => '<',
        "mdash" => '—',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "quot" => '"',
        "raquo" => '»',
        "rdquo" => '”',
        "rsaquo" => '›',
        "rsquo" => '’',
        "sbquo" => '‚',
        _ => return None,
    })
}

fn cjk(table: &Table<'_>) -> Cjk {
    let style = table.text("eastAsianLineBreaksStyle").unwrap_or_default();
    let cjk = Cjk {
        east_asian_line_breaks: switch(table, "eastAsianLineBreaks", false),
        css3draft: style.eq_ignore_ascii_case("css3draft"),
        escaped_space: switch(table, "escapedSpace", false),
    };
    if switch(table, "enable", false) {
        cjk
    } else {
        Cjk::default()
    }
}

fn extras(table: &Table<'_>) -> Extras {
    let is_on = |key| is_enabled(table, key, false);
    Extras {
        subscript: is_on("subscript"),
        superscript: is_on("superscript"),
        mark: is_on("mark"),
        insert: is_on("insert"),
        delete: is_on("delete"),
    }
}

fn passthrough(table: &Table<'_>) -> Option<Passthrough> {
    let delimiters = table.table("delimiters");
    let passthrough = Passthrough {
        block: pairs(&delimiters, "block"),
        inline: pairs(&delimiters, "inline"),
        after_markdown: false,
    };
    switch(table, "enable", false).then_some(passthrough)
}

/// A list of pairs of delimiters.
fn pairs(table: &Table<'_>, key: &str) -> Vec<(String, String)> {
    let Some(value) = table.value(key) else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for item in value.items() {
        match item.to_strings().as_slice() {
            [open, close] => pairs.push((open.clone(), close.clone())),
            _ => table.wrong(item, key, "a list of pairs of delimiters"),
        }
    }
    pairs
}

/// `[markup.highlight]`, and the `pygments…` settings of old sites where it is silent.
fn highlight(root: &Table<'_>, table: &Table<'_>) -> Highlight {
    let options = root.text("pygmentsOptions").unwrap_or_default();
    let old_numbers = option(&options, "linenos");
    let (line_numbers, in_table) = line_numbers(table, old_numbers);
    let old = |key: &str| root.bool(key);
    Highlight {
        code_fences: table
            .bool("codeFences")
            .or(old("pygmentsCodeFences"))
            .unwrap_or(true),
        line_numbers,
        in_table,
        start: table.int("lineNoStart").unwrap_or(1),
        guess_syntax: table
            .bool("guessSyntax")
            .or(old("pygmentsCodeFencesGuessSyntax"))
            .unwrap_or(false),
    }
}

/// Returns true if lines are numbered, and true if in a table. `lineNos` may say both: `table`, `inline`.
fn line_numbers(table: &Table<'_>, old: Option<&str>) -> (bool, bool) {
    let in_table = table.bool("lineNumbersInTable").unwrap_or(true);
    let words = table
        .peek("lineNos")
        .and_then(Value::as_str)
        .or(old)
        .unwrap_or_default();
    match words {
        "table" => {
            table.mark("lineNos");
            (true, true)
        }
        "inline" => {
            table.mark("lineNos");
            (true, false)
        }
        _ => (table.bool("lineNos").unwrap_or(words == "true"), in_table),
    }
}

/// The value of `key` in `a=b,c=d`.
fn option<'a>(options: &'a str, key: &str) -> Option<&'a str> {
    let mut pairs = options.split([',', ' ']).filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| name.trim().eq_ignore_ascii_case(key))
        .map(|(_, value)| value.trim())
}

fn toc(table: &Table<'_>) -> Toc {
    let level = |key: &str, usual: u8| {
        // Hugo takes -1 for "to the end".
        let clamp = |level: i64| u8::try_from(if level < 0 { 6 } else { level.clamp(1, 6) }).unwrap_or(usual);
        table.int(key).map_or(usual, clamp)
    };
    Toc {
        start_level: level("startLevel", 2),
        end_level: level("endLevel", 3),
        ordered: switch(table, "ordered", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_are_characters_whatever_they_are_written_as() {
        assert_eq!(unescape("&laquo;&#160;x"), "«\u{a0}x");
        assert_eq!(unescape("&#x201E;"), "„");
        assert_eq!(unescape("a & b &nope; &"), "a & b &nope; &");
    }
}
