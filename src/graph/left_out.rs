//! The reasons for which a content file takes no part in a build.

use jiff::Timestamp;

use crate::config::Include;
use crate::parse::FrontMatter;
use crate::source::Skipped;

/// The reason for which a content file takes no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is a draft.
    Draft,
    /// Its date, or that of its publication, lies in the future.
    Future,
    /// It has expired.
    Expired,
    /// `ignoreFiles`, or its name, says that it is no content.
    Ignored,
    /// It cannot be read.
    Unreadable,
    /// An `index.md` makes its folder a single page, which does not use it.
    Shadowed,
    /// Its front matter, or a setting about its kind, says that it has no file.
    Hidden,
    /// Its language is turned off.
    DisabledLanguage,
}

impl From<Skipped> for LeftOut {
    fn from(skipped: Skipped) -> Self {
        match skipped {
            Skipped::Ignored => Self::Ignored,
            Skipped::Unreadable => Self::Unreadable,
        }
    }
}

impl LeftOut {
    /// Every reason, in the order of counts.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Future,
        Self::Expired,
        Self::Shadowed,
        Self::Hidden,
        Self::Ignored,
        Self::Unreadable,
        Self::DisabledLanguage,
    ];

    /// The reason for a page with this front matter, cascades included; `None` for a page that takes part.
    pub(super) fn of(front: &FrontMatter, include: Include, now: Timestamp) -> Option<Self> {
        let published = front.publish_date.or(front.date);
        if front.draft && !include.drafts {
            Some(Self::Draft)
        } else if published.is_some_and(|date| date > now) && !include.future {
            Some(Self::Future)
        } else if front.expiry_date.is_some_and(|date| date < now) && !include.expired {
            Some(Self::Expired)
        } else {
            None
        }
    }

    /// A word for counts and lists: `draft`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Future => "future",
            Self::Expired => "expired",
            Self::Ignored => "ignored",
            Self::Unreadable => "unreadable",
            Self::Shadowed => "shadowed",
            Self::Hidden => "hidden",
            Self::DisabledLanguage => "in a disabled language",
        }
    }

    /// The end of a sentence about the page: the reason, and the option that takes the page in.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Draft => "is a draft, which needs `-D`",
            Self::Future => "has a date in the future, which needs `-F`",
            Self::Expired => "has expired, and needs `-E`",
            Self::Ignored => "is ignored by `ignoreFiles` or by its name",
            Self::Unreadable => "cannot be read",
            Self::Shadowed => "is not published, because `index.md` makes its folder a single page",
            Self::Hidden => "has no file, by its front matter or a setting",
            Self::DisabledLanguage => "is in a language that is turned off",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> FrontMatter {
        let date = |key: &str| {
            text.split_whitespace()
                .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
                .map(|date| format!("{date}T00:00:00Z").parse().expect("a date"))
        };
        FrontMatter {
            draft: text.contains("draft"),
            date: date("date"),
            publish_date: date("publish"),
            expiry_date: date("expiry"),
            ..FrontMatter::default()
        }
    }

    fn left_out(text: &str, include: Include) -> Option<LeftOut> {
        let now = "2025-06-01T12:00:00Z".parse().expect("a time");
        LeftOut::of(&front(text), include, now)
    }

    #[test]
    fn drafts_future_and_expired_pages_are_left_out_unless_asked_for() {
        let none = Include::default();
        for (text, reason) in [
            ("", None),
            ("draft", Some(LeftOut::Draft)),
            ("date=2999-01-01", Some(LeftOut::Future)),
            ("date=2999-01-01 publish=2001-01-01", None),
            ("date=2001-01-01 publish=2999-01-01", Some(LeftOut::Future)),
            ("expiry=2001-01-01", Some(LeftOut::Expired)),
        ] {
            assert_eq!(left_out(text, none), reason, "{text}");
        }
        let all = Include {
            drafts: true,
            future: true,
            expired: true,
        };
        assert_eq!(left_out("draft date=2999-01-01 expiry=2001-01-01", all), None);
    }
}
