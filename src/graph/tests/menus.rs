//! Menus hold what the settings, pages and sections put there.

use super::site::{Site, site};
use crate::graph::ResolvedMenuEntry;
use crate::lang::LangId;

fn print(site: &Site, menu: &str) -> Vec<String> {
    let menus = &site.graph.sites[LangId(0)].menus;
    let entries = menus
        .iter()
        .find(|(name, _)| name == menu)
        .map_or(&[][..], |(_, entries)| entries);
    let url = |entry: &ResolvedMenuEntry| match entry.page {
        Some(page) => site.graph.page(page).url.clone(),
        None => entry.entry.url.clone().unwrap_or_default(),
    };
    entries
        .iter()
        .map(|entry| format!("{} {}", entry.entry.name, url(entry)))
        .collect()
}

#[test]
fn menus_hold_entries_of_the_site_and_of_pages() {
    let site = site(&[
        (
            "hugo.toml",
            "[[menus.main]]\nname = 'Out'\nurl = 'https://x.example'\nweight = 30\n[[menus.main]]\npageRef = '/docs'\nweight = 10\n[[menus.main]]\nname = 'Tags'\nurl = '/tags/'\n",
        ),
        ("content/docs/_index.md", "title: Docs"),
        ("content/a.md", "title: A\nmenus: main\nweight: 20\ntags: [x]"),
    ]);
    assert_eq!(
        print(&site, "main"),
        ["Docs /docs/", "A /a/", "Out https://x.example", "Tags /tags/"]
    );
}

#[test]
fn a_menu_may_take_the_top_level_sections() {
    let site = site(&[
        (
            "hugo.toml",
            "sectionPagesMenu = 'main'\n[[menus.main]]\nname = 'Own'\nidentifier = 'b'\nurl = '/b/'\nweight = 5",
        ),
        ("content/a/_index.md", "title: A\nweight: 9"),
        ("content/b/_index.md", "title: B"),
        ("content/c/sub/_index.md", "title: Sub"),
    ]);
    assert_eq!(
        print(&site, "main"),
        ["Own /b/", "A /a/", "C /c/"].map(|entry| entry.replace("C ", "Cs "))
    );
}

#[test]
fn an_entry_for_a_page_that_does_not_exist_is_reported() {
    let site = site(&[
        ("hugo.toml", "[[menus.main]]\nname = 'X'\npageRef = '/dosc'"),
        ("content/docs/_index.md", "title: Docs"),
    ]);
    assert_eq!(site.findings(), ["broken-ref hugo.toml"]);
    assert_eq!(site.diagnostics[0].help.as_deref(), Some("did you mean `/docs`?"));
}
