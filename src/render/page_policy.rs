//! The Content-Security-Policy of a page, as the value of its header.

use super::renderer::Renderer;
use crate::body::Policy;

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
        for host in &self.context.config.wsgen.csp_allow {
            policy.allow(host);
        }
        // In a folder the diagram library is made of texts.
        if self.context.config.urls.relative {
            policy.allow_made_modules();
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
