//! Aliases that are added to front matter.

use spanned_data::Value;

use super::places::Plan;
use super::view::View;
use crate::diag::{Edit, Span};
use crate::graph::{Kind, Page};
use crate::parse::ParsedPage;

/// An edit of the front matter of a page.
pub(super) struct Added {
    pub(super) edit: Edit,
    /// Number of aliases in it.
    pub(super) count: usize,
}

/// The aliases of the pages whose addresses change, and remarks about pages that can have none.
pub(super) fn of_moved(old: &View<'_>, new: &View<'_>, plan: &Plan) -> (Vec<Added>, Vec<String>) {
    let (mut added, mut remarks) = (Vec::new(), Vec::new());
    for page in old
        .graph
        .pages
        .iter()
        .filter(|page| page.rendered && !page.url.is_empty())
    {
        let moved = match page.source {
            Some(source) => new.page_of(old.parsed[source].file),
            None => None,
        };
        let Some(parsed) = page.source.map(|source| &old.parsed[source]) else {
            let path = plan.new_logical(&page.path);
            if path != page.path && page.kind == Kind::Section {
                remarks.push(format!("`{}` has no page of its own, and so no alias", page.url));
            }
            continue;
        };
        let Some(moved) = moved.filter(|moved| moved.url != page.url && moved.rendered) else {
            continue;
        };
        // A page that has moved into the place of this one keeps its address.
        if new.graph.lookup(&page.url).is_some() {
            continue;
        }
        let text = old.tree.text(parsed.file).unwrap_or_default();
        let aliases = addresses(page, moved, old, new);
        match edit(text, parsed, &aliases) {
            Some(edit) => added.push(Added {
                edit,
                count: aliases.len(),
            }),
            None => remarks.push(format!(
                "{}: write the alias `{}` by hand",
                new.tree.path(parsed.file).unwrap_or_default(),
                aliases.join("`, `")
            )),
        }
    }
    (added, remarks)
}

/// The address of a page before the move, and those that its relative aliases lose.
fn addresses(page: &Page, moved: &Page, old: &View<'_>, new: &View<'_>) -> Vec<String> {
    let of = |view: &View<'_>, id| -> Vec<String> {
        let aliases = view.graph.aliases.iter().filter(|(_, page)| *page == id);
        aliases.map(|(url, _)| url.clone()).collect()
    };
    let kept = of(new, moved.id);
    let lost = of(old, page.id)
        .into_iter()
        .filter(|url| !kept.contains(url) && url != "/");
    std::iter::once(page.url.clone()).chain(lost).collect()
}

/// The edit that adds aliases to a page; `None` for front matter of a kind that is not written to.
pub(super) fn edit(text: &str, page: &ParsedPage, aliases: &[String]) -> Option<Edit> {
    let at = |from: usize, to: usize, text: String| Edit {
        span: Span::new(page.file, from, to),
        text,
    };
    let quoted: Vec<String> = aliases.iter().map(|alias| quoted(alias)).collect();
    let list = quoted.join(", ");
    if let Some(value) = page.values.get("aliases").filter(|value| !value.is_null()) {
        return existing(text, value, &quoted).map(|(from, to, text)| at(from, to, text));
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let front = page.front_span.range();
    let written = text.get(front.clone())?;
    if written.trim().is_empty() {
        let start = front.start;
        return Some(at(
            start,
            start,
            format!("---{line_end}aliases: [{list}]{line_end}---{line_end}{line_end}"),
        ));
    }
    let begin = front.start + (written.len() - written.trim_start().len());
    let first_line = begin + text[begin..].find('\n')? + 1;
    let last_line = text[..front.end].trim_end().rfind('\n')? + 1;
    match text[begin..].chars().next()? {
        '-' => Some(at(last_line, last_line, format!("aliases: [{list}]{line_end}"))),
        // Behind the first table a key would be in that table.
        '+' => Some(at(
            first_line,
            first_line,
            format!("aliases = [{list}]{line_end}"),
        )),
        '{' => Some(at(
            begin + 1,
            begin + 1,
            format!("{line_end}  \"aliases\": [{list}],"),
        )),
        _ => None,
    }
}

/// The edit of a list that is there: bytes and text.
fn existing(text: &str, value: &Value, quoted: &[String]) -> Option<(usize, usize, String)> {
    let written = text.get(value.span.clone())?;
    let list = quoted.join(", ");
    let Some(items) = value.as_list() else {
        return Some((value.span.start, value.span.end, format!("[{written}, {list}]")));
    };
    if written.starts_with('[') {
        let end = value.span.start + written.rfind(']')?;
        let comma = if items.is_empty() || text[..end].trim_end().ends_with(',') {
            ""
        } else {
            ", "
        };
        return Some((end, end, format!("{comma}{list}")));
    }
    let (first, last) = (items.first()?, items.last()?);
    let line = text[..first.span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..first.span.start];
    let end = text[last.span.end..]
        .find('\n')
        .map_or(text.len(), |at| last.span.end + at);
    let end = end - usize::from(text[..end].ends_with('\r'));
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let added = quoted.iter().map(|alias| format!("{line_end}{before}{alias}"));
    (before.trim() == "-").then(|| (end, end, added.collect()))
}

/// An alias as YAML, TOML and JSON read it.
fn quoted(alias: &str) -> String {
    format!("\"{}\"", alias.replace('\\', "\\\\").replace('"', "\\\""))
}
