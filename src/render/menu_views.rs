//! The links of a site's menus.

use crate::address::is_external;
use crate::graph::{LanguageSite, PageId, ResolvedMenuEntry, names_icon};
use crate::parse::scripts::is_script_target;

use super::nav::NavTree;
use super::page_links::Links;
use super::view::MenuView;

/// Menus that themes show beside their pages, in the order in which they are shown here.
const SHOWN: [&str; 7] = ["main", "before", "top", "shortcuts", "sidebar", "after", "more"];

/// The entries of all menus that are shown, in one list.
///
/// Pages that stand at the top of the sidebar anyway are left out.
pub(super) fn menus(site: &LanguageSite, tree: &NavTree<'_>, links: Links<'_>) -> Vec<MenuView> {
    let top = tree.top(links.graph);
    let named = |name: &str| {
        site.menus
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
    };
    let entries = SHOWN
        .iter()
        .filter_map(|name| named(name))
        .flat_map(|(_, entries)| entries);
    let mut list = Vec::new();
    for entry in entries {
        add(entry, site.home, &top, links, &mut list);
    }
    list
}

/// Entries that lead nowhere are headings of those below them.
fn add(entry: &ResolvedMenuEntry, home: PageId, top: &[PageId], links: Links<'_>, list: &mut Vec<MenuView>) {
    let is_shown = entry.page.is_some_and(|page| top.contains(&page));
    if let Some(view) = view(entry, home, links).filter(|_| !is_shown) {
        list.push(view);
    }
    for child in &entry.children {
        add(child, home, top, links, list);
    }
}

/// HTML beside an entry. Fonts of icons are not there, so their classes are nothing.
fn beside(html: &str) -> String {
    if names_icon(html) {
        String::new()
    } else {
        html.to_owned()
    }
}

fn view(entry: &ResolvedMenuEntry, home: PageId, links: Links<'_>) -> Option<MenuView> {
    let written = entry.entry.url.as_deref().unwrap_or_default();
    let url = match entry.page {
        // The address of a page may have a fragment, which the page alone does not.
        Some(page) if entry.entry.page_ref.is_some() || written.is_empty() => links.page(page),
        _ if written.is_empty() => String::new(),
        _ => links.of_settings(home, written),
    };
    let name = entry.entry.name.clone();
    (!url.is_empty() && !is_script_target(&url) && !name.trim().is_empty()).then(|| MenuView {
        external: is_external(&url) && !url.starts_with(&links.config.base_url.to_string()),
        name,
        pre: beside(&entry.entry.pre),
        post: beside(&entry.entry.post),
        url,
    })
}
