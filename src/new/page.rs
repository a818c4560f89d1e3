//! Making a new page in a site.

use std::path::PathBuf;

use super::archetype::{self, Page};
use super::weight::{self, Neighbour};
use super::{NewError, write};
use crate::config::{Config, Include};
use crate::discover::Name;
use crate::graph::PageId;
use crate::lang::LangId;
use crate::pipeline::{self, BuildOptions, Results};
use crate::source::{Component, Mount};

/// A page that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPage {
    /// File of the page.
    pub file: PathBuf,
    /// The weight that was found for it.
    pub weight: i64,
    /// The archetype that it was made from, when the site has one.
    pub archetype: Option<PathBuf>,
}

/// Makes the page `path`, which starts at the content folder, at the site's root, or at `standing`, a folder of the content
/// from the site's root. `.md` may be left out; a slash at the end asks for a part (`_index.md`).
pub fn page(options: &BuildOptions<'_>, standing: &str, path: &str) -> Result<NewPage, NewError> {
    let everything = Include {
        drafts: true,
        future: true,
        expired: true,
    };
    let site = pipeline::read(&BuildOptions {
        include: everything,
        write: false,
        ..options.clone()
    })?;
    let wanted = Wanted::new(path, standing, &site.config)?;
    let file = options.source.join(&wanted.mount.source).join(&wanted.path);
    if file.exists() {
        return Err(NewError::Exists(file));
    }
    let weight = wanted.weight(&site);
    let title = if wanted.name().is_empty() {
        site.config.title.clone()
    } else {
        title(wanted.name())
    };
    let about = Page {
        name: wanted.name(),
        section: wanted.path.split_once('/').map_or("", |(first, _)| first),
        path: &wanted.path,
        title: &title,
        site_title: &site.config.title,
        date: &options.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        weight,
    };
    let archetype = find_archetype(options, &site.config, about.section);
    let text = match &archetype {
        Some((file, text)) => archetype::fill(file, text, &about)?,
        None => archetype::own(&about),
    };
    write(&file, &text)?;
    Ok(NewPage {
        file,
        weight,
        archetype: archetype.map(|(file, _)| file),
    })
}

/// The page to make.
struct Wanted<'a> {
    /// The content folder that it goes to.
    mount: &'a Mount,
    /// Path inside that folder.
    path: String,
    /// Language of the page.
    lang: LangId,
    /// Folder of the page inside the content.
    dir: String,
    /// File name without extension and language.
    stem: String,
}

impl<'a> Wanted<'a> {
    fn new(given: &str, standing: &str, config: &'a Config) -> Result<Self, NewError> {
        let wrong = |why| NewError::Path {
            path: given.to_owned(),
            why,
        };
        let path = tidy(given).map_err(wrong)?;
        let mounts = || {
            config
                .mounts
                .iter()
                .filter(|mount| mount.component == Component::Content)
        };
        let inside_of = |path: &str| {
            mounts().find_map(|mount| {
                let rest = path.strip_prefix(&mount.source)?.strip_prefix('/')?;
                Some((mount, rest.to_owned()))
            })
        };
        let here = (!standing.is_empty()).then(|| format!("{standing}/{path}"));
        let inside = inside_of(&path).or_else(|| inside_of(&here?));
        let default = &config.languages[config.default_language].key;
        let usual = || mounts().find(|mount| mount.lang.as_ref().is_none_or(|lang| lang == default));
        let (mount, path) = match inside {
            Some(found) => found,
            None => (
                usual().ok_or_else(|| wrong("the site has no content folder"))?,
                path.clone(),
            ),
        };
        let name = Name::new(&path, &config.languages);
        let lang = mount.lang.as_deref().and_then(|key| config.language(key));
        Ok(Self {
            mount,
            lang: lang.or(name.lang).unwrap_or(config.default_language),
            dir: name.dir.to_owned(),
            stem: name.stem.to_owned(),
            path,
        })
    }

    fn is_index(&self) -> bool {
        self.stem.eq_ignore_ascii_case("index") || self.stem.eq_ignore_ascii_case("_index")
    }

    /// The name of the page: its file's, for `index.md` its folder's.
    fn name(&self) -> &str {
        if self.is_index() {
            last(&self.dir)
        } else {
            &self.stem
        }
    }

    /// The folder whose pages are its neighbours.
    fn container(&self) -> &str {
        if self.is_index() {
            parent(&self.dir)
        } else {
            &self.dir
        }
    }

    /// The weight of its translation, or the next free one among its neighbours.
    fn weight(&self, site: &Results) -> i64 {
        let graph = &site.graph;
        let path = logical(&join(self.container(), self.name()));
        let translation = site
            .config
            .languages
            .ids()
            .find_map(|lang| graph.page_at(lang, &path));
        let weight = translation.map_or(0, |page| graph.page(page).front.weight);
        if weight != 0 {
            return weight;
        }
        let neighbours: Vec<Neighbour> = self
            .section(site)
            .map(|section| {
                graph
                    .page(section)
                    .children
                    .iter()
                    .map(|child| neighbour(site, *child))
                    .collect()
            })
            .unwrap_or_default();
        weight::next(self.name(), &neighbours)
    }

    /// The section of the page: that of its folder or of the nearest one above. A new folder at the top is a section of
    /// its own.
    fn section(&self, site: &Results) -> Option<PageId> {
        if self.container().is_empty() {
            return site.graph.sites.get(self.lang).map(|language| language.home);
        }
        let folders = std::iter::successors(Some(self.container()), |dir| {
            Some(parent(dir)).filter(|dir| !dir.is_empty())
        });
        folders
            .map(logical)
            .find_map(|path| site.graph.page_at(self.lang, &path))
    }
}

/// The logical path of a folder or page: lower case, hyphens for spaces.
fn logical(path: &str) -> String {
    format!("/{}", path.to_lowercase().replace(' ', "-"))
}

fn neighbour(site: &Results, page: PageId) -> Neighbour {
    let page = site.graph.page(page);
    Neighbour {
        weight: page.front.weight,
        name: last(&page.path).to_owned(),
    }
}

/// A path with `/` that stays inside the folder, with an extension.
fn tidy(path: &str) -> Result<String, &'static str> {
    let slashes = path.replace('\\', "/");
    let index = if slashes.ends_with('/') { "_index.md" } else { "" };
    let parts: Vec<&str> = slashes
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    if slashes.starts_with('/') {
        return Err("write it from the content folder, without a slash at the beginning");
    }
    if parts.contains(&"..") {
        return Err("it leads out of the content folder");
    }
    if parts.iter().any(|part| part.starts_with('.')) {
        return Err("names with a dot at the beginning are ignored");
    }
    if parts.is_empty() {
        return Err("it has no name");
    }
    let mut path = parts.join("/");
    if !index.is_empty() {
        return Ok(format!("{path}/{index}"));
    }
    let extension = last(&path)
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
        .to_lowercase();
    if !matches!(&*extension, "md" | "markdown" | "mdown" | "html" | "htm") {
        path.push_str(".md");
    }
    Ok(path)
}

/// A title from a name: `30_my-lab` is `My lab`.
fn title(name: &str) -> String {
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | '.' | ' '));
    let words = if bare.is_empty() { name } else { bare };
    let words: Vec<&str> = words
        .split(['_', '-', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    let text = words.join(" ");
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// The archetype of the page's section, or the one for all pages.
fn find_archetype(options: &BuildOptions<'_>, config: &Config, section: &str) -> Option<(PathBuf, String)> {
    let folder = config
        .raw
        .text("archetypedir")
        .unwrap_or_else(|| "archetypes".to_owned());
    [section, "default"]
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| PathBuf::from(&folder).join(format!("{name}.md")))
        .find_map(|file| {
            Some((
                file.clone(),
                std::fs::read_to_string(options.source.join(&file)).ok()?,
            ))
        })
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_completed_and_stay_inside() {
        assert_eq!(tidy("docs/30_lab").as_deref(), Ok("docs/30_lab.md"));
        assert_eq!(tidy("./docs//30_lab.ja").as_deref(), Ok("docs/30_lab.ja.md"));
        assert_eq!(tidy("docs\\a.html").as_deref(), Ok("docs/a.html"));
        assert_eq!(tidy("docs/lab/").as_deref(), Ok("docs/lab/_index.md"));
        for path in ["", "/", "../a.md", "a/../../b.md", "/etc/a.md", ".hidden/a.md"] {
            assert!(tidy(path).is_err(), "{path}");
        }
    }

    #[test]
    fn titles_come_from_names() {
        assert_eq!(title("30_my-lab"), "My lab");
        assert_eq!(title("準備"), "準備");
        assert_eq!(title("2026"), "2026");
        assert_eq!(title("v1.2"), "V1.2");
    }
}
