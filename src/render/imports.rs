//! The relative imports of a JavaScript module: `import { keep } from "./store.js"`, `import("./zoom.js")`.
//!
//! The build script reads the diagram library with it, too, so it needs nothing of the program.

use std::ops::Range;

/// The words before a specifier: `from "…"`, `import "…"`, `import("…")`.
const BEFORE: [&str; 3] = ["from", "import", "import("];

/// A relative specifier in a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    /// The specifier in the text, without its quotes.
    pub(super) range: Range<usize>,
    /// The file that it means: `js/store.js`.
    pub(super) target: String,
    /// True if it is loaded on demand, `import("…")`, and not with the module.
    pub(super) lazy: bool,
}

/// The relative imports of the module `name` with the text `js`.
pub(super) fn imports(name: &str, js: &str) -> Vec<Import> {
    let quotes = js.match_indices(['"', '\'', '`']);
    quotes
        .filter_map(|(at, quote)| {
            let start = at + quote.len();
            let length = js[start..].find(quote)?;
            let specifier = &js[start..start + length];
            let before = js[..at].trim_end();
            let word = BEFORE.iter().find(|word| {
                let rest = before.strip_suffix(**word);
                rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || "_$.".contains(c)))
            })?;
            Some(Import {
                range: start..start + length,
                target: resolve(name, specifier)?,
                lazy: word.ends_with('('),
            })
        })
        .collect()
}

/// The path of a relative specifier inside `static/`; `None` for any other, and for one that leads out of it.
fn resolve(importer: &str, specifier: &str) -> Option<String> {
    if !specifier.starts_with("./") && !specifier.starts_with("../") {
        return None;
    }
    let mut path: Vec<&str> = importer.split('/').collect();
    path.pop();
    for part in specifier.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(path.pop()?),
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(js: &str) -> Vec<String> {
        let found = imports("js/site.js", js).into_iter();
        found.map(|import| import.target).collect()
    }

    #[test]
    fn every_form_of_a_relative_import_is_seen() {
        let js = "import { a } from \"./a.js\";\nimport './b.js';\nexport * from \"../c.js\";\nconst d = () => import(\"./x/d.js\");\nimport{e}from\"./e.js\";f=()=>import(`./f.js`)";
        assert_eq!(
            targets(js),
            ["js/a.js", "js/b.js", "c.js", "js/x/d.js", "js/e.js", "js/f.js"]
        );
    }

    #[test]
    fn other_texts_are_no_imports() {
        for js in [
            "import \"bare\"",
            "import \"https://x.example/a.js\"",
            "load(\"./a.js\")",
            "reimport(\"./a.js\")",
            "x.from \"./a.js\"",
            "import \"./open",
            "import \"../../../out.js\"",
        ] {
            assert_eq!(targets(js), [""; 0], "{js}");
        }
    }
}
