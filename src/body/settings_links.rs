//! The check of links in the settings: menus and the copyright line.

use pulldown_cmark::{Event, Parser, Tag};

use crate::config::{Config, MenuEntry};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::graph::{Graph, LinkAnswer, PageId, ResolvedMenuEntry, output_path};

/// Findings for links in the settings that lead nowhere. `has_site_file` knows the paths of the files about the whole site.
pub(super) fn check(graph: &Graph, config: &Config, has_site_file: &dyn Fn(&str) -> bool) -> Diagnostics {
    let check = Check {
        graph,
        config,
        has_site_file,
    };
    let mut found = Diagnostics::new();
    for site in &graph.sites {
        for (_, entries) in &site.menus {
            check.entries(site.home, entries, &mut found);
        }
        let copyright = &config.languages[site.lang].copyright;
        for target in targets(copyright) {
            let span = ["copyright", "params.copyright"]
                .iter()
                .find_map(|key| config.raw.get_path(key))
                .and_then(|value| config.places.span(&value.span));
            let message = |target: &str| format!("the link `{target}` in `copyright` leads nowhere");
            found.extend(check.link(site.home, &target, span, message(&target)));
        }
    }
    found.sort();
    found.dedup();
    found
}

struct Check<'a> {
    graph: &'a Graph,
    config: &'a Config,
    has_site_file: &'a dyn Fn(&str) -> bool,
}

impl Check<'_> {
    fn entries(&self, home: PageId, entries: &[ResolvedMenuEntry], found: &mut Diagnostics) {
        for resolved in entries {
            let entry = &resolved.entry;
            // Entries of pages lead to their page, whatever else they say.
            let by_url = entry.page_ref.as_ref().is_none_or(String::is_empty) && resolved.page.is_none();
            if let (Some(url), Some(span), true) = (&entry.url, &entry.url_span, by_url) {
                let span = self.config.places.span(span);
                let message = format!("the menu entry `{}` leads nowhere: `{url}`", label(entry));
                found.extend(self.link(home, url, span, message));
            }
            self.entries(home, &resolved.children, found);
        }
    }

    fn link(&self, home: PageId, url: &str, span: Option<Span>, message: String) -> Option<Diagnostic> {
        let LinkAnswer::Missing { nearest } = self.graph.resolve_link(home, url) else {
            return None;
        };
        let (path, _) = self.graph.asked_path(home, url);
        let is_there = |path: &str| (self.has_site_file)(&output_path(path));
        if is_there(&path) || is_there(&format!("{path}/")) {
            return None;
        }
        let finding = Diagnostic::warning(Code::BrokenLink, span, message);
        Some(match nearest.first() {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("write the address of a page of the site, or a whole one with `https://`"),
        })
    }
}

fn label(entry: &MenuEntry) -> &str {
    if entry.name.is_empty() {
        &entry.identifier
    } else {
        &entry.name
    }
}

/// The targets of the links in a line of Markdown.
fn targets(markdown: &str) -> Vec<String> {
    Parser::new(markdown)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .collect()
}
