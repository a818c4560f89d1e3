//! The Content-Security-Policy of each page: what its text needs, and what stands around every text.

use crate::body::Policy;
use crate::source::{Component, Origin};

use super::{RenderContext, assets, excerpts};

/// The sources of all pages beyond the site's own files.
pub(super) struct Shared {
    pub(super) policy: Policy,
    /// True if the site has templates of pages itself, which may load anything.
    pub(super) templates: bool,
    first_script: String,
}

/// The script that runs before the first paint. As a file it would keep the stylesheet waiting.
const FIRST_SCRIPT: &str = "js/scheme.js";

impl Shared {
    /// Collects them from the author's HTML around texts: menus, signs in the sidebar, the copyright line.
    pub(super) fn new(context: RenderContext<'_>) -> Self {
        let mut policy = Policy::default();
        let mut add = |html: &str| {
            if html.contains('<') {
                policy.merge(&Policy::of_html(html));
            }
        };
        let first_script = assets::content(FIRST_SCRIPT, context)
            .unwrap_or_default()
            .trim()
            .to_owned();
        add(&format!("<script>{first_script}</script>"));
        for site in &context.graph.sites {
            let entries = site.menus.iter().flat_map(|(_, entries)| entries);
            for entry in entries {
                let mut open = vec![entry];
                while let Some(entry) = open.pop() {
                    let written = &entry.entry;
                    [&written.pre, &written.post]
                        .into_iter()
                        .for_each(|html| add(html));
                    open.extend(&entry.children);
                }
            }
        }
        for page in &context.graph.pages {
            add(&page.nav.pre);
            add(&page.nav.post);
        }
        for language in &context.config.languages {
            add(&excerpts::inline(&language.copyright));
        }
        let templates = context
            .tree
            .iter(Component::Templates)
            .any(|(_, file)| file.origin != Origin::Embedded && !file.target.starts_with("shortcodes/"));
        Self {
            policy,
            templates,
            first_script,
        }
    }

    /// The script that runs before the first paint.
    pub(super) fn first_script(&self) -> &str {
        &self.first_script
    }

    /// Returns true if the site has templates of pages itself.
    pub(super) fn has_templates(&self) -> bool {
        self.templates
    }
}
