//! Sizes of pictures are written into the page, so that nothing moves when they are loaded, and all but the first of a
//! page are loaded when they are needed.
//!
//! The author's own attributes stay: a width alone gets the height that belongs to it, and a picture whose `style` sets
//! its height gets nothing.

use crate::markup::dom::{Element, Inside};
use crate::shortcodes::BodyContext;
use crate::source::Size;

/// The pictures of a page, of any origin.
pub(crate) struct Pictures<'a> {
    cx: &'a BodyContext<'a>,
    first: bool,
}

impl<'a> Pictures<'a> {
    pub(crate) fn new(cx: &'a BodyContext<'a>) -> Self {
        Self { cx, first: true }
    }

    /// Treats the next element of the page, whose links have been resolved.
    pub(crate) fn element(&mut self, element: &mut Element) {
        if element.name != "img" {
            return;
        }
        if let Some(Inside::Asset(file)) = element.to
            && let Some(size) = self.cx.tree.get(file).and_then(|file| file.facts.picture)
        {
            measure(element, size);
        }
        // The first picture is likely to be in sight, and must not wait for the layout.
        let usual = [("loading", "lazy"), ("decoding", "async")];
        for (name, value) in usual.into_iter().skip(usize::from(self.first)) {
            if element.get(name).is_none() {
                element.set(name, value);
            }
        }
        self.first = false;
    }
}

/// Sets `width` and `height`, or the one of them that is missing.
fn measure(element: &mut Element, size: Size) {
    if element
        .get("style")
        .is_some_and(|style| style.to_ascii_lowercase().contains("height"))
    {
        return;
    }
    match (element.get("width"), element.get("height")) {
        (None, None) => {
            element.set("width", size.width.to_string());
            element.set("height", size.height.to_string());
        }
        (Some(width), None) => {
            if let Some(height) = scaled(width, size.height, size.width) {
                element.set("height", height);
            }
        }
        (None, Some(height)) => {
            if let Some(width) = scaled(height, size.width, size.height) {
                element.set("width", width);
            }
        }
        (Some(_), Some(_)) => {}
    }
}

/// The other side of a picture that is shown with one side of `written` pixels; nothing for a percentage.
fn scaled(written: &str, other: u32, one: u32) -> Option<String> {
    let written = written.trim().trim_end_matches("px");
    let pixels: f64 = written.parse().ok().filter(|pixels| *pixels >= 1.0)?;
    Some(
        (pixels * f64::from(other) / f64::from(one))
            .round()
            .max(1.0)
            .to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::dom::{By, write_nodes};

    fn measured(attrs: &[(&'static str, &str)]) -> String {
        let mut image = Element::new("img", By::Html);
        for (name, value) in attrs {
            image.set(name, *value);
        }
        measure(
            &mut image,
            Size {
                width: 400,
                height: 100,
            },
        );
        let mut out = String::new();
        write_nodes(&[image.into()], &mut out);
        out
    }

    #[test]
    fn a_side_that_the_author_names_decides_on_the_other() {
        for (attrs, expected) in [
            (&[][..], "<img width=\"400\" height=\"100\">"),
            (&[("width", "200")], "<img width=\"200\" height=\"50\">"),
            (&[("width", "200px")], "<img width=\"200px\" height=\"50\">"),
            (&[("height", "50")], "<img height=\"50\" width=\"200\">"),
            (&[("width", "50%")], "<img width=\"50%\">"),
            (
                &[("width", "7"), ("height", "7")],
                "<img width=\"7\" height=\"7\">",
            ),
            (&[("style", "Height: 3em")], "<img style=\"Height: 3em\">"),
        ] {
            assert_eq!(measured(attrs), expected);
        }
    }
}
