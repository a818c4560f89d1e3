//! `ref` and `relref`: finds the page that a name means, by Hugo's rules.

use super::near::near;
use super::paths::{decode_name, decode_path, join, last, normal, parent};
use super::{Bundle, Graph, PageId};
use crate::address::split_suffix;
use crate::lang::LangId;

/// The answer of a look-up by `ref`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefAnswer {
    /// A page, or with `None` a fragment on the page itself.
    Found {
        /// The page found.
        page: Option<PageId>,
        /// The fragment behind `#`, decoded.
        fragment: Option<String>,
    },
    /// No page has the name.
    NotFound {
        /// Logical paths like the one that was asked for.
        nearest: Vec<String>,
    },
    /// Several pages have the name.
    Ambiguous {
        /// Their logical paths.
        candidates: Vec<String>,
    },
}

/// The result of a search by Hugo's rules.
enum Search {
    Page(PageId),
    Several(Vec<PageId>),
    Nothing,
}

impl Graph {
    /// The page for `target` in a `ref` on `from`, in the page's language or in `lang`.
    pub fn resolve_ref(&self, from: PageId, target: &str, lang: Option<LangId>) -> RefAnswer {
        let (path, fragment) = parse(target);
        if path.is_empty() {
            return RefAnswer::Found { page: None, fragment };
        }
        let lang = lang.or_else(|| self.named_language(&path));
        let lang = lang.unwrap_or(self.page(from).lang);
        match self.search(from, &path, lang, true) {
            Search::Page(page) => RefAnswer::Found {
                page: Some(page),
                fragment,
            },
            Search::Several(pages) => RefAnswer::Ambiguous {
                candidates: pages.iter().map(|id| self.page(*id).path.clone()).collect(),
            },
            Search::Nothing => match self.page_in_other_mount(from, &path) {
                Some(page) => RefAnswer::Found {
                    page: Some(page),
                    fragment,
                },
                None => RefAnswer::NotFound {
                    nearest: self.pages_like(&path, lang),
                },
            },
        }
    }

    /// The page for a decoded path, without the look-up by bare name.
    pub(super) fn find_page(&self, from: PageId, path: &str, lang: LangId) -> Option<PageId> {
        match self.search(from, path, lang, false) {
            Search::Page(page) => Some(page),
            Search::Several(_) | Search::Nothing => None,
        }
    }

    /// Logical paths of a language like `path`.
    pub(super) fn pages_like(&self, path: &str, lang: LangId) -> Vec<String> {
        let wanted = without_extension(&normal(path)).to_owned();
        let paths = self
            .pages
            .iter()
            .map(|page| if page.lang == lang { page.path.as_str() } else { "" });
        let found = near(&wanted, &self.measures.pages[lang], paths);
        found.into_iter().filter(|path| !path.is_empty()).collect()
    }

    fn search(&self, from: PageId, target: &str, lang: LangId, by_name: bool) -> Search {
        let target = target.trim_end_matches('/');
        let wanted = normal(target);
        let has_extension = last(target).contains('.');
        if !wanted.starts_with('/') && !wanted.is_empty() {
            let base = self.ref_base(from, has_extension && wanted.starts_with("../"));
            let beside = || self.page_beside(from, target, lang);
            let near = self.at_logical(lang, &join(base, &wanted), &wanted);
            if let Some(page) = near.or_else(|| if has_extension { beside() } else { None }) {
                return Search::Page(page);
            }
        }
        if wanted.starts_with('.') {
            return Search::Nothing;
        }
        let from_root = self.at_logical(lang, &join("", &wanted), &wanted);
        let file = || {
            if has_extension {
                self.page_of_file(lang, target.trim_start_matches('/'))
            } else {
                None
            }
        };
        match from_root.or_else(file) {
            Some(page) => Search::Page(page),
            None if by_name && !target.contains('/') => self.by_name(lang, &wanted),
            None => Search::Nothing,
        }
    }

    /// The logical folder that refs of a page are relative to. A leaf bundle looks from the folder around it, except
    /// for a file that is named with `../`.
    fn ref_base(&self, from: PageId, file_above: bool) -> &str {
        let page = self.page(from);
        match page.bundle {
            Bundle::Branch => &page.path,
            Bundle::Leaf if file_above => &page.path,
            Bundle::Leaf | Bundle::None => parent(&page.path),
        }
    }

    /// The page whose file lies at `target`, seen from the file of `from`.
    fn page_beside(&self, from: PageId, target: &str, lang: LangId) -> Option<PageId> {
        self.page_of_file(lang, join(&self.page(from).dir, target).trim_start_matches('/'))
    }

    /// The page at a logical path that may have an extension, a language, and `index` or `_index` at its end.
    pub(super) fn at_logical(&self, lang: LangId, path: &str, written: &str) -> Option<PageId> {
        let index = &self.index.languages.get(lang)?.by_path;
        let get = |path: &str| index.get(if path.is_empty() { "/" } else { path }).copied();
        if matches!(last(written), "." | "..") {
            return get(path);
        }
        let (folder, name) = (parent(path), last(path));
        let bare = self.without_language(without_extension(name));
        match bare {
            "_index" => get(folder),
            "index" => (bare == name)
                .then(|| get(path))
                .flatten()
                .or_else(|| get(folder)),
            // A dot may belong to the name: `/v1.2` beside `/v1`.
            _ => get(path).or_else(|| get(&format!("{folder}/{bare}"))),
        }
    }

    /// The language that a file of Markdown names: `a.ja.md`.
    pub(super) fn named_language(&self, path: &str) -> Option<LangId> {
        let (stem, extension) = last(path).rsplit_once('.')?;
        let (_, language) = stem.rsplit_once('.')?;
        let is_markdown = ["md", "markdown", "mdown"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known));
        let language = language.to_lowercase();
        let found = self.index.keys.find(|key| *key == language);
        found.filter(|_| is_markdown)
    }

    fn without_language<'n>(&self, name: &'n str) -> &'n str {
        let split = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
        match split {
            Some((stem, suffix)) if self.index.keys.iter().any(|key| key == suffix) => stem,
            _ => name,
        }
    }

    fn by_name(&self, lang: LangId, wanted: &str) -> Search {
        let name = self.without_language(without_extension(wanted));
        let Some(language) = self.index.languages.get(lang) else {
            return Search::Nothing;
        };
        match language
            .by_name
            .get(wanted)
            .or_else(|| language.by_name.get(name))
            .map(Vec::as_slice)
        {
            None | Some([]) => Search::Nothing,
            Some([page]) => Search::Page(*page),
            Some(pages) => Search::Several(pages.to_vec()),
        }
    }
}

/// The path of a ref, decoded and without scheme, host and query; and the fragment behind `#`.
fn parse(target: &str) -> (String, Option<String>) {
    let (path, suffix) = split_suffix(target.trim());
    let fragment = suffix
        .split_once('#')
        .map(|(_, fragment)| decode_path(fragment).into_owned());
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => path,
    };
    (decode_name(path), fragment)
}

/// A path without its extension; a name that begins with its only dot is unchanged.
fn without_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() && !stem.ends_with('/') => {
            stem
        }
        _ => path,
    }
}
