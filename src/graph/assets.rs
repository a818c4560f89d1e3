//! Files that are copied: those of bundles, those beside pages, and static ones; and the pages that own them.

use std::collections::HashMap;

use globset::{GlobBuilder, GlobMatcher};
use spanned_data::Map;

use super::input::Input;
use super::node::Node;
use super::page_place::Place;
use super::page_urls::beside;
use super::paths::{normal, parent};
use super::tree::Sections;
use super::{PageId, Resource};
use crate::config::Config;
use crate::diag::FileId;
use crate::discover::{Inventory, ResourceFile};
use crate::lang::LangId;
use crate::parse::ResourceRule;
use crate::source::Origin;

/// The files to copy, and the files of each page.
#[derive(Default)]
pub(super) struct Assets {
    /// URL path without leading slash, and file; sorted, no path twice.
    pub(super) files: Vec<(String, FileId)>,
    /// Files of `assets/`: URL path without leading slash, and file; sorted.
    pub(super) pool: Vec<(String, FileId)>,
    /// The files of each page's bundle.
    pub(super) resources: Vec<Vec<Resource>>,
    /// Content files by their path inside the content.
    pub(super) by_source: BesidePages,
}

/// Files beside pages by their path inside the content, where each language may have one of its own.
#[derive(Debug, Clone, Default)]
pub(super) struct BesidePages(HashMap<String, Vec<BesidePage>>);

/// A file beside pages.
#[derive(Debug, Clone)]
struct BesidePage {
    /// Index of its language; `None` for files that all languages share.
    lang: Option<LangId>,
    file: FileId,
    /// Decoded URL path.
    url: String,
}

impl BesidePages {
    /// The file at `path` for a page in `lang`: that of its language, else the one for all, else that of another.
    pub(super) fn get(&self, path: &str, lang: LangId) -> Option<(FileId, &str)> {
        let files = self.0.get(path)?;
        let of = |wanted: Option<LangId>| files.iter().find(|found| found.lang == wanted);
        let found = of(Some(lang)).or_else(|| of(None)).or_else(|| files.first())?;
        Some((found.file, &found.url))
    }

    /// The URL path of a published file.
    pub(super) fn url_of(&self, path: &str, file: FileId) -> Option<&str> {
        let found = self.0.get(path)?.iter().find(|found| found.file == file)?;
        Some(&found.url)
    }
}

/// Finds the owner and the URL path of every file.
pub(super) fn assets(nodes: &[Node], places: &[Place], sections: &Sections, input: Input) -> Assets {
    let Input {
        inventory,
        tree,
        config,
        ..
    } = input;
    let mut found = Assets {
        resources: vec![Vec::new(); nodes.len()],
        ..Assets::default()
    };
    let mut targets: HashMap<String, FileId> = HashMap::new();
    for file in &inventory.statics {
        // Sources of the theme are published under other names, if at all.
        if let Some(source) = tree.get(*file).filter(|source| source.origin != Origin::Embedded) {
            targets.insert(source.target.trim_start_matches('/').to_owned(), *file);
        }
    }
    let by_source: HashMap<usize, PageId> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| Some((node.source?, super::tree::id(at))))
        .collect();
    for file in &inventory.resources {
        let (owners, dir) = owners(file, inventory, &by_source, nodes, sections, config);
        let Some(first) = owners.first() else { continue };
        let path = below(&file.path, dir);
        let owner = &nodes[first.0 as usize];
        let published = file.published && owner.front.build.publish_resources;
        let url = if published {
            beside(&places[first.0 as usize], path)
        } else {
            String::new()
        };
        if published {
            targets.insert(url[1..].to_owned(), file.file);
            let all = found.by_source.0.entry(file.path.clone()).or_default();
            all.push(BesidePage {
                lang: file.lang,
                file: file.file,
                url: url.clone(),
            });
        }
        for owner in owners {
            found.resources[owner.0 as usize].push(resource(file.file, path, &url));
        }
    }
    for (resources, node) in found.resources.iter_mut().zip(nodes) {
        resources.sort_by(|a, b| a.path.cmp(&b.path));
        name(resources, &node.front.resources);
    }
    for file in &inventory.assets {
        let target = tree.get(*file).map(|source| source.target.clone());
        found.pool.extend(target.map(|target| (target, *file)));
    }
    found.pool.sort();
    found.files = targets.into_iter().collect();
    found.files.sort();
    found
}

fn resource(file: FileId, path: &str, url: &str) -> Resource {
    Resource {
        name: path.to_owned(),
        path: path.to_owned(),
        title: path.to_owned(),
        file,
        url: url.to_owned(),
        params: Map::new(),
    }
}

/// The pages that a file belongs to, the one that publishes it first, and the folder that they own.
fn owners<'i>(
    file: &'i ResourceFile,
    inventory: &'i Inventory,
    by_source: &HashMap<usize, PageId>,
    nodes: &[Node],
    sections: &Sections,
    config: &Config,
) -> (Vec<PageId>, &'i str) {
    let (mut owners, dir) = if let Some(bundle) = file.bundles.first() {
        let pages = file
            .bundles
            .iter()
            .filter_map(|source| by_source.get(source).copied());
        (pages.collect::<Vec<_>>(), inventory.pages[*bundle].dir.as_str())
    } else {
        nearest(file, sections, config)
    };
    owners.sort_by_key(|page| {
        let lang = nodes[page.0 as usize].lang;
        (lang != config.default_language, lang)
    });
    (owners, dir)
}

/// The sections of the nearest folder that is one in any language that sees the file.
fn nearest<'f>(file: &'f ResourceFile, sections: &Sections, config: &Config) -> (Vec<PageId>, &'f str) {
    let languages: Vec<LangId> = match file.lang {
        Some(lang) => vec![lang],
        None => config.languages.ids().collect(),
    };
    let mut dir = parent(&file.path);
    loop {
        let key = normal(dir);
        let found: Vec<PageId> = languages
            .iter()
            .filter_map(|lang| sections.get(&(*lang, key.clone())).copied())
            .collect();
        if !found.is_empty() || dir.is_empty() {
            return (found, dir);
        }
        dir = parent(dir);
    }
}

/// A path relative to a folder above it.
fn below<'p>(path: &'p str, dir: &str) -> &'p str {
    if dir.is_empty() {
        path
    } else {
        path.get(dir.len() + 1..).unwrap_or(path)
    }
}

/// Applies `resources` of the front matter: the first rule that matches gives the name and the title; later rules add
/// missing params.
fn name(resources: &mut [Resource], rules: &[ResourceRule]) {
    let mut counters: HashMap<String, usize> = HashMap::new();
    let compiled: Vec<(GlobMatcher, &ResourceRule)> = rules
        .iter()
        .filter_map(|rule| Some((matcher(&rule.src)?, rule)))
        .collect();
    for resource in resources {
        let path = resource.path.to_lowercase();
        let (mut named, mut titled) = (false, false);
        for (matcher, rule) in &compiled {
            if !matcher.is_match(&path) {
                continue;
            }
            if let (Some(name), false) = (&rule.name, named) {
                resource.name = count(name, &mut counters, &rule.src, "name");
                named = true;
                if !titled {
                    resource.title.clone_from(&resource.name);
                }
            }
            if let (Some(title), false) = (&rule.title, titled) {
                resource.title = count(title, &mut counters, &rule.src, "title");
                titled = true;
            }
            resource.params.fill(&rule.params);
        }
    }
}

fn matcher(glob: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(&glob.to_lowercase())
        .literal_separator(true)
        .build();
    glob.ok().map(|glob| glob.compile_matcher())
}

/// `text` with `:counter` replaced by the number of the rule's uses so far.
fn count(text: &str, counters: &mut HashMap<String, usize>, src: &str, field: &str) -> String {
    if !text.contains(":counter") {
        return text.to_owned();
    }
    let counter = counters.entry(format!("{field} {src}")).or_insert(0);
    *counter += 1;
    text.replace(":counter", &counter.to_string())
}
