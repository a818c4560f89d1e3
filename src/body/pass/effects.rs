//! Effects that authors write into the query of a picture or link: `a.png?width=50pc&classes=shadow,border` of the
//! learn theme, `page?target=_blank` of relearn.
//!
//! They become attributes and classes; there is no inline style in them, so that pages can forbid it. A query with
//! anything else in it is none of ours and stays. Targets outside the site keep their query, which may mean something
//! there.

use percent_encoding::percent_decode_str;

use crate::address::is_external;
use crate::markup::dom::{By, Element};

/// Treats an element, where it is a picture or link of Markdown.
pub(crate) fn apply(element: &mut Element) {
    if element.by != By::Markdown {
        return;
    }
    match &*element.name {
        "img" => effects(element, "src", is_picture_effect, picture),
        "a" => effects(element, "href", is_link_effect, link),
        _ => {}
    }
}

/// Applies the query of the attribute `name` where all of it is effects.
fn effects(
    element: &mut Element,
    name: &'static str,
    known: fn(&str) -> bool,
    apply: fn(&mut Element, &str, &str),
) {
    let Some(url) = element.get(name).map(str::to_owned) else {
        return;
    };
    let (address, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let Some((path, query)) = address.split_once('?') else {
        return;
    };
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(pair)
        .collect();
    if pairs.is_empty() || !pairs.iter().all(|(key, _)| known(key)) || !is_asked_for(name, &pairs) {
        return;
    }
    for (key, value) in &pairs {
        apply(element, key, value);
    }
    if !is_external(path) {
        element.set(name, format!("{path}{fragment}"));
    }
}

/// `title` and `rel` alone are more likely a query.
fn is_asked_for(name: &str, pairs: &[(String, String)]) -> bool {
    name == "src"
        || pairs
            .iter()
            .any(|(key, value)| key == "download" || (key == "target" && value.starts_with('_')))
}

fn pair(written: &str) -> (String, String) {
    let (key, value) = written.split_once('=').unwrap_or((written, ""));
    (
        key.to_ascii_lowercase(),
        percent_decode_str(value).decode_utf8_lossy().into_owned(),
    )
}

fn is_picture_effect(key: &str) -> bool {
    matches!(
        key,
        "width"
            | "height"
            | "classes"
            | "featherlight"
            | "lightbox"
            | "border"
            | "shadow"
            | "lazy"
            | "dataurl"
            | "inlinecontent"
            | "noclick"
    )
}

fn picture(element: &mut Element, key: &str, value: &str) {
    let on = !value.eq_ignore_ascii_case("false");
    match key {
        "width" | "height" => {
            if let Some(length) = length(value) {
                element.set(if key == "width" { "width" } else { "height" }, length);
            }
        }
        "classes" => {
            for class in value.split([',', ' ']).filter(|class| is_word(class)) {
                element.add_class(&format!("img-{}", class.to_ascii_lowercase()));
            }
        }
        "border" | "shadow" if on => element.add_class(&format!("img-{key}")),
        "lazy" if on => element.set("loading", "lazy"),
        // The rest chooses between ways of enlarging or embedding, of which there is one.
        _ => {}
    }
}

fn is_link_effect(key: &str) -> bool {
    matches!(key, "target" | "download" | "rel" | "title")
}

fn link(element: &mut Element, key: &str, value: &str) {
    match key {
        "target" if value == "_blank" => {
            element.set("target", value);
            if element.get("rel").is_none() {
                element.set("rel", "noopener");
            }
        }
        "target" => element.set("target", value),
        "download" if !value.eq_ignore_ascii_case("false") => element.set("download", value),
        "rel" => element.set("rel", value),
        "title" => element.set("title", value),
        _ => {}
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// A length of CSS as the attribute takes it: pixels or a percentage.
fn length(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let unit_at = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..unit_at].parse().ok()?;
    let pixels = match &text[unit_at..] {
        "%" | "vw" => return Some(format!("{}%", number.round())),
        "" | "px" => 1.0,
        "pc" | "em" | "rem" => 16.0,
        "pt" => 4.0 / 3.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        _ => return None,
    };
    Some((number * pixels).round().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::dom::write_nodes;

    fn treated(name: &'static str, attr: &'static str, url: &str) -> String {
        let mut element = Element::new(name, By::Markdown).attr(attr, url);
        apply(&mut element);
        let mut out = String::new();
        write_nodes(&[element.into()], &mut out);
        out
    }

    #[test]
    fn pictures_get_size_and_classes() {
        assert_eq!(
            treated(
                "img",
                "src",
                "a.png?width=50pc&height=30%25&classes=shadow,border#x"
            ),
            "<img src=\"a.png#x\" width=\"800\" height=\"30%\" class=\"img-shadow img-border\">"
        );
        assert_eq!(
            treated("img", "src", "a.png?featherlight=false&lazy=true"),
            "<img src=\"a.png\" loading=\"lazy\">"
        );
    }

    #[test]
    fn a_query_with_anything_else_stays() {
        assert_eq!(
            treated("img", "src", "a.png?width=5&raw=true"),
            "<img src=\"a.png?width=5&amp;raw=true\">"
        );
        assert_eq!(
            treated("a", "href", "wiki?title=x"),
            "<a href=\"wiki?title=x\"></a>"
        );
    }

    #[test]
    fn a_picture_of_another_site_keeps_its_query() {
        assert_eq!(
            treated("img", "src", "https://e.org/a.png?width=200px"),
            "<img src=\"https://e.org/a.png?width=200px\" width=\"200\">"
        );
    }

    #[test]
    fn links_get_target_and_download() {
        assert_eq!(
            treated("a", "href", "x.zip?target=_blank&download"),
            "<a href=\"x.zip\" target=\"_blank\" rel=\"noopener\" download=\"\"></a>"
        );
    }

    #[test]
    fn lengths_that_no_attribute_can_hold_are_left_out() {
        assert_eq!(length("auto"), None);
        assert_eq!(length("1e999px"), None);
        assert_eq!(length("2.54cm").as_deref(), Some("96"));
    }
}
