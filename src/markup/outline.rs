//! The headings of the page as a list in its text, where a shortcode left its place.

use crate::config::Toc;
use crate::markup::dom::{By, Element, Node, for_each_element};
use crate::markup::html;
use crate::markup::role::{OutlineForm, Role};
use crate::markup::tree_builder::Tree;

/// A heading of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level, 1 to 6.
    pub level: u8,
    /// Its id; empty when it has none.
    pub id: String,
    /// Content as HTML, without links.
    pub html: String,
    /// Content as text.
    pub text: String,
}

/// Lowest level in the list.
const MAX_LEVEL: u8 = 4;

/// Fills every place for it; `levels` are those of Hugo's list.
pub(crate) fn apply(nodes: &mut [Node], outline: &[Heading], levels: Toc) {
    for_each_element(nodes, &mut |element| {
        if let Some(Role::Outline(form)) = element.role.as_deref() {
            element.children = match form {
                OutlineForm::TableOfContents => table_of_contents(outline, levels),
                OutlineForm::List => list(outline),
            };
        }
    });
}

/// The table of contents as Hugo prints it: a level that is left out is an item without text.
pub(crate) fn table_of_contents(outline: &[Heading], levels: Toc) -> Vec<Node> {
    let headings: Vec<&Heading> = outline
        .iter()
        .filter(|heading| (levels.start_level..=levels.end_level).contains(&heading.level))
        .collect();
    let mut rest = headings.as_slice();
    if rest.is_empty() {
        return Vec::new();
    }
    vec![every_level(&mut rest, levels.start_level, levels.ordered)]
}

/// A list of the headings from `level` on, up to the first one above it.
fn every_level(rest: &mut &[&Heading], level: u8, ordered: bool) -> Node {
    let mut list = Element::new(if ordered { "ol" } else { "ul" }, By::Wsgen);
    while let Some((heading, after)) = rest.split_first().filter(|(heading, _)| heading.level >= level) {
        let mut item = Element::new("li", By::Wsgen);
        if heading.level == level {
            *rest = after;
            item.children.push(link(heading));
        }
        if rest.first().is_some_and(|next| next.level > level) {
            item.children.push(every_level(rest, level + 1, ordered));
        }
        list.children.push(item.into());
    }
    list.into()
}

/// The headings nested by their levels.
fn list(outline: &[Heading]) -> Vec<Node> {
    let headings: Vec<&Heading> = outline
        .iter()
        .filter(|heading| (2..=MAX_LEVEL).contains(&heading.level))
        .collect();
    let mut rest = headings.as_slice();
    let mut items = Vec::new();
    while !rest.is_empty() {
        items.extend(level(&mut rest));
    }
    if items.is_empty() {
        return Vec::new();
    }
    vec![Element::new("ul", By::Wsgen).with(items).into()]
}

/// Items for the headings up to the first that is above the first one.
fn level(rest: &mut &[&Heading]) -> Vec<Node> {
    let mut items: Vec<Node> = Vec::new();
    let top = rest.first().map_or(0, |heading| heading.level);
    while let Some((heading, after)) = rest.split_first() {
        if heading.level < top {
            break;
        }
        *rest = after;
        let mut item = Element::new("li", By::Wsgen).with(vec![link(heading)]);
        while rest.first().is_some_and(|next| next.level > heading.level) {
            let below = Element::new("ul", By::Wsgen).with(level(rest));
            item.children.push(below.into());
        }
        items.push(item.into());
    }
    items
}

fn link(heading: &Heading) -> Node {
    let mut tree = Tree::default();
    tree.html(html::pieces(&heading.html), None);
    let name = if heading.id.is_empty() { "span" } else { "a" };
    let mut link = Element::new(name, By::Wsgen).with(tree.finish());
    if !heading.id.is_empty() {
        link = link.attr("href", format!("#{}", heading.id));
    }
    link.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::dom::text_of;

    fn heading(level: u8) -> Heading {
        Heading {
            level,
            id: format!("h{level}"),
            html: format!("<b>{level}</b>"),
            text: level.to_string(),
        }
    }

    fn depths(levels: &[u8]) -> String {
        fn walk(node: &Node, out: &mut String) {
            let Node::Element(element) = node else { return };
            match &*element.name {
                "ul" => {
                    out.push('(');
                    element.children.iter().for_each(|child| walk(child, out));
                    out.push(')');
                }
                "li" => element.children.iter().for_each(|child| walk(child, out)),
                _ => out.push_str(&text_of(std::slice::from_ref(node))),
            }
        }
        let outline: Vec<Heading> = levels.iter().copied().map(heading).collect();
        let mut out = String::new();
        list(&outline).iter().for_each(|node| walk(node, &mut out));
        out
    }

    #[test]
    fn headings_nest_by_level() {
        assert_eq!(depths(&[2, 3, 3, 2]), "(2(33)2)");
        assert_eq!(depths(&[2, 4, 3]), "(2(4)(3))");
        assert_eq!(depths(&[3, 2, 3]), "(32(3))");
        assert_eq!(depths(&[1, 5]), "");
    }

    #[test]
    fn hugos_table_has_every_level() {
        let levels = Toc {
            start_level: 2,
            end_level: 3,
            ordered: false,
        };
        let outline = [heading(3), heading(2), heading(4)];
        let mut html = String::new();
        crate::markup::dom::write_nodes(&table_of_contents(&outline, levels), &mut html);
        let link = |level| format!("<a href=\"#h{level}\"><b>{level}</b></a>");
        assert_eq!(
            html.replace('\n', ""),
            format!(
                "<ul><li><ul><li>{}</li></ul></li><li>{}</li></ul>",
                link(3),
                link(2)
            )
        );
        assert!(table_of_contents(&[], levels).is_empty());
    }
}
