//! The parts that all pages share, which the files of this module render from.

use jiff::tz::TimeZone;
use tera::Value;

use super::RenderContext;
use super::assets::ThemeAssets;
use super::nav::NavTree;
use super::page_links::Links;
use super::pieces::Pieces;
use super::policy;
use super::printing::Printing;
use super::text_files::TextFile;
use super::view::Entries;
use super::way::Place;
use crate::config::Language;
use crate::lang::{LangId, PerLanguage};

/// The parts that all pages share.
pub struct Renderer<'a> {
    pub(super) context: RenderContext<'a>,
    pub(super) languages: PerLanguage<Shared<'a>>,
    /// Place in reading order by page, from 1; 0 for pages outside it.
    pub(super) steps: Vec<usize>,
    /// Places on the way through the workshop by page.
    pub(super) places: Vec<Place>,
    pub(super) theme: ThemeAssets,
    pub(super) pieces: Pieces,
    pub(super) printing: Printing<'a>,
    /// The files of Markdown by path; none where the settings ask for none.
    pub(super) texts: Vec<(String, TextFile)>,
    pub(super) policy: policy::Shared,
    pub(super) zone: TimeZone,
}

/// The parts that all pages of a language share.
pub(super) struct Shared<'a> {
    pub(super) tree: NavTree<'a>,
    pub(super) steps: usize,
    pub(super) texts: Value,
    pub(super) params: serde_json::Value,
    /// The variables `site` and `assets`, if links do not depend on the page.
    pub(super) fixed: Option<(Value, Value)>,
}

impl<'a> Renderer<'a> {
    pub(super) fn links<'l>(&self, from: Option<&'l str>) -> Links<'l>
    where
        'a: 'l,
    {
        Links {
            graph: self.context.graph,
            config: self.context.config,
            from,
        }
    }

    /// False for a bundle, whose files are opened from a folder.
    pub(super) fn is_for_a_host(&self) -> bool {
        !self.context.config.urls.files
    }

    pub(super) fn language(&self, lang: LangId) -> &'a Language {
        &self.context.config.languages[lang]
    }

    /// An interface text.
    pub(super) fn text_of(&self, lang: LangId, key: &str) -> &str {
        let texts = self.context.texts.of(self.language(lang));
        texts.get(key).copied().unwrap_or_default()
    }

    /// The sidebar of a page outside the tree.
    pub(super) fn sidebar(&self, lang: LangId, links: Links<'_>) -> Entries {
        self.languages[lang].tree.view(links, None)
    }
}
