//! Files that let a reader's browser keep the whole site: a service worker, and the list of files that it keeps.
//!
//! - `sw.js`, the worker, at the site's root because its place is what it rules over. Its first line says which version
//!   of the site it keeps, so that browsers, which compare its bytes, learn of every new one.
//! - `assets/offline.VERSION.json`, the list: path, hash and size of every file. A worker takes over from the version
//!   before what has the same hash, and fetches the rest.
//! - `offline.json`, what a page tells the reader before anything is kept: version and size.
//!
//! Versions and hashes follow from the content of the files alone.

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::OutputFile;
use super::assets::{self, FOLDER};
use super::renderer::Renderer;
use super::site_file::Published;
use crate::graph::encode_path;

/// Path of the worker.
const WORKER: &str = "sw.js";
/// The worker's code in the theme.
const CODE: &str = "js/worker.js";
/// Path of the file that pages ask for version and size.
const INFO: &str = "offline.json";

/// Files that hosts and search engines read, and readers never.
const NOT_READ: [&str; 6] = [
    "_headers",
    "_redirects",
    "CNAME",
    "LICENSES.txt",
    "robots.txt",
    "sitemap.xml",
];

#[derive(Serialize)]
struct Info<'a> {
    version: &'a str,
    size: u64,
}

#[derive(Serialize)]
struct Version<'a> {
    version: &'a str,
    size: u64,
    manifest: &'a str,
}

/// The paths of the files; none where the site is not kept. The list has another name in each version.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let worker = renderer.offline_worker();
    let paths = worker.into_iter().flat_map(|worker| [worker, INFO]);
    paths.map(str::to_owned).collect()
}

/// Makes the files from all other `files` of the site, sorted by path.
pub(super) fn files(renderer: &Renderer<'_>, files: &[Published<'_>]) -> Vec<OutputFile> {
    let code = assets::content(CODE, renderer.context);
    let Some((worker, code)) = renderer.offline_worker().zip(code) else {
        return Vec::new();
    };
    let kept: Vec<_> = files.iter().filter(|file| is_read(file.path)).collect();
    let size = kept.iter().map(|file| file.size).sum();
    let list: Vec<_> = kept.iter().map(|file| entry(file)).collect();
    let list = json(&list);
    let version = format!("{:016x}", xxh3_64(&list));
    let manifest = format!("{FOLDER}offline.{}.json", &version[..10]);
    let site = Version {
        version: &version,
        size,
        manifest: &manifest,
    };
    let worker_text = format!("const site={};\n{code}", String::from_utf8_lossy(&json(&site)));
    let info = Info {
        version: &version,
        size,
    };
    vec![
        OutputFile::text(INFO, json(&info)),
        OutputFile::text(worker, worker_text),
        OutputFile::text(&*manifest, list),
    ]
}

impl Renderer<'_> {
    /// Path of the worker; `None` if the site is not kept, or has a worker of its own.
    pub(super) fn offline_worker(&self) -> Option<&'static str> {
        let own = |path: &str| self.context.graph.assets.iter().any(|(known, _)| known == path);
        let wanted = self.context.config.wsgen.offline;
        (wanted && !own(WORKER) && !own(INFO)).then_some(WORKER)
    }
}

/// Address from the site's root, hash, and size. Pages are asked for by their folders.
fn entry(file: &Published<'_>) -> (String, String, u64) {
    let path = file.path;
    let folder = path.strip_suffix("index.html");
    let address = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'));
    (
        encode_path(address.unwrap_or(path)),
        format!("{:016x}", file.checksum as u64),
        file.size,
    )
}

fn is_read(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !NOT_READ.contains(&name) && !path.split('/').any(|part| part.starts_with('.'))
}

/// Texts and numbers can always be written.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(path: &str) -> String {
        let file = Published {
            path,
            checksum: 1,
            size: 2,
        };
        entry(&file).0
    }

    #[test]
    fn pages_are_asked_for_by_their_folders() {
        assert_eq!(address("index.html"), "");
        assert_eq!(address("lab/index.html"), "lab/");
        assert_eq!(address("lab/myindex.html"), "lab/myindex.html");
        assert_eq!(address("404.html"), "404.html");
        assert_eq!(address("a b/100%.png"), "a%20b/100%25.png");
    }

    #[test]
    fn files_for_hosts_are_left_out() {
        for path in ["_headers", "ja/sitemap.xml", ".nojekyll", ".well-known/x.txt"] {
            assert!(!is_read(path), "{path}");
        }
        for path in ["index.html", "files/headers", "assets/site.css"] {
            assert!(is_read(path), "{path}");
        }
    }
}
