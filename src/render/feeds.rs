//! Feeds: `index.xml` beside home pages, sections and lists of terms, where Hugo has them, so that subscribers of a site that
//! moves lose nothing. Hugo's `outputs`, `disableKinds` and `services.rss.limit` rule them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use rss::extension::{Extension, ExtensionMap};
use rss::{Channel, Guid, Item};

use super::renderer::Renderer;
use super::site_file::{AllPages, Content};
use super::{OutputContent, page_links};
use crate::config::FeedRules;
use crate::graph::{Kind, Page, PageId, output_path, permalink};

/// The kind that switches feeds off.
const KIND: &str = "rss";
/// The namespace of the element that names a feed's own address.
const ATOM: &str = "http://www.w3.org/2005/Atom";
/// Columns by which an element is indented in another.
const INDENT: usize = 2;

/// The paths of the feeds.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let pages = with_feeds(renderer).into_iter();
    pages.map(|(_, path)| path).collect()
}

/// A feed. The text of a page describes it where its author does not.
pub(super) fn file(renderer: &Renderer<'_>, place: usize, pages: &AllPages<'_>) -> Content {
    let feeds = with_feeds(renderer);
    let (page, path) = &feeds[place];
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = feed(renderer, page, path, pages).pretty_write_to(&mut bytes, b' ', INDENT);
    bytes.push(b'\n');
    (OutputContent::Bytes(bytes), Vec::new())
}

/// The pages that have a feed, with its path.
fn with_feeds<'r>(renderer: &'r Renderer<'_>) -> Vec<(&'r Page, String)> {
    let pages = renderer.context.graph.pages.iter();
    pages
        .filter_map(|page| Some((page, renderer.feed(page)?)))
        .collect()
}

impl Renderer<'_> {
    /// True if the site has feeds. Their addresses are absolute, so a site without a `baseURL` has none.
    pub(super) fn has_feeds(&self) -> bool {
        let config = self.context.config;
        let disabled = config.disable_kinds.iter().any(|kind| kind == KIND);
        let is_absolute = config.base_url_set && !config.base_url.origin.is_empty();
        self.is_for_a_host() && is_absolute && !disabled
    }

    /// The path of a page's feed.
    pub(super) fn feed(&self, page: &Page) -> Option<String> {
        let is_listed = page.rendered && !page.url.is_empty();
        let formats = &page.front.outputs;
        let is_asked_for = if formats.is_empty() {
            self.context.config.feeds.has(page.kind.name())
        } else {
            FeedRules::is_among(formats)
        };
        (self.has_feeds() && is_listed && is_asked_for).then(|| {
            let file = output_path(&page.url);
            format!("{}xml", file.strip_suffix("html").unwrap_or(&file))
        })
    }
}

fn feed(renderer: &Renderer<'_>, page: &Page, path: &str, pages: &AllPages<'_>) -> Channel {
    let config = renderer.context.config;
    let language = &config.languages[page.lang];
    let site = &language.title;
    let (title, description) = if page.title.is_empty() || page.title == *site {
        (site.clone(), format!("Recent content on {site}"))
    } else {
        (
            format!("{} on {site}", page.title),
            format!("Recent content in {} on {site}", page.title),
        )
    };
    let entries = entries(renderer, page);
    let newest = entries.iter().filter_map(|page| page.lastmod.or(page.date)).max();
    Channel {
        title,
        link: permalink(config, &page.url),
        description,
        language: Some(language.locale.clone()),
        copyright: Some(language.copyright.clone()).filter(|text| !text.is_empty()),
        generator: Some("wsgen".to_owned()),
        last_build_date: newest.and_then(date),
        items: entries.iter().map(|page| item(renderer, page, pages)).collect(),
        namespaces: BTreeMap::from([("atom".to_owned(), ATOM.to_owned())]),
        extensions: itself(&permalink(config, path)),
        ..Channel::default()
    }
}

/// The pages in a feed: all of a home page, those of a section or term. A limit keeps the newest.
fn entries<'r>(renderer: &'r Renderer<'_>, page: &'r Page) -> Vec<&'r Page> {
    let graph = renderer.context.graph;
    let ids: &[PageId] = match page.kind {
        Kind::Home => &graph.sites[page.lang].reading_order,
        Kind::Taxonomy | Kind::Term => &page.members,
        Kind::Section | Kind::Page => &page.children,
    };
    let is_wanted = |entry: &&Page| {
        let is_text = page.kind == Kind::Taxonomy || entry.kind == Kind::Page;
        is_text && entry.rendered && entry.listed
    };
    let mut entries: Vec<_> = ids.iter().map(|id| graph.page(*id)).filter(is_wanted).collect();
    entries.sort_by_key(|page| std::cmp::Reverse(page.date));
    entries.truncate(renderer.context.config.feeds.limit.unwrap_or(usize::MAX));
    entries
}

fn item(renderer: &Renderer<'_>, page: &Page, pages: &AllPages<'_>) -> Item {
    let address = permalink(renderer.context.config, &page.url);
    let parts = pages.parts.get(page.id.0 as usize);
    let description = parts.map(|parts| parts.description.clone());
    Item {
        title: Some(page_links::title(page).to_owned()),
        link: Some(address.clone()),
        guid: Some(Guid {
            value: address,
            permalink: true,
        }),
        pub_date: page.date.and_then(date),
        description: description.filter(|text| !text.is_empty()),
        ..Item::default()
    }
}

fn date(moment: Timestamp) -> Option<String> {
    rfc2822::to_string(&moment.to_zoned(jiff::tz::TimeZone::UTC)).ok()
}

/// The element that tells a feed's own address.
fn itself(address: &str) -> ExtensionMap {
    let link = Extension {
        name: "atom:link".to_owned(),
        attrs: [
            ("href", address),
            ("rel", "self"),
            ("type", "application/rss+xml"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into(),
        ..Extension::default()
    };
    BTreeMap::from([(
        "atom".to_owned(),
        BTreeMap::from([("link".to_owned(), vec![link])]),
    )])
}
