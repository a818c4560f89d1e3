//! `sitemap.xml`: one for each language, and an index when there are several. Rules: `docs/hugo.md`, section 14.

use std::fmt::Write as _;

use crate::graph::{Page, PageId, permalink};
use crate::parse::SitemapRules;

use super::text::escape;
use super::{OutputFile, RenderContext};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemap files.
pub(super) fn sitemaps(context: RenderContext<'_>) -> Vec<OutputFile> {
    if context.config.disable_kinds.iter().any(|kind| kind == "sitemap") {
        return Vec::new();
    }
    let languages = &context.config.languages;
    if languages.len() == 1 {
        return vec![OutputFile::text("sitemap.xml", sitemap(context, 0))];
    }
    let mut index = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    let mut files = Vec::new();
    for (lang, language) in languages.iter().enumerate() {
        let path = format!("{}/sitemap.xml", language.key);
        line(&mut index, "sitemap", &permalink(context.config, &path));
        files.push(OutputFile::text(path, sitemap(context, lang)));
    }
    index.push_str("</sitemapindex>\n");
    files.insert(0, OutputFile::text("sitemap.xml", index));
    files
}

fn line(out: &mut String, element: &str, url: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  <{element}><loc>{}</loc></{element}>", escape(url));
}

fn sitemap(context: RenderContext<'_>, lang: usize) -> String {
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
