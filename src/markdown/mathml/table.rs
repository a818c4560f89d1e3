//! Tables of formulas. Alignment, rules and spaces of columns and rows are attributes of the table in MathML 3; browsers
//! know only styles of cells.

use std::borrow::Cow;

use katex::mathml_tree::{MathDomNode, MathNode};

use super::tags::{close, open};

/// Writes a node of a formula.
pub(super) type Write = fn(&MathDomNode, &mut String);

/// The space between columns that browsers leave by themselves.
const USUAL_SPACE: &str = "1em";

/// Lists of a table, one entry a column, row or gap. The last entry is that of all others.
struct Layout<'n> {
    align: Vec<&'n str>,
    gaps: Vec<&'n str>,
    column_lines: Vec<&'n str>,
    row_lines: Vec<&'n str>,
}

/// Writes a table; `node` writes what its cells hold.
pub(super) fn table(table: &MathNode, node: Write, out: &mut String) {
    let list = |name: &str| {
        let value = table.attributes.get(name).map_or("", String::as_str);
        value.split_whitespace().collect::<Vec<_>>()
    };
    let layout = Layout {
        align: list("columnalign"),
        gaps: list("columnspacing"),
        column_lines: list("columnlines"),
        row_lines: list("rowlines"),
    };
    let is_wide = table.attributes.contains_key("width");
    let style = is_wide.then_some(("style", Cow::Borrowed("width:100%")));
    open("mtable", style.into_iter().collect(), ">", out);
    let rows = table.children.iter().filter_map(as_element);
    for (nth, row) in rows.enumerate() {
        out.push_str("<mtr>");
        cells(row, nth, &layout, node, out);
        out.push_str("</mtr>");
    }
    close("mtable", out);
}

fn as_element(node: &MathDomNode) -> Option<&MathNode> {
    match node {
        MathDomNode::Math(node) => Some(node),
        _ => None,
    }
}

fn cells(row: &MathNode, nth_row: usize, layout: &Layout<'_>, node: Write, out: &mut String) {
    let cells = row.children.iter().filter_map(as_element);
    // Cells in which KaTeX's style sheet counts equations.
    let is_glue = |cell: &MathNode| {
        cell.classes
            .iter()
            .any(|class| matches!(class, "mtr-glue" | "mml-eqn-num"))
    };
    for (nth, cell) in cells.filter(|cell| !is_glue(cell)).enumerate() {
        let style = match cell.attributes.contains_key("width") {
            // What centres a formula beside its number.
            true => "width:50%;padding:0".to_owned(),
            false => style(nth, nth_row, layout),
        };
        let style = Some(style).filter(|style| !style.is_empty());
        let style = style.map(|style| ("style", Cow::Owned(style)));
        open("mtd", style.into_iter().collect(), ">", out);
        cell.children.iter().for_each(|child| node(child, out));
        close("mtd", out);
    }
}

fn style(column: usize, row: usize, layout: &Layout<'_>) -> String {
    let mut rules = Vec::new();
    if let align @ ("left" | "right") = entry(&layout.align, column) {
        rules.push(format!("text-align:{align}"));
    }
    for (side, gap) in [("left", column.checked_sub(1)), ("right", Some(column))] {
        let width = gap.map_or(USUAL_SPACE, |gap| entry(&layout.gaps, gap));
        if let Some(number) = width.strip_suffix("em").filter(|_| width != USUAL_SPACE)
            && let Ok(number) = number.parse::<f64>()
        {
            rules.push(format!("padding-{side}:{}em", number / 2.0));
        }
    }
    for (side, lines, line) in [
        ("left", &layout.column_lines, column.checked_sub(1)),
        ("top", &layout.row_lines, row.checked_sub(1)),
    ] {
        let line = line.and_then(|line| lines.get(line).copied());
        if let Some(line @ ("solid" | "dashed")) = line {
            rules.push(format!("border-{side}:.06em {line}"));
        }
    }
    rules.join(";")
}

fn entry<'n>(list: &[&'n str], nth: usize) -> &'n str {
    list.get(nth).or(list.last()).copied().unwrap_or("")
}
