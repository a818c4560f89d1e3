//! Tags of MathML.

use std::borrow::Cow;

use crate::markup::dom::escape_attr;

/// Opens an element; `end` is the end of its tag, such as `>`.
pub(super) fn open(name: &str, attributes: Vec<(&str, Cow<'_, str>)>, end: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape_attr(&value, out);
        out.push('"');
    }
    out.push_str(end);
}

/// Closes an element.
pub(super) fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}
