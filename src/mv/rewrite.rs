//! Addresses that the move would break, written anew.

use super::places::Plan;
use super::references::Reference;
use super::spelling::Spelling;
use super::view::{Form, Goal, View};
use crate::address::split_suffix;
use crate::diag::{Edit, Span};
use crate::graph::{decode_path, join};

/// The edits of addresses, and the places of those that no text can mend.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    pub(super) edits: Vec<Edit>,
    pub(super) remarks: Vec<String>,
}

pub(super) fn rewrite(references: &[Reference], old: &View<'_>, new: &View<'_>, plan: &Plan) -> Rewritten {
    let mut out = Rewritten::default();
    for reference in references {
        let Some(written) = old
            .tree
            .text(reference.file)
            .and_then(|text| text.get(reference.range.clone()))
        else {
            continue;
        };
        let Some(goal) = old.goal(reference.reader, reference.form, written) else {
            continue;
        };
        let wanted = moved(&goal, plan);
        let leads = |text: &str| new.goal(reference.reader, reference.form, text).as_ref() == Some(&wanted);
        // A path that names the file goes on doing so: editors and code hosts follow it, too.
        let names = !names_file(old, reference, &goal, written);
        let holds = |text: &str| leads(text) && (names || names_file(new, reference, &wanted, text));
        if holds(written) {
            continue;
        }
        let spelling = Spelling {
            old,
            new,
            reference,
            goal: &goal,
            wanted: &wanted,
        };
        let span = Span::new(reference.file, reference.range.start, reference.range.end);
        let candidates = spelling.candidates(written);
        let found = candidates.iter().find(|text| holds(text));
        match found.or_else(|| candidates.iter().find(|text| leads(text))) {
            Some(text) if text == written => {}
            Some(text) => {
                let text = text.clone();
                out.edits.push(Edit { span, text });
            }
            None if leads(written) => {}
            None => {
                let place = old.place(reference.file, reference.range.start);
                out.remarks
                    .push(format!("{place}: `{written}` will lead nowhere"));
            }
        }
    }
    out
}

/// Returns true if an address is the path of its target's file, from the file that it stands in or from the content folder.
fn names_file(view: &View<'_>, reference: &Reference, goal: &Goal, written: &str) -> bool {
    let (Goal::Page(target), Form::Link) = (goal, reference.form) else {
        return false;
    };
    let path = decode_path(split_suffix(written).0);
    let reader = view
        .reader(reference.reader)
        .and_then(|page| view.file_of(page.id));
    let from = reader.map_or("", |file| view.content_path(file));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let full = match path.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => join(folder, &path).trim_start_matches('/').to_owned(),
    };
    full == view.content_path(*target)
}

/// The target after the move.
fn moved(goal: &Goal, plan: &Plan) -> Goal {
    match goal {
        Goal::Section(lang, path) => Goal::Section(*lang, plan.new_logical(path)),
        other => other.clone(),
    }
}
