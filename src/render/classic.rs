//! The theme's modules as classic scripts. In a page that was opened from a folder browsers load no modules, and links of
//! a site with `relativeURLs` are such that it may be: there, `js/folder.js` loads these instead.
//!
//! A script holds a module with all that it imports, each as a function that fills an object with what it exports. It
//! knows the forms in which the theme imports and exports, and no others; a test looks for these in every module.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::File;

/// Added to the name of a module instead of `.js`.
pub(super) const ENDING: &str = ".classic.js";

/// The script for the module `name`. `files` are known by name.
pub(super) fn script(name: &str, files: &BTreeMap<String, File>) -> String {
    let mut found = BTreeSet::new();
    let mut waiting = vec![name];
    while let Some(name) = waiting.pop() {
        if let Some(file) = files.get(name).filter(|_| found.insert(name)) {
            waiting.extend(file.targets());
        }
    }
    let mut out = String::from("{const $url=document.currentScript.src,made={},all={\n");
    for name in found {
        let text = function(&files[name], files);
        out.push_str(&format!("\"./{name}\"(exports){{\n{text}}},\n"));
    }
    out.push_str("};\nconst $need=(name)=>{if(!made[name])all[name](made[name]={});return made[name]};\n");
    out.push_str(&format!(
        "const $later=async(name)=>$need(name);\n$need(\"./{name}\")}}\n"
    ));
    out
}

/// A module as the body of a function.
fn function(file: &File, files: &BTreeMap<String, File>) -> String {
    let known = |target: &str| files.get_key_value(target).map(|(name, _)| name.as_str());
    let text = file.rewritten(known);
    let text = text
        .replace("import.meta.url", "$url")
        .replace("import(\"./", "$later(\"./");
    let mut out = String::with_capacity(text.len());
    let mut exports = String::new();
    for line in text.lines() {
        let imported = line
            .strip_prefix("import ")
            .and_then(|rest| rest.split_once(" from "));
        if let Some((names, module)) = imported {
            let module = module.trim_end_matches(';');
            out.push_str(&format!("const {names}=$need({module});\n"));
            continue;
        }
        let exported = line.strip_prefix("export ");
        if let Some(name) = exported.and_then(declared) {
            exports.push_str(&format!("exports.{name}={name};\n"));
        }
        out.push_str(exported.unwrap_or(line));
        out.push('\n');
    }
    out + &exports
}

/// The name that a line declares: `async function open(button)`, `const base = …`.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let words = ["function ", "const ", "let ", "class "];
    let rest = words.iter().find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> BTreeMap<String, File> {
        let files = texts.iter();
        files
            .map(|(name, text)| ((*name).to_owned(), File::new(name, (*text).to_owned())))
            .collect()
    }

    #[test]
    fn a_script_holds_what_the_module_imports_and_nothing_else() {
        let files = files(&[
            (
                "js/a.js",
                "import { b } from \"./b.js\";\nb(() => import(\"./c.js\"));",
            ),
            (
                "js/b.js",
                "export function b() {}\nexport const url = import.meta.url;",
            ),
            ("js/c.js", "export async function c(d) {}"),
            ("js/d.js", "alert()"),
        ]);
        let script = script("js/a.js", &files);
        for part in [
            "const { b }=$need(\"./js/b.js\");\nb(() => $later(\"./js/c.js\"));",
            "function b() {}\nconst url = $url;\nexports.b=b;\nexports.url=url;",
            "async function c(d) {}\nexports.c=c;",
            "\n$need(\"./js/a.js\")",
        ] {
            assert!(script.contains(part), "{part} in {script}");
        }
        assert!(!script.contains("alert"));
    }

    #[test]
    fn no_module_of_the_theme_imports_or_exports_in_other_forms() {
        let theme: BTreeMap<String, File> = crate::source::embedded::theme()
            .filter(|file| file.target.starts_with("js/"))
            .filter_map(|file| {
                Some((
                    file.target.clone(),
                    File::new(&file.target, file.text()?.to_owned()),
                ))
            })
            .collect();
        assert!(theme.len() > 10);
        for name in theme.keys() {
            for line in script(name, &theme).lines() {
                let wrong = ["import ", "import.", "export ", "import(\""]
                    .iter()
                    .any(|word| line.trim_start().starts_with(word) || line.contains(" import(\""));
                assert!(!wrong, "{name}: {line}");
            }
        }
    }
}
