//! Nodes: one [`Node`] for each page file that takes part, and for each page without a file.

use std::borrow::Cow;

use spanned_data::{Map, Value};

use super::paths::{last, normal, parent};
use super::{Bundle, Kind};
use crate::config::Config;
use crate::diag::FileId;
use crate::discover::{PageFile, Role};
use crate::lang::LangId;
use crate::parse::{Format, FrontMatter};

/// A page before it has a place. Its index in the list of nodes is its [`PageId`](super::PageId).
pub(super) struct Node<'a> {
    /// Index into the parsed pages.
    pub(super) source: Option<usize>,
    /// Its source file.
    pub(super) file: Option<FileId>,
    /// Index of the language.
    pub(super) lang: LangId,
    pub(super) kind: Kind,
    pub(super) bundle: Bundle,
    /// Format of its body.
    pub(super) format: Format,
    /// Folder as written: the one that the file lies in; of a generated section its own.
    pub(super) dir: Cow<'a, str>,
    /// File name without extension and language as written.
    pub(super) stem: &'a str,
    /// Logical path of the page.
    pub(super) path: String,
    /// Fields after cascade.
    pub(super) front: FrontMatter,
    /// All values after cascade.
    pub(super) params: Map,
}

impl<'a> Node<'a> {
    /// The node of a page file, with the values of its own front matter.
    pub(super) fn of_file(
        source: usize,
        page: &'a PageFile,
        kind: Kind,
        front: FrontMatter,
        params: Map,
    ) -> Self {
        Self {
            source: Some(source),
            file: Some(page.file),
            lang: page.lang,
            kind,
            bundle: bundle(page.role),
            format: page.format,
            dir: Cow::Borrowed(&page.dir),
            stem: &page.stem,
            path: logical_path(page),
            front,
            params,
        }
    }

    /// A list page for the folder `dir` that no file makes.
    pub(super) fn generated(
        lang: LangId,
        kind: Kind,
        dir: Cow<'a, str>,
        front: FrontMatter,
        params: Map,
    ) -> Self {
        let path = format!("/{}", normal(&dir));
        Self {
            source: None,
            file: None,
            lang,
            kind,
            bundle: Bundle::Branch,
            format: Format::Markdown,
            dir,
            stem: "_index",
            path,
            front,
            params,
        }
    }

    /// The name at the end of its URL, as written.
    pub(super) fn name(&self) -> &str {
        if self.bundle == Bundle::None {
            self.stem
        } else {
            last(&self.dir)
        }
    }

    /// The folder that holds it, as written.
    pub(super) fn container(&self) -> &str {
        if self.bundle == Bundle::None {
            &self.dir
        } else {
            parent(&self.dir)
        }
    }

    /// Returns true if a file is written for it.
    pub(super) fn is_rendered(&self, config: &Config) -> bool {
        use crate::parse::Render;
        self.front.build.render == Render::Always
            && !self.front.headless
            && self.is_enabled(config)
            && self.has_html(config)
    }

    /// Returns true if one of the formats that the page asks for is HTML. Unknown formats count as HTML.
    fn has_html(&self, config: &Config) -> bool {
        let outputs = &self.front.outputs;
        outputs.is_empty() || outputs.iter().any(|format| is_html(format, config))
    }

    /// Returns true if pages of its kind are enabled.
    pub(super) fn is_enabled(&self, config: &Config) -> bool {
        is_enabled(self.kind, config)
    }
}

/// Hugo's own formats that are not HTML.
const NOT_HTML: [&str; 10] = [
    "calendar",
    "css",
    "csv",
    "gotmpl",
    "json",
    "markdown",
    "robots",
    "rss",
    "sitemap",
    "webappmanifest",
];

/// Returns true if pages in a format are HTML, by the site's media type of it, else by Hugo's.
fn is_html(format: &str, config: &Config) -> bool {
    let format = format.to_lowercase();
    let media_type = config.raw.get_path(&format!("outputFormats.{format}.mediaType"));
    match media_type.and_then(Value::to_text) {
        Some(media_type) => media_type.eq_ignore_ascii_case("text/html"),
        None => !NOT_HTML.contains(&&*format),
    }
}

/// Returns true if pages of that kind are enabled. The name `taxonomyTerm` of old sites stands for list and terms.
pub(super) fn is_enabled(kind: Kind, config: &Config) -> bool {
    let old = matches!(kind, Kind::Taxonomy | Kind::Term);
    !config
        .disable_kinds
        .iter()
        .any(|name| name == kind.name() || (old && name == "taxonomyterm"))
}

/// The logical path of a page file: lower case, hyphens for spaces, no extension.
pub(super) fn logical_path(page: &PageFile) -> String {
    match (page.role, page.dir.as_str()) {
        (Role::Single, "") => format!("/{}", normal(&page.stem)),
        (Role::Single, dir) => format!("/{}/{}", normal(dir), normal(&page.stem)),
        (Role::Branch | Role::Leaf, dir) => format!("/{}", normal(dir)),
    }
}

/// The kind of page that a file makes.
pub(super) fn kind(page: &PageFile, config: &Config) -> Kind {
    if page.role != Role::Branch {
        return Kind::Page;
    }
    if page.dir.is_empty() {
        return Kind::Home;
    }
    let (top, below) = page
        .dir
        .split_once('/')
        .map_or((page.dir.as_str(), false), |(top, _)| (top, true));
    let is_taxonomy = config
        .taxonomies
        .iter()
        .any(|(_, plural)| plural.eq_ignore_ascii_case(top));
    match (is_taxonomy, below) {
        (false, _) => Kind::Section,
        (true, false) => Kind::Taxonomy,
        (true, true) => Kind::Term,
    }
}

fn bundle(role: Role) -> Bundle {
    match role {
        Role::Single => Bundle::None,
        Role::Leaf => Bundle::Leaf,
        Role::Branch => Bundle::Branch,
    }
}
