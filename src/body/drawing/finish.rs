//! A drawing of the library becomes one for a page: without scripts, links and foreign elements, with the page's colours,
//! and with a name and a description.

use super::palette;
use super::{Drawing, ID};
use crate::markup::dom::{Attr, By, Element, escape_attr, escape_text, write_open};
use crate::markup::html::{self, Piece};

/// Labels beyond these are not part of a description.
const MOST_LABELS: usize = 40;

/// Reads the drawing `svg`; `None` if it is none that a page can show.
pub(super) fn drawing(svg: &str, own: bool) -> Option<Drawing> {
    let mut reader = Reader::new(own);
    for piece in html::pieces(svg) {
        reader.piece(piece)?;
    }
    reader.finish()
}

/// The finished element.
pub(super) fn svg(drawing: &Drawing, id: &str, title: &str) -> String {
    let width = drawing.width.ceil();
    let root = Element::new("svg", By::Wsgen)
        .attr("id", id)
        .attr("class", drawing.class.as_str())
        .attr("viewBox", drawing.view.as_str())
        .attr("width", "100%")
        .attr("style", format!("max-width:{width}px;--natural:{width}px"))
        .attr("role", "img")
        .attr("aria-labelledby", format!("{id}-title"))
        .attr("aria-describedby", format!("{id}-desc"));
    let mut out = String::with_capacity(drawing.content.len() + 500);
    write_open(&root, &mut out, &mut Vec::new());
    for (name, text) in [("title", title), ("desc", &drawing.description)] {
        out.push_str(&format!("<{name} id=\"{id}-{name}\">"));
        escape_text(text, &mut out);
        out.push_str(&format!("</{name}>"));
    }
    out.push_str(&drawing.content.replace(ID, id));
    out.push_str("</svg>");
    out
}

/// An element that is open.
struct Open {
    name: String,
    /// Left out, with its tags only or with everything in it.
    left_out: LeftOut,
    /// The colour for text on an author's fill.
    ink: Option<&'static str>,
    /// True for elements around a shape and its label.
    group: bool,
    /// True for one around a node.
    node: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LeftOut {
    Nothing,
    Tags,
    All,
    Title,
    Description,
}

struct Reader {
    own: bool,
    open: Vec<Open>,
    root: Option<(String, String)>,
    content: String,
    title: String,
    description: String,
    labels: Vec<String>,
    /// True for the text of a label that the library has moved to the left.
    centred: bool,
}

impl Reader {
    fn new(own: bool) -> Self {
        Self {
            own,
            open: Vec::new(),
            root: None,
            content: String::new(),
            title: String::new(),
            description: String::new(),
            labels: Vec::new(),
            centred: false,
        }
    }

    fn piece(&mut self, piece: Piece) -> Option<()> {
        match piece {
            Piece::Open { name, attrs, closed } => self.open(&name, attrs, closed)?,
            Piece::Close(name) => self.close(&name),
            Piece::Text(text) => self.text(&text),
            Piece::Comment(_) => {}
        }
        Some(())
    }

    fn open(&mut self, name: &str, mut attrs: Vec<Attr>, closed: bool) -> Option<()> {
        if self.root.is_none() {
            let get = |wanted: &str| value(&attrs, wanted).unwrap_or_default().to_owned();
            self.root = (name == "svg").then(|| (get("class"), get("viewbox")));
            return self.root.is_some().then_some(());
        }
        self.centre(name, &mut attrs);
        let class = value(&attrs, "class").unwrap_or_default();
        let node = class.split_ascii_whitespace().next() == Some("node");
        let inside = |wanted: &str| self.open.iter().any(|open| open.name == wanted);
        let left_out = match name {
            _ if self.is_left_out() => LeftOut::All,
            // A label beside another one that is text of the drawing.
            "foreignobject" if inside("switch") => LeftOut::All,
            // What a page may not have, or what has no place in a picture.
            "script" | "foreignobject" | "image" | "iframe" => return None,
            "a" => LeftOut::Tags,
            "title" if self.open.is_empty() => LeftOut::Title,
            "desc" if self.open.is_empty() => LeftOut::Description,
            "title" | "desc" => return None,
            _ => LeftOut::Nothing,
        };
        let is_text = matches!(name, "text" | "tspan");
        if name == "text" && left_out == LeftOut::Nothing {
            self.labels.push(String::new());
        }
        if left_out == LeftOut::Nothing {
            if !is_text && !self.own {
                self.take_ink(&attrs);
            }
            let ink = self.ink().filter(|_| is_text);
            self.write(name, attrs, ink, closed);
        }
        if !closed {
            let group = name == "g";
            self.open.push(Open {
                name: name.to_owned(),
                left_out,
                ink: None,
                group,
                node,
            });
        }
        Some(())
    }

    fn write(&mut self, name: &str, attrs: Vec<Attr>, ink: Option<&str>, closed: bool) {
        self.content.push('<');
        self.content.push_str(name);
        let mut style = String::new();
        for (name, value) in attrs {
            if !is_kept(&name) {
                continue;
            }
            let mut value = value.unwrap_or_default();
            if !self.own {
                value = palette::named(&value);
            }
            if name == "style" {
                style = value;
            } else if !value.is_empty() {
                self.attribute(&name, &value);
            }
        }
        if let Some(ink) = ink {
            style = format!("{style};fill:{ink}!important");
        }
        let style = style.trim_matches([';', ' ']);
        if !style.is_empty() {
            self.attribute("style", style);
        }
        self.content.push_str(if closed { "/>" } else { ">" });
    }

    /// Puts the label of a state in the middle of its box, which the library makes wider than the label.
    fn centre(&mut self, name: &str, attrs: &mut Vec<Attr>) {
        let is_states = self
            .root
            .as_ref()
            .is_some_and(|(class, _)| class == "statediagram");
        if !is_states {
            return;
        }
        let in_node = self.open.last().is_some_and(|open| open.node);
        if name == "g" && in_node && value(attrs, "class") == Some("label") {
            let transform = attrs.iter_mut().find(|(name, _)| name == "transform");
            let moved = transform.and_then(|(_, value)| {
                let (_, down) = value.as_deref()?.strip_prefix("translate(-")?.split_once(',')?;
                *value = Some(format!("translate(0,{down}"));
                Some(())
            });
            self.centred = moved.is_some();
        } else if name == "text" && std::mem::take(&mut self.centred) {
            attrs.push(("text-anchor".into(), Some("middle".to_owned())));
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.content.push(' ');
        self.content.push_str(name);
        self.content.push_str("=\"");
        escape_attr(value, &mut self.content);
        self.content.push('"');
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return;
        };
        for open in self.open.drain(at..).rev() {
            if open.left_out == LeftOut::Nothing {
                self.content.push_str("</");
                self.content.push_str(&open.name);
                self.content.push('>');
            }
        }
    }

    fn is_left_out(&self) -> bool {
        self.open.iter().any(|open| open.left_out == LeftOut::All)
    }

    fn text(&mut self, text: &str) {
        if self.is_left_out() {
            return;
        }
        match self.open.last().map(|open| (open.left_out, &*open.name)) {
            None => {}
            Some((LeftOut::Title, _)) => self.title.push_str(text),
            Some((LeftOut::Description, _)) => self.description.push_str(text),
            Some((_, "style")) => {
                let css = text.replace("font-family:inherit;", "");
                self.content
                    .push_str(&if self.own { css } else { palette::named(&css) });
            }
            Some(_) => {
                if self.open.iter().any(|open| open.name == "text")
                    && let Some(label) = self.labels.last_mut()
                {
                    label.push_str(text);
                }
                escape_text(text, &mut self.content);
            }
        }
    }

    /// Notes what colour text needs on an author's fill, for the group that the shape stands in.
    fn take_ink(&mut self, attrs: &[Attr]) {
        let style = value(attrs, "style").unwrap_or_default();
        let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        let fill = rules.rfind(|(name, _)| name.trim() == "fill");
        let fill = fill.map(|(_, colour)| colour.trim());
        let of_author = fill.filter(|colour| !palette::is_part(colour));
        let Some(ink) = of_author.and_then(ink_on) else {
            return;
        };
        if let Some(group) = self.open.iter_mut().rev().find(|open| open.group) {
            group.ink = Some(ink);
        }
    }

    fn ink(&self) -> Option<&'static str> {
        self.open.iter().rev().find_map(|open| open.ink)
    }

    fn finish(self) -> Option<Drawing> {
        let (class, view) = self.root?;
        let width = view.split_whitespace().nth(2)?.parse().ok()?;
        let mut labels: Vec<String> = Vec::new();
        for label in self.labels {
            let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
            if !label.is_empty() && !labels.contains(&label) && labels.len() < MOST_LABELS {
                labels.push(label);
            }
        }
        // A picture without any text is that of an empty diagram.
        if labels.is_empty() {
            return None;
        }
        let description = match self.description.trim() {
            "" => labels.join(", "),
            own => own.to_owned(),
        };
        Some(Drawing {
            class,
            view,
            width,
            content: self.content,
            title: self.title.trim().to_owned(),
            description,
            own: self.own,
        })
    }
}

fn value<'a>(attrs: &'a [Attr], wanted: &str) -> Option<&'a str> {
    attrs.iter().find(|(name, _)| name == wanted)?.1.as_deref()
}

/// Attributes that matter to browsers: what scripts would need does not, and what could run does not stay.
fn is_kept(name: &str) -> bool {
    !(name.starts_with("data-")
        || name.starts_with("on")
        || name.starts_with("xmlns")
        || name.starts_with("aria-"))
}

/// The colour for text on a fill that the author wrote as `#rgb`, `#rrggbb` or a name.
fn ink_on(fill: &str) -> Option<&'static str> {
    const DARK_NAMES: [&str; 14] = [
        "black",
        "navy",
        "blue",
        "green",
        "purple",
        "maroon",
        "brown",
        "indigo",
        "teal",
        "red",
        "darkblue",
        "darkgreen",
        "darkred",
        "crimson",
    ];
    const ON_LIGHT: &str = "#1b1f24";
    const ON_DARK: &str = "#f5f7fa";
    let fill = fill.trim_end_matches("!important").trim();
    let Some(hex) = fill.strip_prefix('#') else {
        let named = !fill.is_empty() && fill.bytes().all(|byte| byte.is_ascii_alphabetic());
        let named = named && !matches!(fill, "none" | "transparent" | "inherit" | "currentColor");
        return named.then(|| {
            if DARK_NAMES.contains(&fill) {
                ON_DARK
            } else {
                ON_LIGHT
            }
        });
    };
    let digits: Option<Vec<u32>> = hex.chars().map(|c| c.to_digit(16)).collect();
    let [r, g, b] = match digits?[..] {
        [r, g, b] | [r, g, b, _] => [r * 17, g * 17, b * 17],
        [r, r2, g, g2, b, b2, ..] => [r * 16 + r2, g * 16 + g2, b * 16 + b2],
        _ => return None,
    };
    Some(if r * 299 + g * 587 + b * 114 > 140_000 {
        ON_LIGHT
    } else {
        ON_DARK
    })
}
