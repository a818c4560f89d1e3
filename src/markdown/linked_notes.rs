//! References to footnotes in the texts of links: `[text[^1]](target)`.
//!
//! pulldown-cmark sees no link there. Marks stand in the places of such references while it reads; where the notes go in
//! the end, [`footnotes`] knows.

use memchr::memmem;

use super::footnotes;
use super::references::References;
use crate::markup::marks::{self, Exchange};
use crate::markup::range_map::RangeMap;

/// Takes the references out of `text` that stand in the texts of links: the text with marks in their places, and its map.
/// They are added to `table`, which the marks are numbered by. `None` when there are none.
pub(super) fn take(
    text: &str,
    map: &RangeMap,
    table: &mut Vec<Exchange>,
    references: &References,
) -> Option<(String, RangeMap)> {
    let mut out = String::new();
    let mut places = RangeMap::default();
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), "[^") {
        let Some(label) = text[at + "[^".len()..].split([']', '[', '\n']).next() else {
            continue;
        };
        let end = at + "[^".len() + label.len() + "]".len();
        if at < done
            || !text[..end.min(text.len())].ends_with(']')
            || !is_in_link(&text[..at], &text[end..])
            || !(references.has_note(label) || text.contains(&format!("[^{label}]:")))
            || table.len() >= marks::MAX
        {
            continue;
        }
        let file = map.position(at).map(|(file, _)| file);
        places.extend(map, done..at, out.len());
        out.push_str(&text[done..at]);
        places.extend(map, at..end, out.len());
        out.push(marks::mark(table.len()));
        table.push(Exchange {
            nodes: vec![footnotes::reference(label, file).into()],
            text: text[at..end].to_owned(),
        });
        done = end;
    }
    if done == 0 {
        return None;
    }
    places.extend(map, done..text.len(), out.len());
    out.push_str(&text[done..]);
    Some((out, places))
}

/// Whether what stands between the two texts is in brackets of which a link can be made.
fn is_in_link(before: &str, after: &str) -> bool {
    let paragraph = before.rfind("\n\n").map_or(0, |gap| gap + 2);
    let mut open = 0;
    let is_opened = before[paragraph..].char_indices().rev().any(|(at, c)| {
        let is_escaped = before[..paragraph + at].ends_with('\\');
        match c {
            '[' if !is_escaped && open == 0 => return true,
            '[' if !is_escaped => open -= 1,
            ']' if !is_escaped => open += 1,
            _ => {}
        }
        false
    });
    let mut open = 0;
    let mut previous = ' ';
    let closed = after.char_indices().find(|(_, c)| {
        let c = if std::mem::replace(&mut previous, *c) == '\\' {
            ' '
        } else {
            *c
        };
        match c {
            ']' if open == 0 => return true,
            ']' => open -= 1,
            '[' => open += 1,
            _ => {}
        }
        false
    });
    is_opened && closed.is_some_and(|(at, _)| after[at + 1..].starts_with(['(', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Option<String> {
        take(
            text,
            &RangeMap::default(),
            &mut Vec::new(),
            &References::default(),
        )
        .map(|(text, _)| text.replace(marks::mark(0), "M"))
    }

    #[test]
    fn a_reference_in_the_text_of_a_link_is_taken_out() {
        assert_eq!(taken("[a[^1]](b)\n\n[^1]: c").unwrap(), "[aM](b)\n\n[^1]: c");
        assert_eq!(
            taken("[a [^1] *b*][c]\n\n[^1]: c").unwrap(),
            "[a M *b*][c]\n\n[^1]: c"
        );
    }

    #[test]
    fn others_stay() {
        for text in [
            "a[^1] [b](c)\n\n[^1]: d",
            "[a] [^1](b)\n\n[^1]: d",
            "[a[^1]] b\n\n[^1]: d",
            "[a[^2]](b)\n\n[^1]: d",
            "\\[a[^1]](b)\n\n[^1]: d",
            "[a\n\nb[^1]](c)\n\n[^1]: d",
            "[a[^1",
        ] {
            assert_eq!(taken(text), None, "{text}");
        }
    }
}
