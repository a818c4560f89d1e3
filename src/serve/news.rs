//! News of the preview: for browsers, and for the program that started the server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;

use super::findings::{Notes, notes};
use super::site::Site;
use crate::diag::{Diagnostics, FileId};
use crate::graph::rel_permalink;
use crate::source::{Component, LoadError, SourceTree};

/// Number of changed files in the news; browsers that were away for longer load their page again anyway.
const MOST_FILES: usize = 100;

/// Receiver of the preview's events. Called from the thread of the preview.
pub trait Observer: Send + Sync {
    /// Called when the site follows a change of these paths, from the site's root.
    fn changed(&self, paths: &[String]);

    /// Called when the site could not be read after a change. It stays as it was.
    fn failed(&self, error: &LoadError);

    /// Called when a folder is looked at again and again, since the system does not tell of its changes for this reason.
    fn polls(&self, _folder: &Path, _reason: &str) {}

    /// Called when all pages were looked at.
    fn found(&self, findings: &Findings);
}

/// All findings about a version of the site.
#[derive(Clone)]
pub struct Findings {
    /// The findings in the order of the files.
    pub list: Diagnostics,
    /// The files that they are about.
    pub tree: Arc<SourceTree>,
}

/// The state that browsers get.
#[derive(Debug, Clone, Serialize)]
pub(super) struct State {
    /// Identifies the run of the server, so that browsers see that theirs was started anew.
    pub(super) run: String,
    /// The version of the site.
    pub(super) version: u64,
    /// Files that are not made by wsgen, from the site's root, with the version in which they last changed.
    files: BTreeMap<String, u64>,
    /// The address of the page that was edited last, and the version of the edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    edited: Option<(String, u64)>,
    /// The findings, once the whole site was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Arc<Notes>>,
}

/// Distributes the news. Clones distribute the same.
#[derive(Clone)]
pub struct News {
    state: watch::Sender<Arc<State>>,
    observer: Arc<dyn Observer>,
}

impl News {
    /// Empty news. `start` identifies this run.
    pub fn new(start: Timestamp, observer: Arc<dyn Observer>) -> Self {
        let state = State {
            run: start.as_millisecond().to_string(),
            version: 0,
            files: BTreeMap::new(),
            edited: None,
            findings: None,
        };
        Self {
            state: watch::Sender::new(Arc::new(state)),
            observer,
        }
    }

    /// The news as they come.
    pub(super) fn follow(&self) -> watch::Receiver<Arc<State>> {
        self.state.subscribe()
    }

    pub(super) fn loaded(&self, site: &Site) {
        self.tell(|state| state.version = site.version);
    }

    /// The site follows changes at `paths`, of which `files` are the ones whose content alone changed.
    pub(super) fn changed(
        &self,
        site: &Site,
        paths: &[PathBuf],
        files: &[FileId],
        result: Result<(), LoadError>,
    ) {
        if let Err(error) = result {
            self.observer.failed(&error);
            return;
        }
        self.tell(|state| {
            state.version = site.version;
            for path in files.iter().filter_map(|id| published(site, *id)) {
                state.files.insert(path, site.version);
            }
            while state.files.len() > MOST_FILES {
                state.files.pop_first();
            }
            if let Some(url) = files.iter().find_map(|id| address(site, *id)) {
                state.edited = Some((url, site.version));
            }
        });
        let paths: Vec<String> = paths
            .iter()
            .map(|path| {
                path.strip_prefix(site.root())
                    .unwrap_or(path)
                    .display()
                    .to_string()
            })
            .collect();
        self.observer.changed(&paths);
    }

    pub(super) fn found(&self, site: &Site, list: Diagnostics) {
        let notes = notes(&list, &site.parts.tree, site.parts.config.wsgen.editor.as_deref());
        self.tell(|state| state.findings = Some(Arc::new(notes)));
        self.observer.found(&Findings {
            list,
            tree: Arc::clone(&site.parts.tree),
        });
    }

    fn tell(&self, change: impl FnOnce(&mut State)) {
        self.state.send_modify(|state| change(Arc::make_mut(state)));
    }
}

/// The path of a file that is published unchanged, from the site's root.
fn published(site: &Site, id: FileId) -> Option<String> {
    let file = site.parts.tree.get(id)?;
    let copied = matches!(file.component, Component::Static | Component::Content);
    let mut assets = site.parts.graph.assets.iter().filter(|_| copied);
    assets
        .find(|(_, asset)| *asset == id)
        .map(|(path, _)| path.clone())
}

/// The address on the server of a file's page.
fn address(site: &Site, id: FileId) -> Option<String> {
    let parts = &site.parts;
    let mut pages = parts.graph.pages.iter().filter(|page| page.rendered);
    let page = pages.find(|page| page.source.is_some_and(|source| parts.parsed[source].file == id))?;
    Some(rel_permalink(&parts.config, &page.url))
}
