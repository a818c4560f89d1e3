//! The pages that are printed on one page, with their numbers there.

use std::collections::HashMap;

use super::RenderContext;
use crate::diag::FileId;
use crate::graph::{Page, PageId, output_path};
use crate::lang::{LangId, PerLanguage};

/// URL path of the page below the home page of a language.
const PATH: &str = "print/";

/// Delimiter around the number of a page in a slot, and the slot of a page's text on the page itself. No text holds it:
/// it is one of the marks.
pub(super) const SLOT: &str = "\u{10fffd}";

/// The facts about the site that all parts need.
pub(super) struct Printing<'a> {
    /// URL path of the page for printing by language; `None` if the site has none or a page of its own there.
    pub(super) urls: PerLanguage<Option<String>>,
    /// Places in reading order by page, from 1; 0 for pages that are not printed.
    numbers: Vec<usize>,
    /// New places of files, if links to them depend on their page.
    pub(super) moved: HashMap<FileId, &'a str>,
}

impl<'a> Printing<'a> {
    pub(super) fn new(context: RenderContext<'a>) -> Self {
        let graph = context.graph;
        let mut numbers = vec![0; graph.pages.len()];
        let urls = graph.sites.ids().map(|lang| {
            let home = &graph.page(graph.sites[lang].home).url;
            // Where addresses are files, that of the home page is one, too.
            let folder = &home[..home.rfind('/').map_or(0, |end| end + 1)];
            let url = format!("{folder}{PATH}");
            let wanted = context.config.wsgen.print && printed(context, lang).nth(1).is_some();
            let url = (wanted && !graph.targets.contains_key(&output_path(&url))).then_some(url)?;
            for (page, number) in printed(context, lang).zip(1..) {
                numbers[page.id.0 as usize] = number;
            }
            Some(url)
        });
        Self {
            urls: urls.collect(),
            numbers,
            moved: moved_assets(context),
        }
    }

    /// Place of a page in reading order, from 1; 0 if it is not printed.
    pub(super) fn number(&self, page: PageId) -> usize {
        self.numbers[page.0 as usize]
    }

    /// The languages that have a page for printing, with its URL path.
    pub(super) fn of_languages(&self) -> impl Iterator<Item = (LangId, &str)> {
        let urls = self.urls.each();
        urls.filter_map(|(lang, url)| Some((lang, url.as_deref()?)))
    }

    /// The id of a page on the page for printing.
    pub(super) fn id(&self, page: PageId) -> String {
        format!("p{}", self.number(page))
    }
}

/// The pages of a language that are printed, in reading order.
pub(super) fn printed(context: RenderContext<'_>, lang: LangId) -> impl Iterator<Item = &Page> {
    let graph = context.graph;
    let order = graph.sites[lang].reading_order.iter();
    order.map(|id| graph.page(*id)).filter(|page| page.rendered)
}

fn moved_assets(context: RenderContext<'_>) -> HashMap<FileId, &str> {
    if !context.config.urls.relative {
        return HashMap::new();
    }
    let assets = context.graph.assets.iter().chain(&context.graph.pool);
    assets.map(|(path, id)| (*id, path.as_str())).collect()
}
