//! The workshop themes' keys about navigation, read into one type. Rules: `docs/hugo.md`, section 16.

use spanned_data::{Data, Map};

use super::Nav;
use crate::parse::scripts::{is_script_target, without_scripts};

impl Nav {
    /// Reads the params of a page; `site` are those of its language.
    pub(super) fn new(params: &Map, page_type: Option<&str>, site: &Map) -> Self {
        Self {
            hidden: any(
                params,
                &[
                    "hidden",
                    "bookhidden",
                    "geekdochidden",
                    "toc_hide",
                    "sidebar.exclude",
                ],
            ),
            pre: inert(params, &["pre", "menupre"]),
            post: inert(params, &["post", "menupost"]),
            chapter: is_chapter(params, page_type),
            collapsed: collapsed(params).or_else(|| collapsed_everywhere(site)),
            flat: any(params, &["bookflatsection", "geekdocflatsection"]),
            toc: toc(params),
            no_search: any(
                params,
                &[
                    "excludesearch",
                    "booksearchexclude",
                    "searchexclude",
                    "exclude_search",
                    "search_exclude",
                ],
            ) || ["geekdocsearch", "search"]
                .iter()
                .any(|key| flag(params, key) == Some(false)),
            search_weight: search_weight(params),
            manual_link: manual_link(params),
            manual_page: None,
            no_pager: no_pager(params, site),
            no_prev: flag(params, "prev") == Some(false),
            no_next: flag(params, "next") == Some(false),
            no_list: any(params, &["no_list"]),
        }
    }
}

fn search_weight(params: &Map) -> Option<f32> {
    let weight = params.get("search_weight")?.as_float()? as f32;
    (weight > 0.0 && weight.is_finite()).then_some(weight)
}

/// The flag at a dotted path.
fn flag(params: &Map, path: &str) -> Option<bool> {
    params.get_path(path)?.as_bool()
}

fn any(params: &Map, paths: &[&str]) -> bool {
    paths.iter().any(|path| flag(params, path) == Some(true))
}

fn text(params: &Map, keys: &[&str]) -> String {
    keys.iter().find_map(|key| params.text(key)).unwrap_or_default()
}

/// HTML that stands on every page, where a page's own script must not run.
fn inert(params: &Map, keys: &[&str]) -> String {
    let html = text(params, keys);
    if names_icon(&html) {
        return String::new();
    }
    without_scripts(&html).unwrap_or(html)
}

/// Returns true if a text beside an entry of navigation is the classes of an icon, for a font that a theme brings:
/// `fa fa-magic`.
pub fn names_icon(text: &str) -> bool {
    const FONTS: [&str; 12] = [
        "fa-",
        "bi-",
        "mdi-",
        "ti-",
        "ri-",
        "icon-",
        "glyphicon-",
        "octicon-",
        "lni-",
        "la-",
        "oi-",
        "icofont-",
    ];
    let is_class = |word: &str| {
        word.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    text.split_whitespace().all(is_class)
        && text
            .split_whitespace()
            .any(|word| FONTS.iter().any(|font| word.starts_with(font)))
}

fn is_chapter(params: &Map, page_type: Option<&str>) -> bool {
    let chapter = |name: &str| matches!(name.trim(), "chapter" | "home");
    any(params, &["chapter"])
        || params.text("archetype").is_some_and(|name| chapter(&name))
        || page_type.is_some_and(chapter)
}

fn collapsed(params: &Map) -> Option<bool> {
    let open = || {
        ["alwaysopen", "sidebar.open"]
            .iter()
            .find_map(|path| flag(params, path))
            .map(|open| !open)
    };
    let folded = || {
        let paths = ["bookcollapsesection", "geekdoccollapsesection", "collapsiblemenu"];
        paths.iter().find_map(|path| flag(params, path))
    };
    open().or_else(folded)
}

fn collapsed_everywhere(site: &Map) -> Option<bool> {
    let open = || flag(site, "alwaysopen").map(|open| !open);
    let folded = || {
        ["geekdoccollapseallsections", "collapsiblemenu"]
            .iter()
            .find_map(|key| flag(site, key))
    };
    open().or_else(folded)
}

/// The first key about the table of contents; a depth counts as on, 0 as off.
fn toc(params: &Map) -> Option<bool> {
    let off = || {
        ["disabletoc", "notoc"]
            .iter()
            .find_map(|key| flag(params, key))
            .map(|off| !off)
    };
    let on = || {
        ["toc", "booktoc", "geekdoctoc", "showtoc"]
            .iter()
            .find_map(|key| flag(params, key))
    };
    off().or_else(on)
}

fn no_pager(params: &Map, site: &Map) -> bool {
    any(params, &["nopager", "disablenextprev"])
        || any(site, &["disablenextprev"])
        || flag(params, "geekdocnextprev") == Some(false)
        || (flag(params, "prev") == Some(false) && flag(params, "next") == Some(false))
}

/// Keys for a link in the navigation in the place of the page's own, as themes name it.
pub(super) const LINKS: [&str; 5] = [
    "manuallink",
    "bookhref",
    "menuurl",
    "manuallinkrelref",
    "menupageref",
];

fn manual_link(params: &Map) -> Option<String> {
    let written = |key: &&str| match &params.get(key)?.data {
        Data::Str(link) if !link.trim().is_empty() => Some(link.trim().to_owned()),
        _ => None,
    };
    LINKS
        .iter()
        .find_map(written)
        .filter(|link| !is_script_target(link))
}

#[cfg(test)]
mod tests {
    use super::*;
    use spanned_data::Value;

    fn nav(text: &str) -> Nav {
        let map = spanned_data::yaml::parse(text, 0)
            .0
            .and_then(Value::into_map)
            .unwrap_or_default();
        let kind = map.text("type");
        Nav::new(&map, kind.as_deref(), &Map::new())
    }

    #[test]
    fn classes_of_an_icon_are_no_text() {
        for text in ["fa fa-magic", "fas fa-fw fa-bug", "bi-github", " icon-home "] {
            assert!(names_icon(text), "{text}");
        }
        for text in [
            "",
            "New: ",
            "github",
            "1. ",
            "<i class='fa fa-heart'></i>",
            "fa-st, cheap",
        ] {
            assert!(!names_icon(text), "{text}");
        }
    }

    #[test]
    fn every_theme_has_a_word_for_what_is_not_searched() {
        for text in [
            "excludeSearch: true",
            "bookSearchExclude: true",
            "exclude_search: true",
            "geekdocSearch: false",
            "search: false",
        ] {
            assert!(nav(text).no_search, "{text}");
        }
        for text in ["excludeSearch: false", "geekdocSearch: true", "search: something"] {
            assert!(!nav(text).no_search, "{text}");
        }
    }

    #[test]
    fn every_theme_has_a_word_for_hidden() {
        for text in [
            "hidden: true",
            "hidden: \"true\"",
            "bookHidden: true",
            "toc_hide: true",
            "sidebar: {exclude: true}",
        ] {
            assert!(nav(text).hidden, "{text}");
        }
        assert!(!nav("hidden: false").hidden);
    }

    #[test]
    fn sections_fold_and_open() {
        assert_eq!(nav("alwaysopen: false").collapsed, Some(true));
        assert_eq!(nav("bookCollapseSection: true").collapsed, Some(true));
        assert_eq!(nav("sidebar: {open: true}").collapsed, Some(false));
        assert_eq!(nav("title: x").collapsed, None);
    }

    #[test]
    fn the_table_of_contents_is_switched_by_many_keys() {
        assert_eq!(nav("disableToc: true").toc, Some(false));
        assert_eq!(nav("notoc: true").toc, Some(false));
        assert_eq!(nav("bookToC: false").toc, Some(false));
        assert_eq!(nav("geekdocToC: 3").toc, Some(true));
        assert_eq!(nav("toc: true").toc, Some(true));
        assert_eq!(nav("").toc, None);
    }

    #[test]
    fn chapters_have_three_spellings() {
        assert!(nav("chapter: true").chapter);
        assert!(nav("archetype: home").chapter);
        assert!(nav("type: chapter").chapter);
        assert!(!nav("type: docs").chapter);
    }

    #[test]
    fn text_around_the_menu_entry_keeps_its_blanks() {
        assert_eq!(nav("pre: \"<b>1. </b>\"").pre, "<b>1. </b>");
        assert_eq!(nav("menuPost: \" x\"").post, " x");
    }

    #[test]
    fn the_pager_can_be_off_as_a_whole_or_on_one_side() {
        assert!(nav("nopager: true").no_pager);
        assert!(nav("prev: false\nnext: false").no_pager);
        assert!(!nav("prev: false").no_pager);
        assert!(nav("prev: false").no_prev);
        assert!(!nav("prev: /docs/x").no_prev);
    }

    #[test]
    fn menu_entries_may_lead_elsewhere() {
        assert_eq!(
            nav("manualLink: https://x.example").manual_link.as_deref(),
            Some("https://x.example")
        );
        assert_eq!(nav("bookHref: ''").manual_link, None);
    }
}
