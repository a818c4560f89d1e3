//! Transitions in HTML text and tags.

use super::place::{Attr, Delimiter, Element, Place, State};

/// White space as HTML defines it.
pub(super) const SPACE: [char; 5] = [' ', '\t', '\n', '\x0c', '\r'];

fn skip_space(text: &str) -> usize {
    text.len() - text.trim_start_matches(SPACE).len()
}

/// Up to the name of a tag, or into a comment.
pub(super) fn text(place: &mut Place, text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find('<') {
        let open = from + at;
        let rest = &text[open..];
        if rest.starts_with("<!--") {
            *place = Place {
                state: State::HtmlComment,
                ..Place::default()
            };
            return open + 4;
        }
        let (closes, name) = match rest[1..].strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, &rest[1..]),
        };
        let length = tag_name(name);
        if length > 0 {
            let element = if closes {
                Element::Other
            } else {
                element(&name[..length])
            };
            *place = Place::in_element(State::Tag, element);
            return text.len() - name.len() + length;
        }
        from = open + 1;
    }
    text.len()
}

/// Length of a tag's name: a letter, then letters, digits, and single `:` or `-` between them.
fn tag_name(text: &str) -> usize {
    let bytes = text.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return 0;
    }
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let joins = matches!(byte, b':' | b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        match byte.is_ascii_alphanumeric() || joins {
            true => at += 1,
            false => break,
        }
    }
    at
}

fn element(name: &str) -> Element {
    match name.to_ascii_lowercase().as_str() {
        "script" => Element::Script,
        "style" => Element::Style,
        "textarea" => Element::Textarea,
        "title" => Element::Title,
        _ => Element::Other,
    }
}

/// Offset of the end tag of an element whose content is no HTML.
pub(super) fn end_tag(text: &str, element: Element) -> Option<usize> {
    let name = match element {
        Element::Other => return None,
        Element::Script => "script",
        Element::Style => "style",
        Element::Textarea => "textarea",
        Element::Title => "title",
    };
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        let after = &text[at + 2..];
        let same = after
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        same && after[name.len()..].starts_with([' ', '\t', '\n', '\x0c', '/', '>'])
    })
}

/// Inside a tag: its end, or the name of an attribute.
pub(super) fn tag(place: &mut Place, text: &str) -> usize {
    let start = skip_space(text);
    let rest = &text[start..];
    if rest.is_empty() {
        return text.len();
    }
    if rest.starts_with('>') {
        let state = match place.element {
            Element::Other => State::Text,
            Element::Script => State::Js,
            Element::Style => State::Css,
            Element::Textarea | Element::Title => State::Rcdata,
        };
        *place = Place::in_element(state, place.element);
        return start + 1;
    }
    let length = attr_name_length(rest);
    if length == 0 {
        // No name can begin here; Go makes an error of it.
        return start + rest.chars().next().map_or(1, char::len_utf8);
    }
    let attr = attr(&rest[..length], place.element);
    let state = if length == rest.len() {
        State::AttrName
    } else {
        State::AfterName
    };
    *place = Place {
        attr,
        ..Place::in_element(state, place.element)
    };
    start + length
}

fn attr_name_length(text: &str) -> usize {
    text.find([' ', '\t', '\n', '\x0c', '\r', '=', '>', '\'', '"', '<'])
        .unwrap_or(text.len())
}

fn attr(name: &str, element: Element) -> Attr {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "type" if element == Element::Script => Attr::ScriptType,
        name => attr_kind(name),
    }
}

/// The kind of an attribute's value, judged by its name.
pub(super) fn attr_kind(name: &str) -> Attr {
    const URLS: [&str; 17] = [
        "action",
        "archive",
        "background",
        "cite",
        "classid",
        "codebase",
        "data",
        "formaction",
        "href",
        "icon",
        "longdesc",
        "manifest",
        "poster",
        "profile",
        "src",
        "usemap",
        "xmlns",
    ];
    let name = match (name.strip_prefix("data-"), name.split_once(':')) {
        (Some(name), _) => name,
        (None, Some(("xmlns", _))) => return Attr::Url,
        (None, Some((_, short))) => short,
        (None, None) => name,
    };
    match name {
        "style" => Attr::Style,
        "srcset" => Attr::Srcset,
        _ if URLS.contains(&name) => Attr::Url,
        _ if PLAIN_NAMES.contains(&name) => Attr::Plain,
        _ if name.starts_with("on") => Attr::Script,
        _ if ["src", "uri", "url"].iter().any(|part| name.contains(part)) => Attr::Url,
        _ => Attr::Plain,
    }
}

/// Known names that would look like URLs or scripts.
const PLAIN_NAMES: [&str; 2] = ["srcdoc", "srclang"];

/// Goes on behind a name that a value may have been part of.
pub(super) fn attr_name(place: &mut Place, text: &str) -> usize {
    let length = attr_name_length(text);
    if length == text.len() {
        return length;
    }
    place.state = State::AfterName;
    // A quote cannot be part of a name; it is passed over.
    length + usize::from(text[length..].starts_with(['\'', '"', '<']))
}

pub(super) fn after_name(place: &mut Place, text: &str) -> usize {
    let start = skip_space(text);
    if start == text.len() {
        return start;
    }
    if text[start..].starts_with('=') {
        place.state = State::BeforeValue;
        return start + 1;
    }
    place.state = State::Tag;
    start
}

pub(super) fn before_value(place: &mut Place, text: &str) -> usize {
    let start = skip_space(text);
    if start == text.len() {
        return start;
    }
    let (delimiter, length) = match text.as_bytes()[start] {
        b'"' => (Delimiter::Double, 1),
        b'\'' => (Delimiter::Single, 1),
        _ => (Delimiter::Space, 0),
    };
    place.state = value_state(place.attr);
    place.delimiter = delimiter;
    start + length
}

/// The place at the start of an attribute's value.
pub(super) fn value_state(attr: Attr) -> State {
    match attr {
        Attr::Plain | Attr::ScriptType => State::Attr,
        Attr::Script => State::Js,
        Attr::Style => State::Css,
        Attr::Url => State::Url,
        Attr::Srcset => State::Srcset,
    }
}

pub(super) fn comment(place: &mut Place, text: &str) -> usize {
    match text.find("-->") {
        Some(end) => {
            *place = Place::default();
            end + 3
        }
        None => text.len(),
    }
}

/// The text of a piece of HTML, without its tags and comments.
pub(crate) fn strip_tags(html: &str) -> String {
    let mut out = String::new();
    let mut place = Place::default();
    let mut at = 0;
    while at < html.len() {
        let before = place.clone();
        // Scripts and styles are passed over up to their end tag, whatever is in them.
        let is_code = matches!(place.state, State::Js | State::Css);
        if is_code {
            place.state = State::Rcdata;
        }
        let read = place.advance(&html[at..]);
        let end = at + read;
        if is_code && place.state == State::Rcdata {
            place.state = before.state;
        }
        if matches!(before.state, State::Text | State::Rcdata) {
            let left = place.state != before.state;
            let stop = if left {
                html[at..end].rfind('<').map_or(end, |bracket| at + bracket)
            } else {
                end
            };
            out.push_str(&html[at..stop]);
        }
        if read == 0 && place == before {
            break;
        }
        at = end;
    }
    out
}
