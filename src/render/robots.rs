//! The file `robots.txt`.

use super::site_file::Content;
use super::{OutputContent, Renderer};

pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let wanted = renderer.is_for_a_host() && !is_disabled(renderer, "robotstxt");
    wanted.then(|| "robots.txt".to_owned()).into_iter().collect()
}

/// Lets every crawler in and names the sitemap, whose address must have a host.
pub(super) fn file(renderer: &Renderer<'_>, _: usize) -> Content {
    let sitemap = renderer.links(None).permanent("/sitemap.xml");
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if !sitemap.is_empty() && !is_disabled(renderer, "sitemap") {
        text.push_str(&format!("\nSitemap: {sitemap}\n"));
    }
    (OutputContent::Bytes(text.into()), Vec::new())
}

fn is_disabled(renderer: &Renderer<'_>, kind: &str) -> bool {
    let mut kinds = renderer.context.config.disable_kinds.iter();
    kinds.any(|other| other == kind)
}
