//! Aliases with a fragment: a place on a page that is now on another page, or has another id.
//!
//! `/old/#part` leads to the page with the alias, `/old/#part -> #new` to the element `new` on it. The page at `/old/`
//! leads on; where there is none, a redirect is made.

use super::{Graph, PageId, Target};
use crate::diag::{Diagnostic, Diagnostics, Kind, Span};

/// An id that has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedId {
    /// The page that had it.
    pub on: PageId,
    /// The id, decoded.
    pub id: String,
    /// The page that has the alias.
    pub to: PageId,
    /// The id there; empty for the beginning of the page.
    pub to_id: String,
    /// Span of the alias.
    pub span: Option<Span>,
}

/// An alias with a fragment, before its page is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenId {
    /// URL path; empty for the page itself.
    pub(super) path: String,
    pub(super) id: String,
    pub(super) to: PageId,
    pub(super) to_id: String,
    pub(super) span: Option<Span>,
}

/// The parts of an alias with a fragment: path, id, and the new id.
pub(super) fn split(alias: &str) -> Option<(&str, &str, &str)> {
    let (old, new) = alias.split_once("->").unwrap_or((alias, ""));
    let (path, id) = old.trim().split_once('#')?;
    let new = new.trim();
    Some((path, id, new.strip_prefix('#').unwrap_or(new)))
}

impl Graph {
    /// Looks up the pages of aliases with a fragment.
    pub(super) fn move_ids(&mut self, written: Vec<WrittenId>) -> Diagnostics {
        let mut found = Diagnostics::new();
        for alias in written {
            let on = match self.target_at(&alias.path) {
                _ if alias.path.is_empty() => Some(alias.to),
                Some(Target::Page(page) | Target::Alias(page)) => Some(page),
                Some(Target::Asset(_)) | None => None,
            };
            let Some(on) = on else {
                let message = format!(
                    "the alias `{}#{}` leads nowhere: no page is at this address",
                    alias.path, alias.id
                );
                found.push(
                    Diagnostic::of(Kind::DuplicateAlias, alias.span, message)
                        .help("write the address that the part was at: `/old/#part`"),
                );
                continue;
            };
            // A redirect leads to the beginning of its page already.
            if on != alias.to || !alias.to_id.is_empty() {
                self.moved_ids.push(MovedId {
                    on,
                    id: alias.id,
                    to: alias.to,
                    to_id: alias.to_id,
                    span: alias.span,
                });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_with_a_fragment_may_name_its_new_id() {
        assert_eq!(split("/old/#part"), Some(("/old/", "part", "")));
        assert_eq!(split("/old/#part -> #new"), Some(("/old/", "part", "new")));
        assert_eq!(split("#part->new"), Some(("", "part", "new")));
        assert_eq!(split("/old/"), None);
    }
}
