//! The headings of the page as a list in its text, where a shortcode put an empty element with `data-outline`.

use crate::body::Heading;
use crate::body::dom::{By, Element, Node, for_each_element};
use crate::body::html;
use crate::body::tree::Tree;

/// Marks the place for the list.
pub(crate) const OUTLINE: &str = "data-outline";
/// Deepest heading in the list.
const DEEPEST: u8 = 4;

/// Fills every such element.
pub(crate) fn apply(nodes: &mut [Node], outline: &[Heading]) {
    for_each_element(nodes, &mut |element| {
        if element.by == By::Wsgen && element.take(OUTLINE).is_some() {
            element.children = list(outline);
        }
    });
}

/// The headings nested by their levels.
fn list(outline: &[Heading]) -> Vec<Node> {
    let headings: Vec<&Heading> = outline
        .iter()
        .filter(|heading| (2..=DEEPEST).contains(&heading.level))
        .collect();
    let mut rest = headings.as_slice();
    if rest.is_empty() {
        Vec::new()
    } else {
        vec![level(&mut rest)]
    }
}

/// A list of the headings up to the first that is above the first one.
fn level(rest: &mut &[&Heading]) -> Node {
    let mut items: Vec<Node> = Vec::new();
    let top = rest.first().map_or(0, |heading| heading.level);
    while let Some((heading, after)) = rest.split_first() {
        if heading.level < top {
            break;
        }
        *rest = after;
        let mut item = Element::new("li", By::Wsgen).with(vec![link(heading)]);
        while rest.first().is_some_and(|next| next.level > heading.level) {
            item.children.push(level(rest));
        }
        items.push(item.into());
    }
    Element::new("ul", By::Wsgen).with(items).into()
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
    use crate::body::dom::text_of;

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
        assert_eq!(depths(&[1, 5]), "");
    }
}
