//! The manual's pages about findings, for `wsgen explain`.
//!
//! Every [`Code`] has a page `content/40-reference/diagnostics/CODE.md`, which is part of the program. Takes the name of
//! a code; gives the page as Markdown ([`markdown`]) or as text for a terminal ([`text`]).

mod plain;

use crate::diag::{Code, FileId, FindingName, Kind, Span};
use crate::parse::{Segment, front_matter, shortcode};
use crate::source::embedded;

/// Folder of the pages inside the manual.
pub const FOLDER: &str = "40-reference/diagnostics";

/// The code of that name, or of a kind's name. Whole prefixes of messages are understood as well: `warning[broken-link]`.
///
/// For an unknown name the error is the nearest one.
pub fn find(name: &str) -> Result<Code, Option<&'static str>> {
    let inside = name.split_once('[').map_or(name, |(_, rest)| rest);
    let bare = inside.split(']').next().unwrap_or_default().trim().to_lowercase();
    match FindingName::parse(&bare)? {
        FindingName::Code(code) => Ok(code),
        FindingName::Kind(kind) => Ok(kind.code()),
    }
}

/// The page about a code, for people who read Markdown: without front matter, with escaped calls as they are shown.
pub fn markdown(code: Code) -> Option<String> {
    let path = format!("{FOLDER}/{}.md", code.name());
    let (_, bytes) = embedded::manual().find(|(found, _)| *found == path)?;
    Some(shown(std::str::from_utf8(bytes).ok()?))
}

/// The page about a code for a terminal of `width` columns, with ANSI styles.
pub fn text(code: Code, width: usize) -> String {
    let markdown = markdown(code).unwrap_or_default();
    plain::render(&format!("# {code}\n\n{markdown}"), width)
}

/// Every code with its summary, one a line, and its kinds below it.
pub fn list() -> String {
    let width = FindingName::names().map(str::len).max().unwrap_or(0);
    let mut out = String::new();
    for code in Code::ALL {
        out += &format!("{:width$}  {}\n", code.name(), code.summary());
        for kind in Kind::ALL.iter().filter(|kind| kind.code() == *code) {
            out += &format!("{:width$}  {}\n", kind.name(), kind.summary());
        }
    }
    out
}

/// The body of a page, in which escaped calls are unescaped.
pub fn shown(page: &str) -> String {
    // The page is no file of a site; its spans are only used to cut it.
    let file = FileId(0);
    let (front, _) = front_matter::read(file, page);
    let (segments, _) = shortcode::parse(file, page, front.body..page.len());
    let cut = |span: &Span| page.get(span.range()).unwrap_or_default();
    let pieces = segments.iter().map(|segment| match segment {
        Segment::Text(span) => cut(span),
        Segment::Escaped { text, .. } => text.as_str(),
        Segment::Call(call) => cut(&call.span),
    });
    pieces.collect::<String>().trim().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_by_name_and_by_message() {
        assert_eq!(find("broken-link"), Ok(Code::BrokenLink));
        assert_eq!(find("Broken-Link "), Ok(Code::BrokenLink));
        assert_eq!(find("warning[broken-link]: x"), Ok(Code::BrokenLink));
        assert_eq!(find("broken-lnk"), Err(Some("broken-link")));
        assert_eq!(find("zzzzzzzz"), Err(None));
    }

    #[test]
    fn every_code_has_a_page_in_the_program() {
        for code in Code::ALL {
            assert!(
                markdown(*code).is_some_and(|page| page.len() > 100),
                "no page for {code}"
            );
        }
    }

    #[test]
    fn escaped_calls_are_shown_as_calls() {
        assert_eq!(
            shown("---\ntitle: x\n---\n\nUse `{{</* tip */>}}`.\n"),
            "Use `{{< tip >}}`.\n"
        );
    }

    #[test]
    fn the_list_has_a_line_for_each_code() {
        assert_eq!(list().lines().count(), Code::ALL.len() + Kind::ALL.len());
        assert!(list().lines().any(|line| {
            line.starts_with("broken-link ")
                && line.ends_with("  A link leads to a page or file that does not exist.")
        }));
    }
}
