//! Paragraphs that are one image lose their `<p>`, where the site says so: `wrapStandAloneImageWithinParagraph = false`.

use crate::markup::dom::{By, Element, Node};

/// Puts the image in the place of its paragraph. Attributes of the paragraph go to the image.
pub(super) fn unwrap(nodes: &mut [Node]) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match only_image(element) {
            Some(image) => *node = image,
            None => unwrap(&mut element.children),
        }
    }
}

fn only_image(paragraph: &mut Element) -> Option<Node> {
    let is_image = |node: &Node| {
        let image = node.as_element().filter(|image| image.name == "img");
        image.is_some_and(|image| image.by == By::Markdown)
    };
    if paragraph.name != "p"
        || paragraph.by != By::Markdown
        || !matches!(&*paragraph.children, [one] if is_image(one))
    {
        return None;
    }
    let mut image = paragraph.children.pop()?;
    if let Node::Element(image) = &mut image {
        image.attrs.append(&mut paragraph.attrs);
    }
    Some(image)
}
