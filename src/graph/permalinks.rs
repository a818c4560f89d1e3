//! URL patterns: `[permalinks]` of the site and the tokens in a page's `url`.

use jiff::civil::Date;

use super::node::Node;
use super::paths::{last, normal, urlize};
use super::titles::Titles;
use crate::config::{Config, Permalink, UrlRules};

/// The values of the tokens of a pattern.
pub(super) struct Tokens<'a> {
    pub(super) node: &'a Node<'a>,
    pub(super) titles: &'a Titles,
    pub(super) rules: &'a UrlRules,
    /// Sections above the page (of a section: with itself), outermost first: folder name and slug or title.
    pub(super) sections: Vec<(String, String)>,
}

/// The site's pattern for a page: of its language, and of the innermost folder.
pub(super) fn pattern<'c>(node: &Node, config: &'c Config) -> Option<&'c str> {
    let folder = match node.kind {
        super::Kind::Page => normal(node.container()),
        _ => node.path.trim_start_matches('/').to_owned(),
    };
    let innermost = |rules: &'c [Permalink]| {
        let of_kind = rules.iter().filter(|rule| rule.kind == node.kind.name());
        let reaching = of_kind.filter(|rule| reaches(&normal(&rule.section), &folder));
        // Of several for one folder the first.
        reaching.rev().max_by_key(|rule| rule.section.len())
    };
    let rule = innermost(&config.languages[node.lang].permalinks);
    let rule = rule.or_else(|| innermost(&config.urls.permalinks));
    rule.map(|rule| rule.pattern.as_str())
}

/// Returns true if pages in `folder` are pages of `section`. The root is a section for its own pages alone.
fn reaches(section: &str, folder: &str) -> bool {
    match folder.strip_prefix(section) {
        Some("") => true,
        Some(below) => !section.is_empty() && below.starts_with('/'),
        None => false,
    }
}

impl Tokens<'_> {
    /// The pattern with its tokens replaced. `\:` is a colon; unknown words are unchanged.
    pub(super) fn expand(&self, pattern: &str) -> String {
        let mut out = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some(at) = rest.find([':', '\\']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("\\:") {
                out.push(':');
                rest = after;
            } else {
                let (token, slice, length) = token(&rest[1..]);
                let known = if rest.starts_with(':') {
                    self.value(token, slice)
                } else {
                    None
                };
                let length = if known.is_some() { length } else { 0 };
                out.push_str(known.as_deref().unwrap_or(&rest[..1]));
                rest = &rest[1 + length..];
            }
        }
        out + rest
    }

    fn value(&self, token: &str, slice: Option<&str>) -> Option<String> {
        let value = match token {
            "section" => self
                .sections
                .first()
                .map(|(name, _)| normal(name))
                .unwrap_or_default(),
            "sectionslug" => self
                .sections
                .first()
                .map(|(_, slug)| slug.clone())
                .unwrap_or_default(),
            "sections" => cut(&self.sections, slice)
                .map(|(name, _)| normal(name))
                .collect::<Vec<_>>()
                .join("/"),
            "sectionslugs" => cut(&self.sections, slice)
                .map(|(_, slug)| slug.clone())
                .collect::<Vec<_>>()
                .join("/"),
            "title" => self.title(),
            "slug" => self.slug().unwrap_or_else(|| self.title()),
            "filename" | "contentbasename" => self.file_name(),
            "slugorfilename" | "slugorcontentbasename" => self.slug().unwrap_or_else(|| self.file_name()),
            _ => return date_token(token, self.node.front.day),
        };
        Some(value)
    }

    fn slug(&self) -> Option<String> {
        self.node
            .front
            .slug
            .as_deref()
            .map(|slug| self.piece(slug))
            .filter(|slug| !slug.is_empty())
    }

    /// The title for the token. A page without a written title is called by its file, because Hugo's empty segment
    /// helps nobody.
    fn title(&self) -> String {
        let written = self
            .node
            .front
            .title
            .as_ref()
            .map(|_| self.piece(&self.titles.title));
        written
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| self.file_name())
    }

    /// A text as one segment of a URL. Hugo reads a plus as a blank here, and nowhere else.
    fn piece(&self, text: &str) -> String {
        urlize(&text.replace(['+', '/'], " "), self.rules)
    }

    fn file_name(&self) -> String {
        urlize(&last(self.node.name()).replace(' ', "-"), self.rules)
    }
}

/// The word at the start of a pattern, the slice after it, and the length of both.
fn token(text: &str) -> (&str, Option<&str>, usize) {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let slice = rest
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .map(|(slice, _)| slice);
    (word, slice, end + slice.map_or(0, |slice| slice.len() + 2))
}

/// The part of a list named by `1:`, `:2`, `0` or `last`; all of it without a slice.
fn cut<'s, T>(list: &'s [T], slice: Option<&str>) -> impl Iterator<Item = &'s T> {
    let index = |text: &str, absent: usize| match text.trim() {
        "" => absent,
        "last" => list.len().saturating_sub(1),
        number => number.parse().unwrap_or(0),
    };
    let (from, to) = match slice {
        None => (0, list.len()),
        Some(slice) => match slice.split_once(':') {
            Some((from, to)) => (index(from, 0), index(to, list.len())),
            None => (index(slice, 0), index(slice, 0).saturating_add(1)),
        },
    };
    list.iter().take(to).skip(from)
}

/// The tokens of the date; a page without one has the first day of year 1 in Hugo.
fn date_token(token: &str, date: Option<Date>) -> Option<String> {
    let date = date.unwrap_or(Date::constant(1, 1, 1));
    match token {
        "year" => Some(date.year().to_string()),
        "month" => Some(format!("{:02}", date.month())),
        "monthname" => Some(date.strftime("%B").to_string()),
        "day" => Some(format!("{:02}", date.day())),
        "weekday" => Some(date.strftime("%w").to_string()),
        "weekdayname" => Some(date.strftime("%A").to_string()),
        "yearday" => Some(date.day_of_year().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_cut_lists_of_sections() {
        let list = ["a", "b", "c"];
        let cut = |slice| cut(&list, slice).copied().collect::<String>();
        assert_eq!(cut(None), "abc");
        assert_eq!(cut(Some("1:")), "bc");
        assert_eq!(cut(Some(":2")), "ab");
        assert_eq!(cut(Some("last")), "c");
        assert_eq!(cut(Some("7")), "");
        assert_eq!(cut(Some("1:1")), "");
    }

    #[test]
    fn a_token_is_a_word_with_a_slice() {
        assert_eq!(token("sections[1:]/x"), ("sections", Some("1:"), 12));
        assert_eq!(token("year/x"), ("year", None, 4));
        assert_eq!(token("[x"), ("", None, 0));
    }

    #[test]
    fn dates_have_tokens_for_each_part() {
        let date = "2024-02-03".parse().ok();
        let of = |token| date_token(token, date).unwrap_or_default();
        assert_eq!([of("year"), of("month"), of("day")].join("-"), "2024-02-03");
        assert_eq!(
            [of("monthname"), of("weekdayname")].join(" "),
            "February Saturday"
        );
        assert_eq!([of("weekday"), of("yearday")].join(" "), "6 34");
    }
}
