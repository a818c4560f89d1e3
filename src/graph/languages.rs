//! Languages: pages that are translations of each other, and the redirects between their root folders.

use std::collections::HashMap;

use super::node::Node;
use super::tree::id;
use super::{Kind, PageId};
use crate::config::Config;

/// The other languages' pages of each page, in the order of languages. Pages are translations of each other by their
/// path, or by `translationKey`.
pub(super) fn translations(nodes: &[Node], config: &Config) -> Vec<Vec<PageId>> {
    let mut translations = vec![Vec::new(); nodes.len()];
    if config.languages.len() < 2 {
        return translations;
    }
    let mut groups: HashMap<(Kind, bool, &str), Vec<PageId>> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let key = match &node.front.translation_key {
            Some(key) if !key.is_empty() => (node.kind, true, key.as_str()),
            _ => (node.kind, false, node.path.as_str()),
        };
        groups.entry(key).or_default().push(id(at));
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|page| (nodes[page.0 as usize].lang, *page));
        for page in &group {
            let lang = nodes[page.0 as usize].lang;
            let others = group
                .iter()
                .copied()
                .filter(|other| nodes[other.0 as usize].lang != lang);
            translations[page.0 as usize] = others.collect();
        }
    }
    translations
}

/// The redirect to the default language's home page from the root that it does not have: `/ja/` to `/`, or `/` to
/// `/ja/`.
pub(super) fn root_redirect(config: &Config) -> Option<String> {
    if config.urls.disable_aliases {
        return None;
    }
    if config.default_language_in_subdir {
        return Some("/".to_owned());
    }
    let key = &config.languages[config.default_language].key;
    (config.languages.len() > 1).then(|| format!("/{key}/"))
}
