//! KaTeX's MathML as browsers draw it. KaTeX writes MathML 3 for screen readers, from which browsers have dropped
//! alphabets, lines around things, line breaks, and operators that are made of others (MathML Core).

use std::borrow::Cow;

use katex::mathml_tree::{MathDomNode, MathNode, MathNodeType};

use super::display::Display;
use super::tags::{close, open};
use super::{alphabets, functions, table};
use crate::markup::dom::escape_text;

/// Attributes that browsers know, all of which only change how a thing is drawn.
const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "depth",
    "displaystyle",
    "fence",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathbackground",
    "mathcolor",
    "mathsize",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// The `<math>` element of a finished tree.
pub(super) fn math(tree: &MathNode, display: Display) -> String {
    let mut out = String::from(match display {
        Display::Block => "<math display=\"block\">",
        Display::Inline => "<math>",
    });
    children(&tree.children, &mut out);
    out.push_str("</math>");
    out
}

/// A row of nodes, which a line break makes a table of lines.
fn children(nodes: &[MathDomNode], out: &mut String) {
    if !nodes.iter().any(is_line_break) {
        return line(nodes, out);
    }
    out.push_str("<mtable displaystyle=\"true\">");
    for nodes in nodes.split(is_line_break) {
        out.push_str("<mtr><mtd>");
        line(nodes, out);
        out.push_str("</mtd></mtr>");
    }
    out.push_str("</mtable>");
}

/// Nodes side by side, with the spaces around names of functions that only a style sheet of KaTeX's would leave.
fn line(nodes: &[MathDomNode], out: &mut String) {
    const THIN: &str = "<mspace width=\"0.1667em\"/>";
    for (at, child) in nodes.iter().enumerate() {
        let next = nodes.get(at + 1);
        let is_name = functions::is_name(child);
        if is_name && at > 0 && functions::is_operand(&nodes[at - 1]) {
            out.push_str(THIN);
        }
        node(child, out);
        if is_name && next.is_some_and(functions::is_argument) {
            out.push_str(THIN);
        }
    }
}

fn is_line_break(node: &MathDomNode) -> bool {
    matches!(node, MathDomNode::Math(node) if node.attributes.contains_key("linebreak"))
}

fn node(node: &MathDomNode, out: &mut String) {
    match node {
        MathDomNode::Math(node) => element(node, out),
        MathDomNode::Text(text) => escape_text(&text.text, out),
        // By the width, since KaTeX's character for a negative space is a positive one in a browser.
        MathDomNode::Space(space) => open(
            "mspace",
            vec![("width", format!("{}em", round(space.width)).into())],
            "/>",
            out,
        ),
        MathDomNode::Fragment(fragment) => fragment.children.iter().for_each(|child| self::node(child, out)),
    }
}

/// The parts of a formula: its row's children, as `<math>` is a row itself.
fn content(semantics: &MathNode) -> &[MathDomNode] {
    match semantics.children.first() {
        Some(MathDomNode::Math(row)) if row.node_type == MathNodeType::Mrow => &row.children,
        _ => &semantics.children,
    }
}

/// Four digits, as KaTeX writes lengths.
fn round(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

fn element(node: &MathNode, out: &mut String) {
    use MathNodeType as Type;
    match node.node_type {
        Type::Annotation => {}
        Type::Semantics => children(content(node), out),
        // A row of one thing is that thing.
        Type::Mrow if node.children.len() == 1 && !node.children.iter().any(is_line_break) => {
            self::node(&node.children[0], out);
        }
        Type::Mtable => table::table(node, self::node, out),
        Type::Mi | Type::Mo | Type::Mn | Type::Mtext => token(node, out),
        Type::Menclose => group("mrow", node, enclosure(node), out),
        Type::Mpadded => padded(node, out),
        Type::Mspace => space(node, out),
        Type::Mglyph => {
            out.push_str("<mtext>");
            escape_text(node.attributes.get("alt").map_or("", String::as_str), out);
            out.push_str("</mtext>");
        }
        _ => group(node.node_type.as_ref(), node, String::new(), out),
    }
}

/// An element with children, with `style` beside its attributes.
fn group(name: &str, node: &MathNode, style: String, out: &mut String) {
    let mut attributes = known(node);
    if !style.is_empty() {
        attributes.push(("style", style.into()));
    }
    open(name, attributes, ">", out);
    if holds_a_row(&node.node_type) {
        children(&node.children, out);
    } else {
        node.children.iter().for_each(|child| self::node(child, out));
    }
    close(name, out);
}

/// Returns true if the children are a row, and not parts of which each has its place.
fn holds_a_row(kind: &MathNodeType) -> bool {
    use MathNodeType as Type;
    matches!(
        kind,
        Type::Math | Type::Mrow | Type::Mstyle | Type::Menclose | Type::Mphantom | Type::Mpadded | Type::Mtd
    )
}

/// The attributes that browsers know, in the order of their names.
fn known(node: &MathNode) -> Vec<(&str, Cow<'_, str>)> {
    let attributes = ATTRIBUTES.iter().filter_map(|name| {
        let value = node.attributes.get(*name)?;
        Some((*name, Cow::Borrowed(value.as_str())))
    });
    attributes.collect()
}

/// A name, a number, an operator or a text.
fn token(node: &MathNode, out: &mut String) {
    let Some(text) = text_of(node) else {
        // An operator made of others is a row, which has the spaces of the operator inside it.
        return group("mrow", node, String::new(), out);
    };
    let variant = node.attributes.get("mathvariant").map_or("", String::as_str);
    let mut attributes = known(node);
    let is_letter = node.node_type == MathNodeType::Mi && text.chars().count() == 1;
    if variant == "normal" && is_letter {
        attributes.push(("mathvariant", "normal".into()));
    }
    let style = match node.node_type {
        MathNodeType::Mtext => alphabets::text_style(variant),
        _ => "",
    };
    if !style.is_empty() {
        attributes.push(("style", style.into()));
    }
    let is_plain = !style.is_empty() || (variant == "italic" && is_letter);
    let name = node.node_type.as_ref();
    open(name, attributes, ">", out);
    escape_text(
        &if is_plain {
            text
        } else {
            alphabets::letters(&text, variant)
        },
        out,
    );
    close(name, out);
}

/// The text of a token: its own, or that of the single letters that it is made of, such as in `\bmod`.
fn text_of(node: &MathNode) -> Option<String> {
    let mut text = String::new();
    for child in &node.children {
        match child {
            MathDomNode::Text(piece) => text.push_str(&piece.text),
            MathDomNode::Math(child) => text.push_str(&letters_of(child, node.children.len() == 1)?),
            MathDomNode::Space(_) | MathDomNode::Fragment(_) => return None,
        }
    }
    Some(text)
}

/// The text of an inner token. One that has a word beside others is not one name with them.
fn letters_of(node: &MathNode, is_alone: bool) -> Option<String> {
    use MathNodeType as Type;
    match node.node_type {
        Type::Mrow => {
            let alone = is_alone && node.children.len() == 1;
            let pieces = node.children.iter().map(|child| match child {
                MathDomNode::Math(child) => letters_of(child, alone),
                _ => None,
            });
            pieces.collect()
        }
        Type::Mi | Type::Mo | Type::Mn | Type::Mtext => {
            let text = text_of(node)?;
            let variant = node.attributes.get("mathvariant").map_or("", String::as_str);
            (is_alone || text.chars().count() == 1).then(|| alphabets::letters(&text, variant))
        }
        _ => None,
    }
}

/// The lines around or through a thing, of which browsers know none.
fn enclosure(node: &MathNode) -> String {
    let notation = node.attributes.get("notation").map_or("", String::as_str);
    let is_table = matches!(node.children.as_slice(),
        [MathDomNode::Math(child)] if child.node_type == MathNodeType::Mtable);
    let mut rules: Vec<Cow<'_, str>> = Vec::new();
    for name in notation.split_whitespace() {
        rules.push(match name {
            "box" => "padding:.2em .3em;border:.06em solid".into(),
            "updiagonalstrike" => strike("to bottom right"),
            "downdiagonalstrike" => strike("to top right"),
            "horizontalstrike" => strike("to bottom"),
            "actuarial" => "padding:.1em .1em 0 0;border-top:.06em solid;border-right:.06em solid".into(),
            "phasorangle" => "padding:0 .2em .1em;border-left:.06em solid;border-bottom:.06em solid".into(),
            side => format!("border-{}:.06em solid", table_side(side, is_table)).into(),
        });
    }
    // Both lines of a cross are images of one background.
    let (strikes, others): (Vec<_>, Vec<_>) = rules.into_iter().partition(|rule| rule.starts_with("linear"));
    let background = (!strikes.is_empty()).then(|| format!("background:{}", strikes.join(",")));
    background
        .into_iter()
        .chain(others.into_iter().map(Cow::into_owned))
        .collect::<Vec<_>>()
        .join(";")
}

fn strike(direction: &str) -> Cow<'static, str> {
    format!("linear-gradient({direction},#0000 calc(50% - .04em),currentColor 0 calc(50% + .04em),#0000 0)")
        .into()
}

/// The side that KaTeX means. Of tables it takes the rules above and below for those beside them.
fn table_side(side: &str, is_table: bool) -> &str {
    match side {
        "left" if is_table => "top",
        "right" if is_table => "bottom",
        "top" if is_table => "left",
        "bottom" if is_table => "right",
        side => side,
    }
}

/// A thing with space around it. Where KaTeX adds to its size (`+0.6em`), browsers know a padding.
fn padded(node: &MathNode, out: &mut String) {
    let attribute = |name: &str| node.attributes.get(name).map_or("", String::as_str);
    if attribute("width").starts_with('+') {
        let above = if attribute("height").starts_with('+') {
            attribute("voffset")
        } else {
            "0"
        };
        let mut style = format!("padding:{above} {}", attribute("lspace"));
        for (name, property) in [("mathbackground", "background"), ("style", "border")] {
            let value = attribute(name).trim_start_matches("border:").trim();
            if !value.is_empty() && is_plain(value) {
                style.push_str(&format!(";{property}:{value}"));
            }
        }
        open("mrow", vec![("style", style.into())], ">", out);
        children(&node.children, out);
        return close("mrow", out);
    }
    let mut attributes = known(node);
    attributes.retain(|(_, value)| !value.starts_with('+') && !value.contains("width"));
    open("mpadded", attributes, ">", out);
    children(&node.children, out);
    close("mpadded", out);
}

/// Returns true if `value` is words, numbers and a colour: it ends no declaration and begins no function.
fn is_plain(value: &str) -> bool {
    value
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'#' | b'.'))
}

/// A space, or a rule, whose colour is that of the text.
fn space(node: &MathNode, out: &mut String) {
    let mut attributes = known(node);
    attributes.retain(|(name, value)| *name != "mathbackground" || value != "black");
    if attributes.len() < known(node).len() {
        attributes.push(("style", "background:currentColor".into()));
    }
    if !attributes.is_empty() {
        open("mspace", attributes, "/>", out);
    }
}
