//! The theme's own files: one stylesheet, small modules, an icon. They are published under names that hold a hash of
//! their content, so that servers may let browsers keep them for ever, and only when a template names them or a module
//! that one names imports them.

use std::collections::BTreeMap;

use crate::source::{Component, Origin, SourceTree};

use super::classic;
use super::modules::{self, File};
use super::page_links::Links;
use super::{RenderContext, pieces};

/// Folder that they are published in, all side by side.
pub(super) const FOLDER: &str = "assets/";

/// Maximum depth of stylesheets that import each other.
const MAX_IMPORTS: usize = 8;

/// Files of the theme that pages refer to.
#[derive(Debug, Default)]
pub(super) struct ThemeAssets {
    pub(super) files: Vec<Asset>,
    /// Files of the site's own `static/` that templates name and that are published as they are: `logo.png`.
    own: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Asset {
    /// Path inside `static/`: `css/site.css`.
    name: String,
    /// Path on the site: `assets/site.0123456789.css`.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

impl ThemeAssets {
    /// The files that the templates name, and those that they need.
    pub(super) fn new(context: RenderContext<'_>) -> Self {
        let files = needed(context);
        let paths: BTreeMap<&str, String> = files
            .keys()
            .map(|name| (name.as_str(), hashed(name, modules::hash(name, &files))))
            .collect();
        let published = |name: &str| paths.get(name).and_then(|path| path.strip_prefix(FOLDER));
        let assets = files.iter().map(|(name, file)| Asset {
            name: name.clone(),
            path: paths[name.as_str()].clone(),
            bytes: file.rewritten(published).into_bytes(),
        });
        let mut assets: Vec<Asset> = assets.collect();
        if context.config.urls.relative {
            let modules = files.keys().filter(|name| is_module(name));
            assets.extend(modules.map(|name| Asset {
                name: name.replace(".js", classic::ENDING),
                path: paths[name.as_str()].replace(".js", classic::ENDING),
                bytes: classic::script(name, &files).into_bytes(),
            }));
        }
        let named = context.templates.assets().into_iter();
        let own = named.filter(|name| !files.contains_key(name) && is_own(context.tree, name));
        Self {
            own: own.collect(),
            files: assets,
        }
    }

    /// URLs by plain name, for the function `asset` of templates.
    pub(super) fn urls(&self, links: Links<'_>) -> BTreeMap<&str, String> {
        self.files
            .iter()
            .map(|asset| (asset.name.as_str(), links.to(&asset.path)))
            .chain(self.own.iter().map(|name| (name.as_str(), links.to(name))))
            .collect()
    }

    /// The URL of a file by its plain name.
    pub(super) fn url(&self, name: &str, links: Links<'_>) -> Option<String> {
        let asset = self.files.iter().find(|asset| asset.name == name)?;
        Some(links.to(&asset.path))
    }
}

/// The files that the templates name, the imports of these, and the sheets of pieces, by name.
fn needed(context: RenderContext<'_>) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    let mut waiting: Vec<String> = context.templates.assets().into_iter().collect();
    waiting.extend(pieces::sheets(context.tree));
    while let Some(name) = waiting.pop() {
        if files.contains_key(&name) {
            continue;
        }
        if let Some(text) = content(&name, context) {
            let file = File::new(&name, text);
            waiting.extend(file.targets().map(str::to_owned));
            files.insert(name, file);
        }
    }
    files
}

/// Returns true for a file of the site, and false for one that the theme has only in itself.
fn is_own(tree: &SourceTree, name: &str) -> bool {
    let file = tree.find(Component::Static, name).and_then(|file| tree.get(file));
    file.is_some_and(|file| file.origin != Origin::Embedded)
}

fn is_module(name: &str) -> bool {
    name.ends_with(".js") || name.ends_with(".mjs")
}

/// `css/site.css` becomes `assets/site.HASH.css`.
fn hashed(name: &str, hash: u64) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    let hash = format!("{hash:016x}");
    format!("{FOLDER}{stem}.{}.{extension}", &hash[..10])
}

/// The text of a file of the theme as it is published.
pub(super) fn content(name: &str, context: RenderContext<'_>) -> Option<String> {
    let (text, origin) = text(context.tree, name)?;
    if name.ends_with(".css") {
        let mut css = imported(context.tree, name, text, 0);
        css.push_str(&without_dark(&css));
        css.push_str(&format!(":root{{--hue:{}}}", context.config.wsgen.accent));
        return Some(minify_css(&css));
    }
    let own = *origin != Origin::Embedded;
    Some(if own || !is_module(name) {
        text.to_owned()
    } else {
        without_comments(text)
    })
}

fn text<'a>(tree: &'a SourceTree, name: &str) -> Option<(&'a str, &'a Origin)> {
    let file = tree.get(tree.find(Component::Static, name)?)?;
    Some((file.text()?, &file.origin))
}

/// A stylesheet with the ones that it imports by name, `@import "other.css";`, in their place.
fn imported(tree: &SourceTree, name: &str, css: &str, depth: usize) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(css.len());
    for line in css.split_inclusive('\n') {
        let path = pieces::import(line).map(|file| format!("{folder}/{file}"));
        match path.as_deref().and_then(|path| Some((path, text(tree, path)?.0))) {
            Some((path, text)) if depth < MAX_IMPORTS => out.push_str(&imported(tree, path, text, depth + 1)),
            _ => out.push_str(line),
        }
    }
    out
}

/// The rules that give browsers without `light-dark()` the light colours: there, whatever takes a colour from a
/// property that holds the function has none. Nothing where no property does.
fn without_dark(css: &str) -> String {
    const FUNCTION: &str = ": light-dark(";
    let mut light = BTreeMap::new();
    let mut order = Vec::new();
    for line in css.lines().map(str::trim).filter(|line| line.starts_with("--")) {
        let Some((name, values)) = line.split_once(FUNCTION) else {
            continue;
        };
        // The first value of a name is the usual one, later ones are those of readers who want more contrast.
        if !light.contains_key(name) {
            light.insert(name, first_argument(values));
            order.push(name);
        }
    }
    if order.is_empty() {
        return String::new();
    }
    let tokens: String = order
        .iter()
        .map(|name| format!("{name}:{};", light[name]))
        .collect();
    format!(
        "@supports not (color:light-dark(red,red)){{:root,:root[data-scheme]{{color-scheme:light}}:root{{{tokens}}}}}"
    )
}

/// The text before the first comma outside parentheses.
fn first_argument(arguments: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in arguments.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return &arguments[..at],
            _ => {}
        }
    }
    arguments
}

/// The theme's modules without lines that are comments and without indentation. They hold no text of several lines.
fn without_comments(js: &str) -> String {
    let lines = js
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A stylesheet without comments and without meaningless white space.
fn minify_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    loop {
        let plain = rest.find(|c: char| is_css_sign(c) || c.is_whitespace());
        let (token, after) = rest.split_at(plain.unwrap_or(rest.len()));
        out.push_str(token);
        rest = after;
        let Some(c) = rest.chars().next() else { return out };
        let (token, after) = match c {
            '/' if rest.starts_with("/*") => ("", rest.find("*/").map_or("", |end| &rest[end + 2..])),
            '"' | '\'' => rest.split_at(quoted(rest, c)),
            _ if c.is_whitespace() => (" ", rest.trim_start()),
            _ => rest.split_at(c.len_utf8()),
        };
        push_css(&mut out, token);
        rest = after;
    }
}

/// Returns true for a character that is not part of a name or a number.
fn is_css_sign(c: char) -> bool {
    matches!(c, '/' | '"' | '\'' | '{' | '}' | ';' | ',' | '>')
}

/// Length of the text in quotes that `rest` begins with, quotes included.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn push_css(out: &mut String, token: &str) {
    const TIGHT: [char; 5] = ['{', '}', ';', ',', '>'];
    let after_tight = out.is_empty() || out.ends_with(TIGHT) || out.ends_with(": ");
    match token {
        " " if after_tight || out.ends_with(' ') => {}
        "{" | "}" | ";" | "," | ">" => {
            while out.ends_with(' ') || (token == "}" && out.ends_with(';')) {
                out.pop();
            }
            out.push_str(token);
        }
        _ => out.push_str(token),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_loses_what_means_nothing_and_keeps_the_rest() {
        let css = "/* c */ a  >  b :is(c) {\n  color : red;\n  width: calc(1px + 2px) ;\n}\n@media (min-width: 5em) { p::after { content: \"  /* x */ ;\" } }";
        assert_eq!(
            minify_css(css),
            "a>b :is(c){color : red;width: calc(1px + 2px)}@media (min-width: 5em){p::after{content: \"  /* x */ ;\"}}"
        );
    }

    #[test]
    fn broken_css_is_kept_as_far_as_it_goes() {
        for css in ["/* open", "a { b: \"open", "}}}}", "\"\\"] {
            minify_css(css);
        }
        assert_eq!(minify_css("a { b: 'x\\'y' }"), "a{b: 'x\\'y'}");
    }

    #[test]
    fn names_change_with_the_content() {
        let name = hashed("css/site.css", 1);
        assert!(
            name.starts_with("assets/site.") && name.ends_with(".css"),
            "{name}"
        );
        assert_ne!(name, hashed("css/site.css", u64::MAX));
    }

    #[test]
    fn browsers_without_two_colours_in_one_get_the_light_ones() {
        let css = ":root {\n  --a: light-dark(oklch(1% 0 var(--hue)), #000);\n  --b: 1px;\n  --c: light-dark(#fff, #111);\n}\n@media (x) {\n  --a: light-dark(red, blue);\n}\n";
        let found = without_dark(css);
        assert!(
            found.contains("{--a:oklch(1% 0 var(--hue));--c:#fff;}"),
            "{found}"
        );
        assert_eq!(without_dark("p { color: light-dark(red, blue) }"), "");
    }

    #[test]
    fn scripts_lose_comments_and_indentation() {
        assert_eq!(
            without_comments("// a\n  if (x) {\n\n    y(\"//\"); // z\n  }\n"),
            "if (x) {\ny(\"//\"); // z\n}\n"
        );
    }
}
