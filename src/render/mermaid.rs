//! The diagram library inside the program.

use std::io::Read as _;

use flate2::bufread::DeflateDecoder;

/// The library; without the feature `mermaid` it has no modules.
#[derive(Debug)]
pub(super) struct Library {
    version: &'static str,
    /// Sorted by name.
    modules: &'static [Module],
}

/// A file of the library.
#[derive(Debug)]
pub(super) struct Module {
    /// Path below the library's folder.
    pub(super) name: &'static str,
    deflated: &'static [u8],
    /// In bytes, unpacked.
    length: usize,
    /// Its imports, by their index in the table; `true` for those loaded on demand.
    imports: &'static [(usize, bool)],
}

static LIBRARY: Library = include!(concat!(env!("OUT_DIR"), "/mermaid.rs"));

/// How the name of the module begins that pages load.
const ENTRY: &str = "library-";
const LICENCES: &str = "LICENSES.txt";

impl Module {
    /// Path from the site's root.
    pub(super) fn path(&self) -> String {
        format!("{}{}", folder(), self.name)
    }

    /// Its name without folder: `flowDiagram-I6XJVG4X.js`.
    pub(super) fn file_name(&self) -> &'static str {
        self.name.rsplit('/').next().unwrap_or(self.name)
    }

    /// Its imports; `true` for those loaded on demand.
    pub(super) fn imports(&self) -> impl Iterator<Item = (&'static Self, bool)> {
        let imports = self.imports.iter();
        imports.filter_map(|(at, lazy)| Some((LIBRARY.modules.get(*at)?, *lazy)))
    }

    /// The unpacked bytes. They come from build.rs and were whole when the program was compiled.
    pub(super) fn inflate(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.length);
        let _ = DeflateDecoder::new(self.deflated).read_to_end(&mut out);
        out
    }
}

/// Every file of the library, sorted by name.
pub(super) fn modules() -> &'static [Module] {
    LIBRARY.modules
}

/// The module that pages load; nothing when the program was built without the library.
pub(super) fn entry() -> Option<&'static Module> {
    modules().iter().find(|module| module.name.starts_with(ENTRY))
}

/// The licences that come with the library.
pub(super) fn licences() -> Option<&'static Module> {
    find(LICENCES)
}

fn find(name: &str) -> Option<&'static Module> {
    let at = LIBRARY.modules.binary_search_by_key(&name, |module| module.name);
    at.ok().map(|at| &LIBRARY.modules[at])
}

fn folder() -> String {
    format!("assets/mermaid-{}/", LIBRARY.version)
}

#[cfg(all(test, feature = "mermaid"))]
mod tests {
    use super::*;

    #[test]
    fn every_module_is_whole_and_every_import_of_the_entry_is_known() {
        for module in modules() {
            assert_eq!(module.inflate().len(), module.length, "{}", module.name);
        }
        let entry = entry().unwrap();
        let text = String::from_utf8(entry.inflate()).unwrap();
        let imports: Vec<_> = entry.imports().map(|(module, _)| module.name).collect();
        for import in text.split("import(`./").skip(1) {
            let name = import.split('`').next().unwrap();
            assert!(imports.contains(&name), "{name}");
        }
        assert!(imports.len() > 20, "{imports:?}");
        let licences = String::from_utf8(licences().unwrap().inflate()).unwrap();
        assert!(licences.contains("===== mermaid ====="));
    }
}
