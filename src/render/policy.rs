//! The Content-Security-Policy of each page: what its text needs, and what stands around every text.

use crate::body::Policy;
use crate::source::{Component, Origin};

use super::{RenderContext, Renderer, assets, excerpts};

/// The sources of all pages beyond the site's own files.
pub(super) struct Shared {
    policy: Policy,
    /// True if the site has templates of pages itself, which may load anything.
    templates: bool,
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
                    [&written.name, &written.pre, &written.post]
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

impl Renderer<'_> {
    /// The policy of a page whose text needs `own`; empty if the site wants none.
    pub(super) fn policy(&self, own: Option<&Policy>) -> String {
        if !self.context.config.wsgen.csp {
            return String::new();
        }
        let mut policy = self.policy.policy.clone();
        if let Some(own) = own {
            policy.merge(own);
        }
        policy.header()
    }

    /// The policy of a page from a template of the site, if it needs another one than `known`.
    pub(super) fn policy_of_template(&self, html: &[u8], known: &str) -> Option<String> {
        let asked = self.policy.templates && !known.is_empty();
        asked
            .then(|| self.policy(Some(&Policy::of_html(&String::from_utf8_lossy(html)))))
            .filter(|policy| policy != known)
    }
}
