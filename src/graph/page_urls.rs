//! The URL of every page, and the folder for the files of its bundle.

use std::collections::HashMap;

use super::collisions::Claims;
use super::duplicates::Duplicate;
use super::input::Input;
use super::node::Node;
use super::page_place::Place;
use super::paths::{
    clean, code_points, first, join, last, normal, output_path, parent, segment, shorten, urlize,
};
use super::permalinks::{Tokens, pattern};
use super::taxonomy::Members;
use super::titles::Titles;
use super::{Bundle, Kind, PageId};
use crate::address::names_file;
use crate::config::{Config, UrlRules};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::discover::Role;
use crate::lang::LangId;
use crate::parse::Render;

/// Gives every page its place. Of two pages with one place, the second gets another.
pub(super) fn places(
    nodes: &[Node],
    titles: &[Titles],
    parents: &[Option<PageId>],
    members: &Members,
    input: Input,
    diagnostics: &mut Diagnostics,
) -> Vec<Place> {
    let config = input.config;
    let mut folders = Folders::new(input);
    let mut places: Vec<Place> = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        let expand = |pattern: &str| {
            let sections = sections(at, nodes, titles, parents, &config.urls);
            Tokens {
                node,
                titles: &titles[at],
                rules: &config.urls,
                sections,
            }
            .expand(pattern)
        };
        places.push(place(node, expand, &mut folders, config, diagnostics));
    }
    assign(nodes, &mut places, members, input, diagnostics);
    places
}

/// Assigns places in order of precedence, and removes the URLs of pages that have none.
fn assign(
    nodes: &[Node],
    places: &mut [Place],
    members: &Members,
    input: Input,
    diagnostics: &mut Diagnostics,
) {
    let config = input.config;
    let mut claims = Claims::default();
    for at in by_precedence(nodes) {
        let node = &nodes[at];
        if !node.is_rendered(config) {
            continue;
        }
        if let Some(first) = claims.claim(&mut places[at], at) {
            let duplicate = Duplicate {
                nodes,
                members,
                input,
                first,
                second: at,
            };
            diagnostics.push(duplicate.finding(&places[first].url, &places[at].url));
        }
    }
    for (place, node) in places.iter_mut().zip(nodes) {
        if node.front.build.render == Render::Never || node.front.headless || !node.is_enabled(config) {
            place.url.clear();
        }
    }
}

/// The place that a page asks for.
fn place<'n>(
    node: &'n Node<'_>,
    expand: impl Fn(&str) -> String,
    folders: &mut Folders<'n>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Place {
    let prefix = language_prefix(node.lang, config);
    let written = node
        .front
        .url
        .as_deref()
        .map(str::trim)
        .filter(|url| !url.is_empty());
    if let (Some(url), true) = (written, node.kind != Kind::Home) {
        return written_place(&expand(url), &prefix);
    }
    let path = shorten(match pattern(node, config) {
        Some(pattern) => clean(&urlize(&expand(pattern), &config.urls)),
        None => path(node, folders, &config.urls, diagnostics),
    });
    let base = format!("{prefix}{}", path.trim_end_matches('/'));
    let is_folder = node.bundle == Bundle::Branch && node.kind != Kind::Term;
    let url = match (is_folder, is_ugly(node, config)) {
        (false, true) if !base.is_empty() => format!("{base}.html"),
        (true, true) => format!("{base}/index.html"),
        _ => format!("{base}/"),
    };
    Place { url, base }
}

/// The place of a page with a `url`: from the root of the site, or from that of the language without leading slash.
/// A name with an extension at the end is a file, anything else a folder.
fn written_place(url: &str, prefix: &str) -> Place {
    let printable: String = url.chars().filter(|c| !c.is_control()).collect();
    let path = shorten(clean(&printable));
    let path = if printable.starts_with('/') {
        path
    } else {
        format!("{prefix}{path}")
    };
    let path = path.trim_end_matches('/');
    if !printable.ends_with('/') && names_file(last(path)) {
        let base = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        return Place {
            url: path.to_owned(),
            base: base.to_owned(),
        };
    }
    Place {
        url: format!("{path}/"),
        base: path.to_owned(),
    }
}

/// The path from folder, slug and file name.
fn path<'n>(
    node: &'n Node<'_>,
    folders: &mut Folders<'n>,
    rules: &UrlRules,
    diagnostics: &mut Diagnostics,
) -> String {
    if node.bundle == Bundle::Branch {
        return folders.path(node.lang, &node.dir, node, diagnostics);
    }
    let folder = folders.path(node.lang, node.container(), node, diagnostics);
    let slug = node.front.slug.as_deref().map(|slug| clean(&urlize(slug, rules)));
    match slug.filter(|slug| slug != "/") {
        Some(slug) => format!("{folder}{slug}"),
        None => format!(
            "{folder}/{}",
            name_or_code_points(node.name(), rules, node, diagnostics)
        ),
    }
}

fn name_or_code_points(name: &str, rules: &UrlRules, node: &Node, diagnostics: &mut Diagnostics) -> String {
    segment(name, rules).unwrap_or_else(|| {
        let points = code_points(name);
        let message =
            format!("no character of the name `{name}` can be part of a URL; `{points}` is used instead");
        let span = node.file.map(|file| Span::new(file, 0, 0));
        diagnostics.push(
            Diagnostic::warning(Code::EmptyUrl, span, message)
                .help("set `slug` in the front matter, or rename it with letters or digits"),
        );
        points
    })
}

/// URL paths of content folders, in which the slugs of sections stand for the names of their folders.
struct Folders<'a> {
    rules: &'a UrlRules,
    /// By language and normal form of the folder.
    slugs: HashMap<(LangId, String), String>,
    known: HashMap<(LangId, &'a str), String>,
}

impl<'a> Folders<'a> {
    /// Takes the slugs from every section page, also from those that are left out.
    fn new(input: Input<'a>) -> Self {
        let rules = &input.config.urls;
        let mut slugs = HashMap::new();
        for (page, parsed) in input.inventory.pages.iter().zip(input.parsed) {
            if let (Role::Branch, Some(slug)) = (page.role, &parsed.front.slug) {
                let slug = clean(&urlize(slug, rules));
                if slug != "/" {
                    slugs.insert((page.lang, normal(&page.dir)), slug);
                }
            }
        }
        Self {
            rules,
            slugs,
            known: HashMap::new(),
        }
    }

    /// The URL path of a folder as written, without language and without a slash at the end. Mistakes in its name are
    /// reported at `node`.
    fn path(&mut self, lang: LangId, dir: &'a str, node: &Node, diagnostics: &mut Diagnostics) -> String {
        if dir.is_empty() {
            return String::new();
        }
        if let Some(path) = self.known.get(&(lang, dir)) {
            return path.clone();
        }
        let above = self.path(lang, parent(dir), node, diagnostics);
        let path = match self.slug(lang, dir) {
            Some(slug) => above + slug,
            None => format!(
                "{above}/{}",
                name_or_code_points(last(dir), self.rules, node, diagnostics)
            ),
        };
        self.known.insert((lang, dir), path.clone());
        path
    }

    fn slug(&self, lang: LangId, dir: &str) -> Option<&str> {
        if self.slugs.is_empty() {
            return None;
        }
        self.slugs.get(&(lang, normal(dir))).map(String::as_str)
    }
}

/// The sections above a page, outermost first; a section includes itself.
fn sections(
    at: usize,
    nodes: &[Node],
    titles: &[Titles],
    parents: &[Option<PageId>],
    rules: &UrlRules,
) -> Vec<(String, String)> {
    let start = if nodes[at].kind == Kind::Page {
        parents[at]
    } else {
        Some(super::tree::id(at))
    };
    let mut sections: Vec<(String, String)> = std::iter::successors(start, |id| parents[id.0 as usize])
        .map(|id| id.0 as usize)
        .filter(|at| nodes[*at].kind != Kind::Home)
        .map(|at| {
            let slug = nodes[at].front.slug.as_deref().unwrap_or(&titles[at].title);
            (nodes[at].name().to_owned(), urlize(slug, rules))
        })
        .collect();
    sections.reverse();
    sections
}

/// `/ja` for the pages of a language that lives in a folder of its own.
pub(super) fn language_prefix(lang: LangId, config: &Config) -> String {
    if lang == config.default_language && !config.default_language_in_subdir {
        return String::new();
    }
    format!("/{}", config.languages[lang].key)
}

/// Returns true if the page's URL ends in `.html`.
pub(super) fn is_ugly(node: &Node, config: &Config) -> bool {
    let section = first(&node.path[1..]);
    let own = config
        .urls
        .ugly_sections
        .iter()
        .find(|(name, _)| normal(name) == section);
    own.map_or(config.urls.ugly, |(_, ugly)| *ugly)
}

/// The order in which pages choose: home, then names, then slugs, then written URLs, then pages without a file. Of one
/// name, a leaf bundle comes before a section, and a section before a file.
pub(super) fn by_precedence(nodes: &[Node]) -> Vec<usize> {
    let class = |node: &Node| match node {
        Node { kind: Kind::Home, .. } => 0,
        Node { source: None, .. } => 6,
        Node { front, .. } if front.url.is_some() => 5,
        Node { front, bundle, .. } if front.slug.is_some() && *bundle != Bundle::Branch => 4,
        Node {
            bundle: Bundle::Leaf, ..
        } => 1,
        Node {
            bundle: Bundle::Branch,
            ..
        } => 2,
        Node {
            bundle: Bundle::None, ..
        } => 3,
    };
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|at| (class(&nodes[*at]), nodes[*at].format));
    order
}

/// The file that a page is written to.
pub(super) fn target(place: &Place) -> String {
    output_path(&place.url)
}

/// The URL path of `relative` in the folder of a page's files.
pub(super) fn beside(place: &Place, relative: &str) -> String {
    join(&place.base, relative)
}
