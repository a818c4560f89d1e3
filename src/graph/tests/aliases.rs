//! Old addresses lead to new ones.

use super::site::site;
use crate::graph::Target;

fn aliases(site: &super::site::Site) -> Vec<(&str, &str)> {
    let url = |page| site.graph.page(page).url.as_str();
    site.graph
        .aliases
        .iter()
        .map(|(from, page)| (from.as_str(), url(*page)))
        .collect()
}

#[test]
fn old_addresses_lead_to_the_page() {
    let site = site(&[
        (
            "content/lab/f.md",
            "aliases: [/old/f/, rel-old, ../up/, /x.html, /Caps Here/]",
        ),
        ("content/lab/g.md", "aliases: /one"),
    ]);
    let page = "/lab/f/";
    let expected = [
        ("/old/f/", page),
        ("/lab/rel-old/", page),
        ("/up/", page),
        ("/x.html", page),
        ("/Caps Here/", page),
    ];
    assert_eq!(aliases(&site)[..5], expected);
    assert_eq!(aliases(&site)[5], ("/one/", "/lab/g/"));
    assert_eq!(
        site.graph.lookup("/old/f"),
        Some(Target::Alias(site.at("/lab/f").id))
    );
    assert_eq!(
        site.graph.lookup("/Caps%20Here/"),
        Some(Target::Alias(site.at("/lab/f").id))
    );
}

#[test]
fn a_page_wins_over_an_alias() {
    let site = site(&[
        ("content/a.md", "aliases: [/b/, /a/]"),
        ("content/b.md", "title: B"),
    ]);
    assert_eq!(aliases(&site), []);
}

#[test]
fn redirects_can_be_off() {
    let site = site(&[
        ("hugo.toml", "disableAliases = true"),
        ("content/a.md", "aliases: [/old/]"),
    ]);
    assert_eq!(aliases(&site), []);
}

#[test]
fn ugly_sites_have_ugly_aliases() {
    let site = site(&[
        ("hugo.toml", "uglyURLs = true"),
        ("content/b.md", "aliases: [/zold]"),
    ]);
    assert_eq!(aliases(&site), [("/zold.html", "/b.html")]);
}
