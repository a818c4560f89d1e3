//! The modules of the diagram library as classic scripts, for pages that were opened from a folder: there browsers load
//! no modules. A script hands the text of its module to `js/folder.js`, which makes a module of it. So the module is the
//! same as on a server, and those of the theme, which are functions there (`classic`), need not know its forms.

use super::imports::imports;
use super::mermaid::{self, Module};
use super::{OutputContent, Renderer};

/// Added to the name of a module instead of `.js`.
const ENDING: &str = ".text.js";

/// The paths of the scripts, in the order of the library's files; none where links are such that a page cannot be opened
/// from a folder.
pub(super) fn paths(renderer: &Renderer<'_>) -> Vec<String> {
    let wanted = renderer.context.config.urls.relative;
    let modules = wanted.then(mermaid::modules).unwrap_or_default();
    modules.iter().map(path).collect()
}

/// A script, or a file of the library that is none.
pub(super) fn script(_: &Renderer<'_>, place: usize) -> OutputContent {
    let module = &mermaid::modules()[place];
    let bytes = module.inflate();
    OutputContent::Bytes(match std::str::from_utf8(&bytes) {
        Ok(text) if is_script(module) => wrapped(module.file_name(), text).into_bytes(),
        _ => bytes,
    })
}

fn path(module: &Module) -> String {
    let path = module.path();
    match path.strip_suffix(".js") {
        Some(stem) => format!("{stem}{ENDING}"),
        None => path,
    }
}

fn is_script(module: &Module) -> bool {
    module.name.ends_with(".js")
}

/// A module in pieces: text, the name of a module that it imports, text, and so on. What it imports later it asks
/// `js/folder.js` for.
fn wrapped(name: &str, text: &str) -> String {
    let text = text
        .replace("import(\"./", "wsgenImport(\"./")
        .replace("import(`./", "wsgenImport(`./");
    let (mut pieces, mut done) = (Vec::new(), 0);
    for import in imports(name, &text) {
        pieces.extend([&text[done..import.range.start], &text[import.range.clone()]]);
        done = import.range.end;
    }
    pieces.push(&text[done..]);
    format!("wsgenText({})\n", serde_json::Value::from(pieces))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_pieces_between_texts() {
        for (text, pieces) in [
            (
                "import{x}from\"./b.js\";x(`\"`);",
                r#"["import{x}from\"","./b.js","\";x(`\"`);"]"#,
            ),
            (
                "import\"./b.js\";export{c as d}from\"./c.js\";",
                r#"["import\"","./b.js","\";export{c as d}from\"","./c.js","\";"]"#,
            ),
            ("let x=1;", r#"["let x=1;"]"#),
            (
                "()=>import(`./b.js`);await import(\"./c.js\")",
                r#"["()=>wsgenImport(`./b.js`);await wsgenImport(\"./c.js\")"]"#,
            ),
        ] {
            assert_eq!(wrapped("a.js", text), format!("wsgenText({pieces})\n"));
        }
    }

    /// A module is made when those that it imports are: in a circle none ever would be.
    #[cfg(feature = "mermaid")]
    #[test]
    fn no_modules_of_the_library_need_each_other() {
        fn visit<'m>(module: &'m Module, above: &mut Vec<&'m str>) {
            assert!(!above.contains(&module.name), "{} in {above:?}", module.name);
            above.push(module.name);
            for (next, _) in module.imports().filter(|(_, lazy)| !lazy) {
                visit(next, above);
            }
            above.pop();
        }
        for module in mermaid::modules() {
            visit(module, &mut Vec::new());
        }
    }
}
