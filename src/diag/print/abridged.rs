//! Lists that people read: what matters first, and not the same note a hundred times.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Severity};

/// Notes of one kind that are shown.
const NOTES: usize = 5;

/// Errors and warnings in their order, then the first notes of each kind, and for each kind with further ones its name
/// and their number.
pub fn abridged(list: &[&Diagnostic]) -> (Vec<Diagnostic>, Vec<(&'static str, usize)>) {
    let (notes, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = list
        .iter()
        .partition(|finding| finding.severity == Severity::Note);
    let mut shown: Vec<Diagnostic> = others.into_iter().cloned().collect();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for note in notes {
        let count = counts.entry(note.name()).or_default();
        *count += 1;
        if *count <= NOTES {
            shown.push(note.clone());
        }
    }
    let more = counts
        .into_iter()
        .filter(|(_, count)| *count > NOTES)
        .map(|(name, count)| (name, count - NOTES))
        .collect();
    (shown, more)
}

/// All findings, the notes behind the others.
pub fn notes_last(list: &[&Diagnostic]) -> Vec<Diagnostic> {
    let (notes, mut all): (Vec<&Diagnostic>, Vec<&Diagnostic>) = list
        .iter()
        .partition(|finding| finding.severity == Severity::Note);
    all.extend(notes);
    all.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Kind};

    #[test]
    fn notes_come_last_and_are_few_of_a_kind() {
        let note = |number: usize| Diagnostic::of(Kind::IgnoreUnused, None, number.to_string());
        let mut list: Vec<Diagnostic> = (0..7).map(note).collect();
        list.push(Diagnostic::note(Code::BrokenLink, None, "one"));
        list.push(Diagnostic::warning(Code::BrokenLink, None, "two"));
        let (shown, more) = abridged(&list.iter().collect::<Vec<_>>());
        let messages: Vec<&str> = shown.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["two", "0", "1", "2", "3", "4", "one"]);
        assert_eq!(more, [("ignore/unused", 2)]);
    }
}
