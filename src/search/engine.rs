//! pagefind: documents become an index. The only place that knows its interface.

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::Document;
use super::shelf::Files;
use crate::cache::Key;

/// The module that loads an index in the browser.
pub(super) const MODULE: &str = "pagefind.js";

/// The engine; a test compares this with `Cargo.lock`.
pub(super) const ENGINE: &str = "pagefind 1.6.0";

/// The reason why there is no index.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The machine gives no thread or timer.
    #[error("the search engine could not be started: {0}")]
    Start(#[from] std::io::Error),
    /// The engine failed.
    #[error("the search engine failed: {0}")]
    Failed(String),
    /// A thread ended before its work was done.
    #[error("the search engine stopped")]
    Stopped,
}

/// A number that changes with the engine and with wsgen.
pub(super) fn stamp() -> u64 {
    xxh3_64(format!("{ENGINE}, wsgen {}", env!("CARGO_PKG_VERSION")).as_bytes())
}

/// The index of some documents.
pub(super) fn shelf(locale: &str, documents: &[&Document]) -> Result<Files, EngineError> {
    let index = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        name == "pagefind-entry.json" || matches!(ending, "pf_meta" | "pf_index" | "pf_fragment")
    };
    run(locale, documents, index)
}

/// The files that a browser needs to search any index of a language: [`MODULE`], and the program in WebAssembly.
pub(super) fn library(locale: &str) -> Result<Files, EngineError> {
    let any = Document {
        url: "/".to_owned(),
        html: "<html><body><p>a</p></body></html>".to_owned(),
    };
    let mut files = run(locale, &[&any], |name| {
        name == MODULE || name.starts_with("wasm.") && name.ends_with(".pagefind")
    })?;
    // The general program is for languages whose words have no stems, and comes along with every other one.
    if files.iter().filter(|(name, _)| name != MODULE).count() > 1 {
        files.retain(|(name, _)| name != "wasm.unknown.pagefind");
    }
    Ok(files)
}

/// The key of a language's library.
pub(super) fn library_key(locale: &str) -> Key {
    xxh3_128(format!("library {locale}").as_bytes())
}

/// Indexes documents and gives the files that are wanted.
fn run(locale: &str, documents: &[&Document], wanted: impl Fn(&str) -> bool) -> Result<Files, EngineError> {
    let options = PagefindServiceConfig::builder()
        .force_language(locale.to_lowercase())
        .build();
    let failed = |error: &dyn std::fmt::Display| EngineError::Failed(error.to_string());
    let mut index = PagefindIndex::new(Some(options)).map_err(|error| failed(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let files = runtime.block_on(async {
        for document in documents {
            let (url, html) = (document.url.clone(), document.html.clone());
            index.add_html_file(None, Some(url), html).await?;
        }
        index.get_files().await
    });
    let mut files: Files = files
        .map_err(|error| failed(&error))?
        .into_iter()
        .map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents))
        .filter(|(name, _)| wanted(name))
        .collect();
    files.sort();
    Ok(files)
}
