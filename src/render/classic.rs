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
    let mut out = String::from(
        // Modules are made once for all scripts of a page, as browsers do it.
        "{const $url=document.currentScript.src,made=window.wsgenModules??={},all={\n",
    );
    for name in found {
        let text = function(&files[name], files);
        out.push_str(&format!("\"./{name}\"(exports){{\n{text}}},\n"));
    }
    out.push_str("};\nconst $need=(name)=>{if(!made[name])all[name](made[name]={});return made[name]};\n");
    out.push_str(&format!(
        // As with `import()`, the module that asks is complete before the other runs: both may import each other.
        "const $later=async(name)=>{{await 0;return $need(name)}};\n$need(\"./{name}\")}}\n"
    ));
    out
}

/// A module as the body of a function.
fn function(file: &File, files: &BTreeMap<String, File>) -> String {
    let known = |target: &str| files.get_key_value(target).map(|(name, _)| name.as_str());
    let text = file.rewritten(known);
    let text = text
        .replace("import.meta.url", "$url")
        .replace("import(\"./", "$later(\"./")
        .replace("import(`./", "$later(`./");
    let (mut out, rest) = compact_imports(&text);
    let (rest, mut exports) = compact_exports(rest);
    for line in rest.lines() {
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

/// The imports at the head of a bundled module, as they are made in a function: `import{a as b}from"./c.js";`. And the
/// text behind them.
fn compact_imports(text: &str) -> (String, &str) {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    loop {
        let names = rest
            .strip_prefix("import{")
            .and_then(|rest| rest.split_once("}from"));
        let alone = rest
            .strip_prefix("import\"")
            .map(|_| ("", &rest["import".len()..]));
        let Some((names, after)) = names.or(alone) else {
            return (out, rest);
        };
        let Some((module, after)) = after.split_once(';') else {
            return (out, rest);
        };
        out.push_str(&format!(
            "const {{{}}}=$need({module});\n",
            names.replace(" as ", ":")
        ));
        rest = after;
    }
}

/// The text of a bundled module without the exports at its end, `export{a as b};`, and these as assignments.
fn compact_exports(text: &str) -> (&str, String) {
    let end = text.trim_end();
    let Some((before, names)) = end
        .strip_suffix("};")
        .and_then(|text| text.rsplit_once("export{"))
    else {
        return (text, String::new());
    };
    let assignments = names.split(',').map(|name| {
        let (local, name) = name.split_once(" as ").unwrap_or((name, name));
        format!("exports.{name}={local};\n")
    });
    (before, assignments.collect())
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
    fn a_module_that_asks_for_another_while_it_runs_is_complete_before_that_one_runs() {
        let files = files(&[
            ("js/a.js", "import(\"./b.js\");\nexport const c = 1;"),
            ("js/b.js", "import { c } from \"./a.js\";\nc;"),
        ]);
        let script = script("js/a.js", &files);
        assert!(
            script.contains("$later=async(name)=>{await 0;return $need(name)}"),
            "{script}"
        );
    }

    /// A function that fills an object has its imports as values: in a cycle they would be missing.
    #[test]
    fn no_modules_of_the_theme_need_each_other_to_begin() {
        let theme: BTreeMap<String, String> = crate::source::embedded::theme()
            .filter(|file| file.target.starts_with("js/"))
            .filter_map(|file| Some((file.target.clone(), file.text()?.to_owned())))
            .collect();
        let needs = |name: &str| {
            let (imports, _) = compact_imports(&theme[name]);
            let parts = imports.split("$need(\"./").skip(1);
            parts
                .filter_map(|part| Some(format!("js/{}", part.split_once('"')?.0)))
                .collect::<Vec<_>>()
        };
        for name in theme.keys() {
            let (mut found, mut waiting) = (BTreeSet::new(), needs(name));
            while let Some(next) = waiting.pop() {
                assert_ne!(name, &next, "{name} imports itself by way of {found:?}");
                if found.insert(next.clone()) {
                    waiting.extend(needs(&next));
                }
            }
        }
        assert!(theme.keys().any(|name| !needs(name).is_empty()));
    }

    #[test]
    fn the_forms_of_bundled_modules_are_known() {
        let text = "import\"./b.js\";import{b as e,c}from\"./b.js\";const t=()=>import(`./b.js`);export{t as open,c};";
        let files = files(&[("js/a.js", text), ("js/b.js", "export const b = 1;")]);
        let script = script("js/a.js", &files);
        for part in [
            "const {}=$need(\"./js/b.js\");\nconst {b:e,c}=$need(\"./js/b.js\");\n",
            "const t=()=>$later(`./js/b.js`);\nexports.open=t;\nexports.c=c;\n",
        ] {
            assert!(script.contains(part), "{part} in {script}");
        }
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
                let wrong = [
                    "import ",
                    "import.",
                    "import{",
                    "export ",
                    "export{",
                    "import(\"",
                    "import(`",
                ]
                .iter()
                .any(|word| line.trim_start().starts_with(word) || line.contains(" import(\""));
                assert!(!wrong, "{name}: {line}");
            }
        }
    }
}
