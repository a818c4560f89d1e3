//! The files about the whole site, in one table: error pages, redirects, the sitemap, the page for printing, and others.
//!
//! A build makes all of them, a preview one at a time, and both begin with [`SITE_FILES`]. A further kind is one more row.

use std::collections::HashSet;

use rayon::prelude::*;

use super::site_file::Published;
use super::site_file::{AllPages, Kind, Make, SiteFile, SiteFiles};
use super::{
    OutputFile, Renderer, SEARCH_FOLDER, copies, diagrams, feeds, headers, library_scripts, llms, not_found,
    offline, print_page, redirects, robots, sitemap, theme_files,
};
use crate::diag::Diagnostics;

/// Every kind of files about the whole site. Where two kinds have a file at one path, the first is published.
static SITE_FILES: [Kind; 14] = [
    Kind {
        paths: copies::pool_paths,
        make: Make::Stock {
            file: copies::pool_file,
            needed: copies::shown,
        },
    },
    Kind {
        paths: not_found::paths,
        make: Make::Graph(not_found::page),
    },
    Kind {
        paths: redirects::paths,
        make: Make::Graph(redirects::page),
    },
    Kind {
        paths: sitemap::paths,
        make: Make::Graph(sitemap::file),
    },
    Kind {
        paths: robots::paths,
        make: Make::Graph(robots::file),
    },
    Kind {
        paths: headers::paths,
        make: Make::Graph(headers::file),
    },
    Kind {
        paths: theme_files::paths,
        make: Make::Graph(theme_files::file),
    },
    Kind {
        paths: diagrams::paths,
        make: Make::Stock {
            file: diagrams::module,
            needed: diagrams::needed,
        },
    },
    Kind {
        paths: library_scripts::paths,
        make: Make::Stock {
            file: library_scripts::script,
            needed: diagrams::needed_modules,
        },
    },
    Kind {
        paths: feeds::paths,
        make: Make::Pages(feeds::file),
    },
    Kind {
        paths: llms::paths,
        make: Make::Pages(llms::file),
    },
    Kind {
        paths: print_page::paths,
        make: Make::Pages(print_page::page),
    },
    Kind {
        paths: search_paths,
        make: Make::Search,
    },
    Kind {
        paths: offline::paths,
        make: Make::Published(offline::files),
    },
];

impl Renderer<'_> {
    /// The site files that the site can have.
    pub fn site_files(&self) -> SiteFiles {
        let mut known = SiteFiles::default();
        for Kind { paths, make } in &SITE_FILES {
            for (place, path) in paths(self).into_iter().enumerate() {
                let file = SiteFile { place, make: *make };
                if path.ends_with('/') {
                    known.folders.push((path, file));
                } else {
                    known.files.entry(path).or_insert(file);
                }
            }
        }
        known
    }

    /// Makes the site files that follow from the graph and from the texts of all pages.
    pub fn make_site_files(&self, pages: AllPages<'_>) -> (Vec<OutputFile>, Diagnostics) {
        let files = self.wanted(&pages).into_par_iter();
        let made: Vec<_> = files
            .filter_map(|(path, SiteFile { place, make })| {
                let (content, found) = match make {
                    Make::Graph(make) => make(self, place),
                    Make::Pages(make) => make(self, place, &pages),
                    Make::Stock { file, .. } => (file(self, place), Diagnostics::new()),
                    Make::Search | Make::Published(_) => return None,
                };
                Some((OutputFile { path, content }, found))
            })
            .collect();
        let (files, found): (_, Vec<_>) = made.into_iter().unzip();
        (files, found.concat())
    }

    /// Paths and files in the order of the table, no path twice: two redirects may begin at one.
    fn wanted(&self, pages: &AllPages<'_>) -> Vec<(String, SiteFile)> {
        let mut seen = HashSet::new();
        let mut wanted = Vec::new();
        for Kind { paths, make } in &SITE_FILES {
            let needed = match make {
                Make::Stock { needed, .. } => Some(needed(self, pages)),
                _ => None,
            };
            for (place, path) in paths(self).into_iter().enumerate() {
                let is_needed = needed.as_ref().is_none_or(|places| places.contains(&place));
                if is_needed && seen.insert(path.clone()) {
                    wanted.push((path, SiteFile { place, make: *make }));
                }
            }
        }
        wanted
    }

    /// Makes the site files that name all other `files` of the finished site, which are sorted by path.
    pub fn make_last_files(&self, files: &[Published<'_>]) -> Vec<OutputFile> {
        let kinds = SITE_FILES.iter();
        kinds
            .flat_map(|kind| match kind.make {
                Make::Published(make) => make(self, files),
                _ => Vec::new(),
            })
            .collect()
    }
}

fn search_paths(renderer: &Renderer<'_>) -> Vec<String> {
    let wanted = renderer.context.config.wsgen.search;
    wanted.then(|| SEARCH_FOLDER.to_owned()).into_iter().collect()
}
