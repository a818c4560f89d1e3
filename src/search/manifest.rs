//! The file that the page's script loads before it can search, as JSON: the module, the shelves, and the interface
//! texts, which would weigh on every page otherwise.

use serde::Serialize;
use std::collections::BTreeMap;

use super::shelf::Shelf;
use super::{Language, engine};

/// Its name in the folder of a language.
pub(super) const FILE: &str = "index.json";

#[derive(Serialize)]
struct Manifest<'a> {
    /// The engine's module, from the folder of the language.
    module: String,
    /// The site's root, from the folder of the language.
    root: &'static str,
    /// For each shelf a tag that changes with its content. Shelf `n` lies in the folder of that name.
    shelves: Vec<String>,
    /// Pages that are searched.
    pages: usize,
    /// Interface texts by key.
    texts: &'a BTreeMap<String, String>,
}

pub(super) fn write(language: &Language, shelves: &[&Shelf<'_>]) -> Vec<u8> {
    let manifest = Manifest {
        module: format!("../{}", engine::MODULE),
        root: "../../",
        shelves: shelves
            .iter()
            .map(|shelf| format!("{:08x}", shelf.key as u32))
            .collect(),
        pages: language.documents.len(),
        texts: &language.phrases,
    };
    // Texts and numbers can always be written.
    serde_json::to_vec(&manifest).unwrap_or_default()
}
