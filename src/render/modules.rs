//! Imports between the theme's modules. A module names its neighbours by relative path, `import { keep } from
//! "./store.js"` or `import("./zoom.js")`; this gives each a hash that changes with everything it leads to, and writes
//! the published names in. Cycles are allowed, as in JavaScript.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::Xxh3;

use super::imports::{Import, imports};

/// A file of the theme.
pub(super) struct File {
    text: String,
    /// Its imports, if it is a module.
    imports: Vec<Import>,
}

impl File {
    /// The file `name` with its text.
    pub(super) fn new(name: &str, text: String) -> Self {
        let is_module = name.ends_with(".js") || name.ends_with(".mjs");
        Self {
            imports: if is_module {
                imports(name, &text)
            } else {
                Vec::new()
            },
            text,
        }
    }

    /// The names of the files that it imports.
    pub(super) fn targets(&self) -> impl Iterator<Item = &str> {
        self.imports.iter().map(|import| import.target.as_str())
    }

    /// The text with the published names of its imports. `file` gives the file name of a published file; all of them
    /// lie in one folder. Specifiers of other files are unchanged.
    pub(super) fn rewritten<'a>(&self, file: impl Fn(&str) -> Option<&'a str>) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for import in &self.imports {
            if let Some(file) = file(&import.target) {
                out.push_str(&self.text[done..import.range.start]);
                out.push_str("./");
                out.push_str(file);
                done = import.range.end;
            }
        }
        out.push_str(&self.text[done..]);
        out
    }
}

/// A hash over a file and all that it imports, directly or not. `files` are known by name.
pub(super) fn hash(name: &str, files: &BTreeMap<String, File>) -> u64 {
    let mut found = BTreeSet::new();
    let mut waiting = vec![name];
    while let Some(name) = waiting.pop() {
        if let Some(file) = files.get(name).filter(|_| !found.contains(name)) {
            waiting.extend(file.targets());
            found.insert(name);
        }
    }
    let mut hash = Xxh3::new();
    // The file itself comes first: the members of a cycle lead to the same files, and differ all the same.
    for name in std::iter::once(name).chain(found) {
        hash.update(files.get(name).map_or("", |file| &file.text).as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_get_the_published_names() {
        let file = |name: &str| (name == "js/a.js").then_some("a.123.js");
        let module = File::new("js/site.js", "import \"./a.js\"; import(\"./b.js\")".to_owned());
        assert_eq!(
            module.rewritten(file),
            "import \"./a.123.js\"; import(\"./b.js\")"
        );
    }

    #[test]
    fn a_hash_changes_with_everything_that_is_imported_and_with_nothing_else() {
        let files = |c: &str, d: &str| {
            [
                ("a.js", "import \"./b.js\""),
                ("b.js", "import \"./a.js\"; import(\"./c.js\")"),
                ("c.js", c),
                ("d.js", d),
            ]
            .into_iter()
            .map(|(name, text)| (name.to_owned(), File::new(name, text.to_owned())))
            .collect::<BTreeMap<_, _>>()
        };
        let before = files("1", "1");
        assert_eq!(hash("a.js", &before), hash("a.js", &files("1", "2")));
        assert_ne!(hash("a.js", &before), hash("a.js", &files("2", "1")));
        assert_ne!(hash("b.js", &before), hash("b.js", &files("2", "1")));
        assert_ne!(hash("a.js", &before), hash("b.js", &before));
        assert_eq!(hash("d.js", &before), hash("d.js", &files("2", "1")));
    }
}
