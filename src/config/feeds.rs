//! Feeds: the kinds of pages that have them, and how long they are. Hugo's `outputs` and `services.rss.limit`.

use super::Table;

/// The name of the format.
const FORMAT: &str = "rss";

/// Kinds that have formats of their own in `outputs`.
const KINDS: [&str; 5] = ["home", "page", "section", "taxonomy", "term"];

/// The settings about feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedRules {
    /// Kinds of pages that `outputs` names; `true` for those with feeds.
    kinds: Vec<(&'static str, bool)>,
    /// Pages in a feed; all of them where nothing is said.
    pub limit: Option<usize>,
}

impl FeedRules {
    /// True if pages of a kind have feeds. As in Hugo, all but plain pages do unless the settings say otherwise.
    pub fn has(&self, kind: &str) -> bool {
        let set = self.kinds.iter().find(|(name, _)| *name == kind);
        set.map_or(kind != "page", |(_, feed)| *feed)
    }

    /// True if formats name feeds.
    pub fn is_among(formats: &[String]) -> bool {
        formats.iter().any(|format| format.eq_ignore_ascii_case(FORMAT))
    }
}

pub(super) fn rules(root: &Table<'_>) -> FeedRules {
    let outputs = root.table("outputs");
    let kinds = KINDS.iter().filter_map(|kind| {
        let formats = outputs.words(kind)?;
        Some((*kind, FeedRules::is_among(&formats)))
    });
    let (old, new) = (
        root.int("rssLimit"),
        root.table("services").table("rss").int("limit"),
    );
    let limit = new.or(old).and_then(|limit| usize::try_from(limit).ok());
    FeedRules {
        kinds: kinds.collect(),
        limit: limit.filter(|limit| *limit > 0),
    }
}
