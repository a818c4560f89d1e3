//! `sitemap.xml`: one for each language, and an index when there are several. Rules: `docs/hugo.md`, section 14.

use std::fmt::Write as _;

use crate::graph::{Page, PageId, permalink};
use crate::lang::LangId;
use crate::parse::SitemapRules;

use super::excerpts::escape;
use super::site_file::Content;
use super::{OutputContent, RenderContext, Renderer};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The file that search engines look for.
const AT_ROOT: &str = "sitemap.xml";

/// The path at the root, and one for each of several languages.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let config = renderer.context.config;
    if !renderer.is_for_a_host() || config.disable_kinds.iter().any(|kind| kind == "sitemap") {
        return Vec::new();
    }
    let several = Some(&config.languages).filter(|languages| languages.len() > 1);
    let own = several
        .into_iter()
        .flatten()
        .map(|language| of_language(&language.key));
    [AT_ROOT.to_owned()].into_iter().chain(own).collect()
}

/// The sitemap of the only language, an index, or the sitemap of one of several languages.
pub(super) fn file(renderer: &Renderer<'_>, place: usize) -> Content {
    let context = renderer.context;
    let xml = match place.checked_sub(1) {
        Some(lang) => sitemap(context, LangId(lang)),
        None if context.config.languages.len() == 1 => sitemap(context, context.config.default_language),
        None => index(context),
    };
    (OutputContent::Bytes(xml.into()), Vec::new())
}

fn of_language(key: &str) -> String {
    format!("{key}/{AT_ROOT}")
}

fn index(context: RenderContext<'_>) -> String {
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for language in &context.config.languages {
        let url = permalink(context.config, &of_language(&language.key));
        line(&mut out, "sitemap", &url);
    }
    out.push_str("</sitemapindex>\n");
    out
}

fn line(out: &mut String, element: &str, url: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  <{element}><loc>{}</loc></{element}>", escape(url));
}

fn sitemap(context: RenderContext<'_>, lang: LangId) -> String {
    let mut out =
        format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for page in context
        .graph
        .pages
        .iter()
        .filter(|page| page.lang == lang && is_listed(page))
    {
        entry(&mut out, context, page);
    }
    out.push_str("</urlset>\n");
    out
}

fn is_listed(page: &Page) -> bool {
    page.rendered && page.listed && !page.front.sitemap.disable && !page.url.is_empty()
}

fn entry(out: &mut String, context: RenderContext<'_>, page: &Page) {
    let url = |page: &Page| escape(&permalink(context.config, &page.url));
    let _ = write!(out, "  <url>\n    <loc>{}</loc>\n", url(page));
    if let Some(lastmod) = page.lastmod {
        let _ = writeln!(
            out,
            "    <lastmod>{}</lastmod>",
            lastmod.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        );
    }
    let site = context
        .config
        .raw
        .map("sitemap")
        .map(SitemapRules::read)
        .unwrap_or_default();
    let own = &page.front.sitemap;
    if let Some(word) = own.change_freq.as_ref().or(site.change_freq.as_ref()) {
        let _ = writeln!(out, "    <changefreq>{}</changefreq>", escape(word));
    }
    if let Some(priority) = own.priority.or(site.priority) {
        let _ = writeln!(out, "    <priority>{priority}</priority>");
    }
    let others = page
        .translations
        .iter()
        .map(|id: &PageId| context.graph.page(*id))
        .filter(|page| page.rendered);
    let others: Vec<&Page> = others.collect();
    if !others.is_empty() {
        for other in others.into_iter().chain([page]) {
            let locale = escape(&context.config.languages[other.lang].locale);
            let _ = writeln!(
                out,
                "    <xhtml:link rel=\"alternate\" hreflang=\"{locale}\" href=\"{}\"/>",
                url(other)
            );
        }
    }
    out.push_str("  </url>\n");
}
