//! `_headers`: the headers that Netlify and Cloudflare Pages send with the files. To other hosts it is a plain file.

use crate::source::{Component, Origin};

use super::assets::FOLDER;
use super::site_file::Content;
use super::{OutputContent, Renderer};

pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let wanted = renderer.is_for_a_host();
    wanted.then(|| "_headers".to_owned()).into_iter().collect()
}

/// Says that the theme's files never change, because their names hold a hash of their content, unless files of the
/// author lie among them. About pages both hosts tell browsers to ask again each time by themselves; a rule for them
/// would be joined with the one for the theme's files instead of giving way to it.
pub(super) fn file(renderer: &Renderer<'_>, _: usize) -> Content {
    let context = renderer.context;
    let base = &context.config.base_url.path;
    let mut text = format!(
        "{base}*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    let mut assets = context.graph.assets.iter();
    let shared = assets.any(|(path, id)| {
        let embedded = |file: &crate::source::SourceFile| {
            file.component == Component::Static && file.origin == Origin::Embedded
        };
        path.trim_start_matches('/').starts_with(FOLDER) && !context.tree.get(*id).is_some_and(embedded)
    });
    if !shared {
        text.push_str(&format!(
            "\n{base}{FOLDER}*\n  Cache-Control: public, max-age=31536000, immutable\n"
        ));
    }
    (OutputContent::Bytes(text.into()), Vec::new())
}
