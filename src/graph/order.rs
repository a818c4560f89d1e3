//! The order of pages: Hugo's default sort, the orders that themes offer, and the way a reader goes through the site.

use std::cmp::{Ordering, Reverse};

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use jiff::Timestamp;
use spanned_data::Map;

use super::input::Input;
use super::node::Node;
use super::paths::normal;
use super::taxonomy::Members;
use super::titles::Titles;
use super::{Graph, Kind, PageId};
use crate::config::{Config, Language};
use crate::lang::PerLanguage;

/// Compares texts by the rules of a language.
pub(super) struct Collator(Option<CollatorBorrowed<'static>>);

impl Collator {
    /// The collator of a language of the site.
    pub(super) fn of(language: &Language) -> Self {
        Self::new(&language.key)
    }

    /// The collator of a language key; the root rules of Unicode for an unknown one.
    pub(super) fn new(language: &str) -> Self {
        let preferences = |locale: Locale| CollatorPreferences::from(&locale);
        let known = language.parse::<Locale>().map(preferences).unwrap_or_default();
        let build = |preferences| CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok();
        Self(build(known).or_else(|| build(CollatorPreferences::default())))
    }

    /// Bytes that compare as the texts do.
    pub(super) fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        match &self.0 {
            Some(collator) if !text.is_empty() => {
                let Ok(()) = collator.write_sort_key_to(text, &mut key);
            }
            _ => key.extend_from_slice(text.as_bytes()),
        }
        key
    }

    /// Compares two texts.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        match &self.0 {
            Some(collator) => collator.compare(a, b),
            None => a.cmp(b),
        }
    }
}

/// The key of the default sort: weight (none last), date (newest first, none last), title, path of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortKey {
    weight: (bool, i64),
    date: Reverse<Option<i64>>,
    title: Vec<u8>,
    path: String,
}

/// Date and last change of a page: its own; for list pages without dates the newest below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) date: Option<Timestamp>,
    pub(super) lastmod: Option<Timestamp>,
}

/// The dates of every page.
pub(super) fn dates(nodes: &[Node], parents: &[Option<PageId>]) -> Vec<Dates> {
    let own = |node: &Node| Dates {
        date: node.front.date,
        lastmod: node.front.lastmod,
    };
    let mut dates: Vec<Dates> = nodes.iter().map(own).collect();
    let bare: Vec<bool> = dates.iter().map(|dates| *dates == Dates::default()).collect();
    for (at, node) in nodes.iter().enumerate() {
        let mut parent = parents[at];
        // Sections with dates of their own still let the dates of their pages through to the sections above.
        while let Some(above) = parent {
            let above = above.0 as usize;
            if bare[above] {
                dates[above].date = dates[above].date.max(node.front.date);
                dates[above].lastmod = dates[above].lastmod.max(node.front.lastmod);
            }
            parent = parents[above];
        }
    }
    dates
}

/// Gives terms and taxonomies the last changes of their pages. Their order among each other does not depend on that:
/// readers look for a word by its letters.
pub(super) fn date_members(dates: &mut [Dates], members: &Members) {
    let newest = |dates: &[Dates], pages: &[PageId]| {
        pages
            .iter()
            .filter_map(|page| dates[page.0 as usize].lastmod)
            .max()
    };
    // Terms first, of which those of a taxonomy are made.
    let taxonomies: Vec<PageId> = members.taxonomies.iter().flatten().copied().collect();
    let mut lists: Vec<(&PageId, &Vec<PageId>)> = members.of.iter().collect();
    lists.sort_by_key(|(list, _)| (taxonomies.contains(list), **list));
    for (list, pages) in lists {
        let at = list.0 as usize;
        if dates[at] == Dates::default() {
            dates[at].lastmod = newest(dates, pages);
        }
    }
}

/// The sort key of every page.
pub(super) fn sort_keys(
    nodes: &[Node],
    titles: &[Titles],
    dates: &[Dates],
    collators: &PerLanguage<Collator>,
    input: Input,
) -> Vec<SortKey> {
    let key = |at: usize, node: &Node| SortKey {
        weight: (node.front.weight == 0, node.front.weight),
        date: Reverse(dates[at].date.map(Timestamp::as_second)),
        title: collators[node.lang].key(&titles[at].sort),
        path: sort_path(node, input),
    };
    nodes.iter().enumerate().map(|(at, node)| key(at, node)).collect()
}

/// The path at the end of the sort key: in Hugo's normal form, with extension.
fn sort_path(node: &Node, input: Input) -> String {
    let file = node
        .source
        .and_then(|source| input.tree.get(input.inventory.pages[source].file));
    match file {
        Some(file) => format!("/{}", normal(&file.target)),
        None => format!("{}/_index.md", node.path),
    }
}

impl Graph {
    /// Sorts pages of any place by Hugo's default, as in the lists of a whole site.
    pub fn sort(&self, pages: &mut [PageId]) {
        pages.sort_by(|a, b| self.sort_keys[a.0 as usize].cmp(&self.sort_keys[b.0 as usize]));
    }
}

/// All facts that decide the order of pages.
pub(super) struct Order<'n, 'a> {
    pub(super) nodes: &'n [Node<'a>],
    pub(super) titles: &'n [Titles],
    pub(super) dates: &'n [Dates],
    pub(super) keys: &'n [SortKey],
    pub(super) collators: &'n PerLanguage<Collator>,
}

/// A way to sort the children of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Default,
    Title,
    LinkTitle,
    Date,
    LastMod,
    PublishDate,
    ExpiryDate,
}

impl Order<'_, '_> {
    /// Sorts pages by Hugo's default.
    fn sort(&self, pages: &mut [PageId]) {
        pages.sort_by(|a, b| self.keys[a.0 as usize].cmp(&self.keys[b.0 as usize]));
    }

    /// Sorts the pages of terms by default, and terms by title.
    pub(super) fn sort_members(&self, members: &mut Members) {
        for (page, list) in &mut members.of {
            match self.nodes[page.0 as usize].kind {
                Kind::Taxonomy => self.sort_by_title(list),
                _ => self.sort(list),
            }
        }
    }

    /// Sorts pages by title, then by default.
    fn sort_by_title(&self, pages: &mut [PageId]) {
        self.sort(pages);
        pages.sort_by(|a, b| self.compare(By::Title, *a, *b));
    }

    /// The children of each page in the order that the page, or else the site, asks for.
    pub(super) fn children(
        &self,
        parents: &[Option<PageId>],
        listed: &[bool],
        config: &Config,
    ) -> Vec<Vec<PageId>> {
        let mut children: Vec<Vec<PageId>> = vec![Vec::new(); self.nodes.len()];
        for (at, parent) in parents.iter().enumerate() {
            let kind = self.nodes[at].kind;
            if let (Some(parent), true, Kind::Section | Kind::Page) = (parent, listed[at], kind) {
                children[parent.0 as usize].push(super::tree::id(at));
            }
        }
        for (at, pages) in children
            .iter_mut()
            .enumerate()
            .filter(|(_, pages)| pages.len() > 1)
        {
            self.sort(pages);
            let site = &config.languages[self.nodes[at].lang].params;
            let (by, reverse) = wish(&self.nodes[at].params)
                .or_else(|| wish(site))
                .unwrap_or((By::Default, false));
            if by != By::Default {
                pages.sort_by(|a, b| self.compare(by, *a, *b));
            }
            if reverse {
                pages.reverse();
            }
        }
        children
    }

    fn compare(&self, by: By, a: PageId, b: PageId) -> Ordering {
        let (a, b) = (a.0 as usize, b.0 as usize);
        let collator = &self.collators[self.nodes[a].lang];
        let (front_a, front_b) = (&self.nodes[a].front, &self.nodes[b].front);
        match by {
            By::Default => Ordering::Equal,
            By::Title => collator.compare(&self.titles[a].title, &self.titles[b].title),
            By::LinkTitle => collator.compare(&self.titles[a].link, &self.titles[b].link),
            By::Date => self.dates[a].date.cmp(&self.dates[b].date),
            By::LastMod => self.dates[a].lastmod.cmp(&self.dates[b].lastmod),
            By::PublishDate => front_a.publish_date.cmp(&front_b.publish_date),
            By::ExpiryDate => front_a.expiry_date.cmp(&front_b.expiry_date),
        }
    }
}

/// The order that params ask for, and true if it is reversed.
fn wish(params: &Map) -> Option<(By, bool)> {
    let keys = ["ordersectionsby", "orderpagesby", "geekdocfiletreesortby"];
    let text = keys
        .iter()
        .find_map(|key| params.text(key))?
        .trim()
        .to_ascii_lowercase();
    let (name, reverse) = match text.strip_suffix("reverse") {
        Some(name) => (name.trim_end_matches(['_', '-', ' ']), true),
        None => (text.as_str(), false),
    };
    let by = match name {
        "weight" | "default" | "" => By::Default,
        "title" => By::Title,
        "linktitle" => By::LinkTitle,
        "date" => By::Date,
        "lastmod" | "modifieddate" => By::LastMod,
        "publishdate" => By::PublishDate,
        "expirydate" => By::ExpiryDate,
        _ => return None,
    };
    Some((by, reverse))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_compare_as_in_hugo() {
        let english = Collator::new("en");
        for pair in [
            ("_z", "1_a"),
            ("1_a", "a"),
            ("a", "ä"),
            ("ä", "B"),
            ("same", "Same"),
            ("10_c", "2_b"),
            ("Lab 10", "Lab 2"),
        ] {
            assert_eq!(english.compare(pair.0, pair.1), Ordering::Less, "{pair:?}");
            assert!(english.key(pair.0) < english.key(pair.1), "{pair:?}");
        }
        let japanese = Collator::new("ja");
        assert!(japanese.key("あと") < japanese.key("亜"));
        assert!(japanese.key("カ") < japanese.key("準備"));
        assert_eq!(english.key(""), Vec::<u8>::new());
    }

    #[test]
    fn an_unknown_language_sorts_by_the_root_rules() {
        assert!(Collator::new("not a language").key("a") < Collator::new("zz").key("B"));
    }

    #[test]
    fn themes_name_their_orders() {
        let wish = |text: &str| wish(&[("orderSectionsBy", text)].into_iter().collect());
        assert_eq!(wish("title"), Some((By::Title, false)));
        assert_eq!(wish("Title_reverse"), Some((By::Title, true)));
        assert_eq!(wish("modifieddate"), Some((By::LastMod, false)));
        assert_eq!(wish("length"), None);
    }
}
