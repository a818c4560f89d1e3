//! Links in the form of one page.

use crate::address::names_file;
use crate::config::Config;
use crate::graph::{Graph, LinkAnswer, Page, PageId, link, permalink, rel_permalink};
use crate::markup::dom::{for_each_element, write_nodes};
use crate::markup::tree_builder::fragment;

use super::view::LinkView;

/// Prints links for one page.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    pub(super) graph: &'a Graph,
    pub(super) config: &'a Config,
    /// URL path of the page; `None` for pages that are shown at many addresses, such as the one for errors.
    pub(super) from: Option<&'a str>,
}

impl<'a> Links<'a> {
    /// A decoded URL path of the site, with or without leading slash.
    pub(super) fn to(&self, path: &str) -> String {
        match self.from {
            Some(from) => link(self.config, from, path),
            None => rel_permalink(self.config, path),
        }
    }

    /// An address in the settings, which is read from the home page `home`.
    pub(super) fn of_settings(&self, home: PageId, written: &str) -> String {
        let written = written.trim();
        match self.graph.resolve_link(home, written) {
            LinkAnswer::Page { path, suffix, .. } | LinkAnswer::Asset { path, suffix, .. } => {
                self.to(&path) + &suffix
            }
            LinkAnswer::External | LinkAnswer::SelfFragment { .. } => written.to_owned(),
            // A file about all pages, or nothing.
            LinkAnswer::Missing { .. } => {
                let (path, suffix) = self.graph.asked_path(home, written);
                let base = self.config.base_url.path.trim_end_matches('/');
                let path = path
                    .strip_prefix(base)
                    .filter(|rest| rest.starts_with('/'))
                    .unwrap_or(&path);
                // Pages are printed with their slash.
                let is_file = path.ends_with('/') || names_file(path);
                self.to(&if is_file {
                    path.to_owned()
                } else {
                    format!("{path}/")
                }) + suffix
            }
        }
    }

    /// HTML in the settings, with the addresses in it as this page prints them.
    pub(super) fn in_html(&self, home: PageId, html: &str) -> String {
        if !html.contains('<') {
            return html.to_owned();
        }
        let mut nodes = fragment(html, None);
        for_each_element(&mut nodes, &mut |element| {
            for name in ["href", "src"] {
                if let Some(written) = element.get(name).filter(|written| !written.trim().is_empty()) {
                    let url = self.of_settings(home, written);
                    element.set(name, url);
                }
            }
        });
        let mut out = String::with_capacity(html.len());
        write_nodes(&nodes, &mut out);
        out
    }

    /// The page `id`; empty when it has no URL.
    pub(super) fn page(&self, id: PageId) -> String {
        let url = &self.graph.page(id).url;
        if url.is_empty() {
            String::new()
        } else {
            self.to(url)
        }
    }

    /// With scheme and host; empty when the site does not say where it will live.
    pub(super) fn permanent(&self, path: &str) -> String {
        let known = self.config.base_url_set && !self.config.base_url.origin.is_empty();
        if known && !path.is_empty() {
            permalink(self.config, path)
        } else {
            String::new()
        }
    }

    /// A link to the page `id` with its navigation title.
    pub(super) fn view(&self, id: PageId) -> LinkView<'a> {
        let page = self.graph.page(id);
        LinkView {
            title: title(page),
            heading: heading(page),
            url: self.page(id),
            description: page.front.description.as_deref().unwrap_or_default(),
            number: String::new(),
            minutes: page.minutes,
            children: Vec::new(),
        }
    }
}

/// The text that navigation shows, with backticks around its code.
pub(super) fn heading(page: &Page) -> &str {
    match &page.coded_titles {
        Some(_) if page.link_title.is_empty() => page.written_title(),
        Some(_) => page.written_link_title(),
        None => title(page),
    }
}

/// The text that navigation shows.
pub(super) fn title(page: &Page) -> &str {
    if page.link_title.is_empty() {
        &page.title
    } else {
        &page.link_title
    }
}
