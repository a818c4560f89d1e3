//! The files of Markdown that a site has, for `[wsgen] llms`.

use super::RenderContext;
use super::printing::printed;
use crate::graph::{Page, PageId, output_path};
use crate::lang::LangId;

/// Name of the list of a language's pages.
const LIST: &str = "llms.txt";

/// A file of Markdown.
pub(super) enum TextFile {
    /// The list of the pages of a language.
    List(LangId),
    /// The text of a page.
    Text(PageId),
}

/// Every file of Markdown with its path. The list at the root is that of the default language.
pub(super) fn text_files(context: RenderContext<'_>) -> Vec<(String, TextFile)> {
    // A bundle is opened from a folder, by people.
    if !context.config.wsgen.llms || context.config.urls.files {
        return Vec::new();
    }
    let mut files = Vec::new();
    for (lang, site) in context.graph.sites.each() {
        let home = output_path(&context.graph.page(site.home).url);
        let folder = home.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match folder {
            "" => LIST.to_owned(),
            folder => format!("{folder}/{LIST}"),
        };
        if lang == context.config.default_language && path != LIST {
            files.push((LIST.to_owned(), TextFile::List(lang)));
        }
        files.push((path, TextFile::List(lang)));
        files.extend(printed(context, lang).map(|page| (text_path(page), TextFile::Text(page.id))));
    }
    files
}

pub(super) fn text_path(page: &Page) -> String {
    format!("{}.md", output_path(&page.url))
}
