//! The diagram library inside the program, published only where a page has a diagram.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use rayon::prelude::*;

use super::{OutputContent, OutputFile};

/// Version, and (path below the library's folder, compressed bytes). Empty without the feature `mermaid`.
type Table = (&'static str, &'static [(&'static str, &'static [u8])]);

static LIBRARY: Table = include!(concat!(env!("OUT_DIR"), "/mermaid.rs"));

/// Path of the module to load, from the site's root; nothing when the program was built without the library.
pub(super) fn entry() -> Option<String> {
    let (version, files) = LIBRARY;
    (!files.is_empty()).then(|| format!("{}mermaid.esm.min.js", folder(version)))
}

/// Every file of the library at its path on the site. Browsers load only the parts that a diagram needs.
pub(super) fn files() -> Vec<OutputFile> {
    let (version, files) = LIBRARY;
    let file = |(name, bytes): &(&str, &[u8])| OutputFile {
        path: format!("{}{name}", folder(version)),
        content: OutputContent::Bytes(inflate(bytes)),
    };
    files.par_iter().map(file).collect()
}

/// The file of the library at a path of the site.
pub(super) fn file(path: &str) -> Option<Vec<u8>> {
    let (version, files) = LIBRARY;
    let name = path.strip_prefix(&folder(version))?;
    let (_, bytes) = files.iter().find(|(known, _)| *known == name)?;
    Some(inflate(bytes))
}

/// Whether the file at a path of the site is one of the library.
pub(super) fn is_module(path: &str) -> bool {
    path.starts_with(&folder(LIBRARY.0))
}

fn folder(version: &str) -> String {
    format!("assets/mermaid-{version}/")
}

/// The bytes come from build.rs and were whole when the program was compiled.
fn inflate(bytes: &[u8]) -> Vec<u8> {
    const USUAL_RATIO: usize = 4;
    let mut out = Vec::with_capacity(bytes.len() * USUAL_RATIO);
    let _ = DeflateDecoder::new(bytes).read_to_end(&mut out);
    out
}

#[cfg(all(test, feature = "mermaid"))]
mod tests {
    use super::*;

    #[test]
    fn every_module_is_whole_and_every_import_of_the_entry_is_there() {
        let files = files();
        let entry = entry().unwrap();
        let text = |path: &str| {
            let file = files.iter().find(|file| file.path == path).unwrap();
            let OutputContent::Bytes(bytes) = &file.content else {
                panic!()
            };
            String::from_utf8(bytes.clone()).unwrap()
        };
        let folder = entry.strip_suffix("mermaid.esm.min.js").unwrap();
        for import in text(&entry).split("\"./").skip(1) {
            let path = format!("{folder}{}", import.split('"').next().unwrap());
            assert!(!text(&path).is_empty());
        }
        assert!(text(&format!("{folder}LICENSES.txt")).contains("===== mermaid ====="));
    }
}
