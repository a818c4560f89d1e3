//! Which pages take part: drafts, dates, and the words of `onlyWhen`.

use jiff::Timestamp;
use spanned_data::{Map, Value};

use crate::config::Include;
use crate::parse::FrontMatter;

/// Whether a page is built at all.
pub(super) fn takes_part(front: &FrontMatter, include: Include, now: Timestamp) -> bool {
    let published = front.publish_date.or(front.date);
    let draft = front.draft && !include.drafts;
    let future = published.is_some_and(|date| date > now) && !include.future;
    let expired = front.expiry_date.is_some_and(|date| date < now) && !include.expired;
    !(draft || future || expired)
}

/// Whether the site's `enabledModule` words ask for a page with these params: one of the words of `onlyWhen` is among
/// them, none of `onlyWhenNot` is.
pub(super) fn is_wanted(params: &Map, site: &Map) -> bool {
    let (only, never) = (words(params, "onlywhen"), words(params, "onlywhennot"));
    if only.is_empty() && never.is_empty() {
        return true;
    }
    let mut enabled = words(site, "enabledmodule");
    enabled.extend(words(site, "enabledmodules"));
    let any = |wanted: &[String]| wanted.iter().any(|word| enabled.contains(word));
    (only.is_empty() || any(&only)) && !any(&never)
}

/// The words of a param: a list, or a text with blanks between them.
fn words(params: &Map, key: &str) -> Vec<String> {
    let texts = params.get(key).map(Value::to_strings).unwrap_or_default();
    texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(str::to_owned)
        .collect()
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

    fn built(text: &str, include: Include) -> bool {
        let now = "2025-06-01T12:00:00Z".parse().expect("a time");
        takes_part(&front(text), include, now)
    }

    #[test]
    fn drafts_future_and_expired_pages_are_left_out_unless_asked_for() {
        let none = Include::default();
        assert!(built("", none));
        assert!(!built("draft", none));
        assert!(!built("date=2999-01-01", none));
        assert!(built("date=2999-01-01 publish=2001-01-01", none));
        assert!(!built("date=2001-01-01 publish=2999-01-01", none));
        assert!(!built("expiry=2001-01-01", none));
        let all = Include {
            drafts: true,
            future: true,
            expired: true,
        };
        assert!(built("draft date=2999-01-01 expiry=2001-01-01", all));
    }

    #[test]
    fn words_decide_on_pages_with_conditions() {
        let site: Map = [("enabledModule", "base openshift")].into_iter().collect();
        let wanted = |key: &str, value: &str| is_wanted(&[(key, value)].into_iter().collect(), &site);
        assert!(wanted("onlyWhen", "openshift"));
        assert!(wanted("onlyWhen", "rancher openshift"));
        assert!(!wanted("onlyWhen", "rancher"));
        assert!(!wanted("onlyWhenNot", "rancher base"));
        assert!(wanted("onlyWhenNot", "rancher"));
        assert!(wanted("title", "x"));
        assert!(!is_wanted(
            &[("onlyWhen", "x")].into_iter().collect(),
            &Map::new()
        ));
    }
}
