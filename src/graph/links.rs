//! Targets of links and images in Markdown.
//!
//! A target that works as written, relative to the page's URL, is what a reader of Hugo's site gets, so it is kept. Any
//! other is taken as a path between source files: that is how authors write, and how their editors and code hosts show
//! it.

use super::near::near;
use super::paths::{clean, decode_name, decode_path, join, last, normal, output_path, parent};
use super::source_places::SourceTarget;
use super::{Graph, PageId, Target};
use crate::address::{Address, has_extension, is_external, split_suffix};
use crate::config::LinkHook;
use crate::diag::FileId;
use crate::lang::LangId;
use crate::source::Component;

/// The target of a link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkAnswer {
    /// A page of the site.
    Page {
        /// The page at the target.
        page: PageId,
        /// The decoded URL path to print: as written where that works, else the page's URL.
        path: String,
        /// Query and fragment as written: `?x=1#y`.
        suffix: String,
    },
    /// A file of the site.
    Asset {
        /// The file at the target.
        file: FileId,
        /// Its decoded URL path.
        path: String,
        /// Query and fragment as written.
        suffix: String,
    },
    /// A place on the page itself.
    SelfFragment {
        /// The text behind `#`, as written.
        fragment: String,
    },
    /// Out of the site: a scheme or another host.
    External,
    /// No page or file.
    Missing {
        /// Existing targets like the one written.
        nearest: Vec<String>,
    },
}

impl LinkAnswer {
    /// The fragment behind `#`, decoded.
    pub fn fragment(&self) -> Option<String> {
        match self {
            Self::Page { suffix, .. } | Self::Asset { suffix, .. } => {
                suffix.split_once('#').and_then(|(_, fragment)| anchor(fragment))
            }
            Self::SelfFragment { fragment } => anchor(fragment),
            Self::External | Self::Missing { .. } => None,
        }
    }
}

/// A target before query and fragment are put back.
enum Found {
    Page(PageId, String),
    Asset(FileId, String),
}

impl Graph {
    /// The target of `href` on the page `from`.
    pub fn resolve_link(&self, from: PageId, href: &str) -> LinkAnswer {
        let (path, suffix) = match Address::parse(href) {
            Address::External => return LinkAnswer::External,
            Address::Fragment(fragment) => {
                return LinkAnswer::SelfFragment {
                    fragment: fragment.to_owned(),
                };
            }
            Address::Path { path: "", suffix } => return self.on_page(from, suffix),
            Address::Path { path, suffix } => (decode_name(path), suffix),
        };
        let found = self
            .literal(from, &path)
            .or_else(|| self.between_files(from, &path))
            .or_else(|| self.between_sources(from, &path))
            .or_else(|| self.in_pool(&path));
        let suffix = suffix.to_owned();
        match found {
            Some(Found::Page(page, path)) => LinkAnswer::Page { page, path, suffix },
            Some(Found::Asset(file, path)) => LinkAnswer::Asset { file, path, suffix },
            None => LinkAnswer::Missing {
                nearest: self.targets_like(from, &path),
            },
        }
    }

    /// The decoded URL path at which a file beside pages is published; `path` is its path inside the content.
    pub fn resource_url(&self, path: &str, file: FileId) -> Option<&str> {
        self.index.resources.url_of(path, file)
    }

    /// The page itself, with a query.
    fn on_page(&self, from: PageId, suffix: &str) -> LinkAnswer {
        LinkAnswer::Page {
            page: from,
            path: self.page(from).url.clone(),
            suffix: suffix.to_owned(),
        }
    }

    /// The target that a browser finds at the page's URL.
    fn literal(&self, from: PageId, path: &str) -> Option<Found> {
        if is_markdown(path) {
            return None;
        }
        let base = self.index.base_path.trim_end_matches('/');
        let below_base = || {
            let rest = path.strip_prefix(base).filter(|_| !base.is_empty())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("/{rest}"))
        };
        if path.starts_with('/') {
            return below_base()
                .and_then(|path| self.at_url(&path))
                .or_else(|| self.at_url(path));
        }
        self.at_url(&format!("{}/{path}", parent(&self.page(from).url)))
    }

    /// The decoded URL path that a browser asks for when it follows `href` on the page `from`, and query and fragment.
    pub fn asked_path<'h>(&self, from: PageId, href: &'h str) -> (String, &'h str) {
        let (path, suffix) = split_suffix(href.trim());
        let path = decode_name(path);
        let path = if path.starts_with('/') {
            printed(&path)
        } else {
            printed(&format!("{}/{path}", parent(&self.page(from).url)))
        };
        (path, suffix)
    }

    fn at_url(&self, path: &str) -> Option<Found> {
        let asked = printed(path);
        // Pages are printed with their slash, which saves readers a redirect.
        let is_file = asked.ends_with('/') || self.targets.contains_key(&output_path(&asked));
        let printed = if is_file { asked } else { format!("{asked}/") };
        match self.target_at(&printed)? {
            Target::Page(page) | Target::Alias(page) => Some(Found::Page(page, printed)),
            Target::Asset(file) => Some(Found::Asset(file, printed)),
        }
    }

    /// The target of `href` in the Markdown of the page `from`. If the site has links resolved, the page of the same
    /// language comes before the one at the URL.
    pub fn resolve_written_link(&self, from: PageId, href: &str) -> LinkAnswer {
        let href = href.trim();
        let (path, suffix) = split_suffix(href);
        let path = decode_name(path);
        // A file that is named with its language is meant.
        let names_other = self
            .named_language(&path)
            .is_some_and(|lang| lang != self.page(from).lang);
        let is_path = !path.is_empty() && !is_external(href) && !names_other;
        let wanted = match self.index.canonical {
            LinkHook::Never => false,
            LinkHook::Languages => is_path && self.leaves_language(from, &path),
            LinkHook::Always => is_path,
        };
        let page = wanted.then(|| self.find_page(from, &path, self.page(from).lang));
        let page = page
            .flatten()
            .filter(|page| may_name_page(&path) || self.is_named(*page, &path));
        match page.and_then(|page| self.to_page(page)) {
            Some(Found::Page(page, path)) => LinkAnswer::Page {
                page,
                path,
                suffix: suffix.to_owned(),
            },
            _ => self.resolve_link(from, href),
        }
    }

    /// Returns true if a path as written leads to a page in another language.
    fn leaves_language(&self, from: PageId, path: &str) -> bool {
        match self.literal(from, path) {
            Some(Found::Page(page, _)) => self.page(page).lang != self.page(from).lang,
            _ => false,
        }
    }

    /// Returns true if the name at the end of a path is all of a page's name, dots included: `../1.2-setup`.
    fn is_named(&self, page: PageId, path: &str) -> bool {
        last(&self.page(page).path) == last(&normal(path.trim_end_matches('/')))
    }

    /// The file of `assets/` at a path there, by Hugo's rule.
    fn in_pool(&self, path: &str) -> Option<Found> {
        let path = clean(&format!("/{path}"));
        let at = self
            .pool
            .binary_search_by(|(known, _)| known.as_str().cmp(&path[1..]))
            .ok()?;
        Some(Found::Asset(self.pool[at].1, path))
    }

    /// The page or file at a path between source files; absolute paths start at the content folder.
    fn between_files(&self, from: PageId, path: &str) -> Option<Found> {
        let page = self.page(from);
        let dir = if path.starts_with('/') {
            ""
        } else {
            page.dir.as_str()
        };
        let file = join(dir, path);
        let file = file.trim_start_matches('/');
        let named = self.named_language(file).filter(|lang| *lang != page.lang);
        if let Some(page) = named.and_then(|lang| self.page_in_language(lang, file)) {
            return self.to_page(page);
        }
        if let Some(page) = self.page_of_file(page.lang, file) {
            return self.to_page(page);
        }
        let beside = |path: &str| self.index.resources.get(path, page.lang);
        let several = self.index.keys.len() > 1;
        let own = several.then(|| beside(&in_language(file, &self.index.keys[page.lang])));
        if let Some((file, url)) = own.flatten().or_else(|| beside(file)) {
            return Some(Found::Asset(file, url.to_owned()));
        }
        let logical = normal(&join(dir, path));
        let lang = named.unwrap_or(page.lang);
        let found = match may_name_page(path) {
            true => self
                .at_logical(lang, &logical, path)
                .or_else(|| self.find_page(from, path, lang))
                .or_else(|| self.find_page(from, path.strip_prefix("./")?, lang)),
            false => self.page_at(lang, &logical),
        };
        // Only what a language lacks is looked for in the others.
        let other = || self.sites.ids().find_map(|lang| self.page_of_file(lang, file));
        self.to_page(found.or_else(other)?)
    }

    /// The page or file at a path between files as they lie in the site's folder, before mounts.
    fn between_sources(&self, from: PageId, path: &str) -> Option<Found> {
        let targets = self.index.sources.targets(from, path);
        targets
            .into_iter()
            .find_map(|target| match target.mount.component {
                Component::Content => self.content_at(from, &target),
                Component::Static => self.at_url(&format!("/{}", target.path)),
                _ => self.in_pool(&target.path),
            })
    }

    /// The page that a path between files as they lie in the site's folder leads to, into another mount than that of the
    /// page `from`.
    pub(super) fn page_in_other_mount(&self, from: PageId, path: &str) -> Option<PageId> {
        let targets = self.index.sources.targets(from, path);
        let others = targets
            .iter()
            .filter(|target| !target.is_own && target.mount.component == Component::Content);
        others
            .filter_map(|target| self.content_at(from, target))
            .find_map(|found| match found {
                Found::Page(page, _) => Some(page),
                Found::Asset(..) => None,
            })
    }

    /// The page or the file beside pages at a place of the content. The content folder of a language names that language;
    /// in one for all a path stays in the page's language.
    fn content_at(&self, from: PageId, target: &SourceTarget<'_>) -> Option<Found> {
        let of_folder = target.mount.lang.as_deref().map(str::to_lowercase);
        let of_folder = of_folder.and_then(|wanted| self.index.keys.find(|key| *key == wanted));
        let lang = self.named_language(&target.path).or(of_folder);
        let lang = lang.unwrap_or(self.page(from).lang);
        let path = target.path.as_str();
        if let Some(page) = self.page_in_language(lang, path) {
            return self.to_page(page);
        }
        if let Some((file, url)) = self.index.resources.get(path, lang) {
            return Some(Found::Asset(file, url.to_owned()));
        }
        let folder = || self.page_at(lang, &normal(&join("", path)));
        let other = || {
            self.index
                .keys
                .ids()
                .find_map(|lang| self.page_of_file(lang, path))
        };
        let found = if is_markdown(path) { other() } else { folder() };
        self.to_page(found?)
    }

    /// The page that a file with its language in its name makes, or the file without it: `a.en.md`, `a.md`.
    fn page_in_language(&self, lang: LangId, file: &str) -> Option<PageId> {
        let plain = || {
            let (stem, extension) = file.rsplit_once('.')?;
            let (stem, _) = stem.rsplit_once('.')?;
            self.page_of_file(lang, &format!("{stem}.{extension}"))
        };
        self.page_of_file(lang, file).or_else(plain)
    }

    /// The page as a target; `None` if no file is written for it.
    fn to_page(&self, page: PageId) -> Option<Found> {
        let target = self.page(page);
        target.rendered.then(|| Found::Page(page, target.url.clone()))
    }

    /// Targets that the author may have meant: logical paths for Markdown files, URL paths for the rest.
    fn targets_like(&self, from: PageId, path: &str) -> Vec<String> {
        let page = self.page(from);
        let wanted = if path.starts_with('/') {
            clean(path)
        } else {
            join(&page.dir, path)
        };
        if is_markdown(path) {
            return self.pages_like(&wanted, page.lang);
        }
        let pages = self.pages.iter().map(|page| page.url.as_str());
        let files = self.assets.iter().map(|(path, _)| path.as_str());
        let pages = pages.map(|url| url.trim_matches('/'));
        let near = near(
            wanted.trim_matches('/'),
            &self.measures.targets,
            pages.chain(files),
        );
        let is_file = |path: &String| last(path).contains('.');
        near.into_iter()
            .map(|path| {
                if is_file(&path) {
                    format!("/{path}")
                } else {
                    clean(&path) + "/"
                }
            })
            .collect()
    }
}

/// The decoded id that a fragment names. Orders to the browser (`:~:text=…`) and to scripts (`#!…`) name none.
fn anchor(fragment: &str) -> Option<String> {
    let id = fragment.split(":~:").next().unwrap_or_default();
    let is_order = id.starts_with('!') || id.is_empty() && !fragment.is_empty();
    (!is_order).then(|| decode_path(id).into_owned())
}

/// A URL path without `.` and `..`, with a slash at the end where it is a folder.
fn printed(path: &str) -> String {
    let folder = path.ends_with('/') || matches!(last(path), "." | "..");
    let cleaned = clean(path);
    if folder && cleaned != "/" {
        format!("{cleaned}/")
    } else {
        cleaned
    }
}

/// The name of a file for one language: `a.ja.png` for `a.png`.
fn in_language(file: &str, language: &str) -> String {
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{language}.{extension}"),
        None => format!("{file}.{language}"),
    }
}

fn is_markdown(path: &str) -> bool {
    has_extension(path, &["md", "markdown", "mdown"])
}

/// Returns true if a path between files can mean a page: a picture that is missing is not the page of the same name.
fn may_name_page(path: &str) -> bool {
    let name = last(path);
    matches!(name, "." | "..")
        || !name.contains('.')
        || is_markdown(path)
        || has_extension(path, &["html", "htm"])
}
