//! The calls around a block that decide if and where it runs: exercises, hidden steps, tabs of other systems.

use std::ops::Range;

use crate::diag::Span;
use crate::parse::{Call, Segment};
use crate::shortcodes::tabs::title_of;

/// A call that matters to the steps in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) span: Span,
    /// The text between its tags.
    pub(super) inner: Range<usize>,
    pub(super) kind: Kind,
}

/// Kinds of such calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// An exercise, or a solution outside of one: it runs in a copy of the folder.
    Exercise,
    /// Steps that no reader sees. `last`: they run when the page ends, however it ends.
    Hidden { last: bool },
    /// A tab for systems of these names.
    Systems(Vec<&'static str>),
    /// A comment of the author.
    Comment,
}

/// Systems by the words that name them in titles.
const SYSTEMS: [(&str, &[&str]); 3] = [
    ("macos", &["macos", "mac", "osx", "os x", "darwin", "homebrew"]),
    ("windows", &["windows", "powershell", "cmd.exe"]),
    (
        "linux",
        &[
            "linux", "ubuntu", "debian", "fedora", "arch", "wsl", "rhel", "centos", "alpine",
        ],
    ),
];

/// The calls of a text that matter, outer ones first.
pub(super) fn regions(segments: &[Segment]) -> Vec<Region> {
    let mut found = Vec::new();
    walk(segments, false, &mut found);
    found
}

fn walk(segments: &[Segment], in_exercise: bool, found: &mut Vec<Region>) {
    for segment in segments {
        let Segment::Call(call) = segment else { continue };
        let Some(inner) = &call.inner else { continue };
        let kind = kind(call, in_exercise);
        let is_exercise = in_exercise || kind == Some(Kind::Exercise);
        found.extend(kind.map(|kind| Region {
            span: call.span,
            inner: inner.span.range(),
            kind,
        }));
        walk(&inner.segments, is_exercise, found);
    }
}

fn kind(call: &Call, in_exercise: bool) -> Option<Kind> {
    match &*call.name.to_lowercase() {
        "exercise" | "solution" if !in_exercise => Some(Kind::Exercise),
        "test" => Some(Kind::Hidden {
            last: call.args.text(&["when"], Some(0)).as_deref() == Some("after"),
        }),
        "comment" => Some(Kind::Comment),
        "tab" => {
            let systems = systems(&title_of(call, 0));
            (!systems.is_empty()).then_some(Kind::Systems(systems))
        }
        _ => None,
    }
}

/// The systems that a title names.
fn systems(title: &str) -> Vec<&'static str> {
    let title = title.to_lowercase();
    let names = |word: &&str| {
        title.match_indices(*word).any(|(at, word)| {
            let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            !is_letter(title[..at].chars().last()) && !is_letter(title[at + word.len()..].chars().next())
        })
    };
    let all = SYSTEMS.iter().filter(|(_, words)| words.iter().any(&names));
    all.map(|(system, _)| *system).collect()
}

/// The system that an author names, as Rust does: `darwin` is `macos`.
pub(super) fn system(name: &str) -> Option<&'static str> {
    systems(name).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_systems() {
        for (title, expected) in [
            ("macOS", vec!["macos"]),
            ("Linux / Mac", vec!["macos", "linux"]),
            ("Windows (PowerShell)", vec!["windows"]),
            ("Ubuntu 24.04", vec!["linux"]),
            ("Search", vec![]),
            ("Machine", vec![]),
            ("Go", vec![]),
        ] {
            assert_eq!(systems(title), expected, "{title}");
        }
    }
}
