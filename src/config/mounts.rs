//! The folders to read: `module.mounts`, and the older settings for folders.

use globset::Glob;
use spanned_data::{Data, Value};

use super::{Language, Table};
use crate::diag::{Code, Diagnostic};
use crate::source::{Component, Mount, OTHER_THEME_LAYOUTS, THEME_LAYOUTS};

/// Folders of a theme's layouts that its shortcodes need.
const SHORTCODES: [&str; 4] = ["shortcodes", "_shortcodes", "partials", "_partials"];
/// Folders of a theme's render hooks.
const HOOKS: [&str; 2] = ["_markup", "**/_markup"];

/// Themes whose shortcodes wsgen has, by a word of their names.
const KNOWN: [&str; 7] = [
    "book", "docdock", "docsy", "geekdoc", "hextra", "learn", "relearn",
];

/// Extensions of a theme's files that a page may show or offer.
const SHOWN: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "zip"];

/// The mounts of a site. A component that `module.mounts` feeds loses its usual folder. `is_demo` is true for the demo of a
/// theme, which lies in the theme's folder.
pub(super) fn mounts(root: &Table<'_>, languages: &[Language], is_demo: bool) -> Vec<Mount> {
    let mut mounts = declared(root, languages);
    for component in Component::MOUNTED {
        let usual = usual(root, component, languages);
        if !mounts.iter().any(|mount| mount.component == component) {
            mounts.extend(usual);
        }
    }
    let mut all: Vec<Mount> = themes(root, is_demo).iter().flat_map(of_theme).collect();
    all.extend(mounts);
    all
}

/// The names of the themes that the site names, in lower case: the last part of a module's path, without its version.
pub(super) fn names(root: &Table<'_>) -> Vec<String> {
    let all = theme_names(root.peek("theme")).into_iter().chain(imports(root));
    all.map(|path| name(&path)).collect()
}

fn name(path: &str) -> String {
    let is_version = |part: &&str| {
        part.strip_prefix('v')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let name = path.split('/').rev().find(|part| !is_version(part));
    name.unwrap_or_default().to_lowercase()
}

/// A theme of the site.
struct Theme {
    /// Its folder, which may not be there.
    folder: String,
    /// True if wsgen has its shortcodes.
    is_known: bool,
}

impl Theme {
    fn new(folder: String, path: &str) -> Self {
        let name = name(path);
        let is_known = name.split(['-', '_', '.']).any(|word| KNOWN.contains(&word));
        Self { folder, is_known }
    }
}

/// The site's themes, the one that wins first. Not counted as a use of the settings: a theme does not decide how the site
/// looks.
fn themes(root: &Table<'_>, is_demo: bool) -> Vec<Theme> {
    let text = |value: &Value| value.to_text().filter(|text| !text.is_empty());
    let folder = root.peek("themesDir").and_then(text);
    let folder = folder.unwrap_or_else(|| "themes".to_owned());
    let folder = folder.trim_end_matches('/');
    let (names, modules) = (theme_names(root.peek("theme")), imports(root));
    let modules = modules.map(|path| Theme::new(format!("_vendor/{path}"), &path));
    let named = names
        .iter()
        .map(|name| Theme::new(format!("{folder}/{name}"), name));
    let mut all: Vec<Theme> = modules.chain(named).collect();
    // A demo lies in its theme, whose folder may have another name where it has been cloned.
    let above = folder.strip_suffix("/..").filter(|above| above.starts_with(".."));
    let above = above.or(is_demo.then_some(".."));
    let is_known = all.iter().any(|theme| theme.is_known);
    all.extend(above.map(|above| Theme {
        folder: above.to_owned(),
        is_known,
    }));
    all
}

/// The names in the setting `theme`, the one that wins first.
pub(super) fn theme_names(theme: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| value.to_text().filter(|text| !text.is_empty());
    match theme.map(|value| (value, &value.data)) {
        Some((_, Data::List(names))) => names.iter().filter_map(text).collect(),
        Some((name, _)) => text(name).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The modules that the site imports; `hugo mod vendor` puts them into the repository.
fn imports(root: &Table<'_>) -> impl Iterator<Item = String> {
    let module = root.peek("module").and_then(Value::as_map);
    let imports = module.and_then(|module| module.get("imports")?.as_list());
    let imports = imports.unwrap_or_default().iter();
    imports.filter_map(|import| import.as_map()?.get("path")?.to_text())
}

/// Mounts for a theme that lies in the repository: its shortcodes, with their texts and data, the render hooks of one that
/// wsgen does not know, and pictures and documents.
fn of_theme(theme: &Theme) -> [Mount; 4] {
    let folder = &theme.folder;
    let mut layouts = Mount::new(format!("{folder}/layouts"), Component::Layouts);
    let (target, hooks) = match theme.is_known {
        true => (THEME_LAYOUTS, &[][..]),
        false => (OTHER_THEME_LAYOUTS, &HOOKS[..]),
    };
    layouts.target = target.to_owned();
    let read = SHORTCODES.iter().chain(hooks);
    layouts.include = read.map(|folder| format!("{folder}/**")).collect();
    let mut shown = Mount::new(format!("{folder}/static"), Component::Static);
    shown.include = SHOWN.map(|extension| format!("**/*.{extension}")).into();
    shown.exclude = vec!["**/fonts/**".to_owned(), "**/webfonts/**".to_owned()];
    let mut texts = Mount::new(format!("{folder}/i18n"), Component::I18n);
    texts.target = THEME_LAYOUTS.to_owned();
    let data = Mount::new(format!("{folder}/data"), Component::Data);
    [layouts, texts, data, shown]
}

/// The usual folders of a component.
fn usual(root: &Table<'_>, component: Component, languages: &[Language]) -> Vec<Mount> {
    let folder = |key: &str| {
        let folder = root.text(key).filter(|folder| !folder.is_empty());
        vec![Mount::new(
            folder.unwrap_or_else(|| component.name().to_owned()),
            component,
        )]
    };
    match component {
        Component::Content => content(root, languages),
        Component::Static => statics(root),
        Component::Layouts => folder("layoutDir"),
        Component::Data => folder("dataDir"),
        Component::I18n => folder("i18nDir"),
        Component::Assets => folder("assetDir"),
        Component::Other => Vec::new(),
        Component::Templates | Component::Config => vec![Mount::new(component.name(), component)],
    }
}

/// The site's content folder, and those of languages that have their own.
///
/// If every language has its own, the site's folder is left out: other files in it are no content. The site's folder is
/// that of a language alone which names it and is not the default one.
fn content(root: &Table<'_>, languages: &[Language]) -> Vec<Mount> {
    let site = root.text("contentDir").filter(|folder| !folder.is_empty());
    let site = Mount::new(site.unwrap_or_else(|| "content".to_owned()), Component::Content);
    let named: Vec<(&Language, Mount)> = languages
        .iter()
        .filter_map(|language| {
            let folder = language.content_dir.as_deref()?;
            Some((language, Mount::new(folder, Component::Content)))
        })
        .collect();
    let default = root.text("defaultContentLanguage").unwrap_or_default();
    let mut claims = named.iter().filter(|(_, mount)| mount.source == site.source);
    let claimed = match (claims.next(), claims.next()) {
        (Some((language, _)), None) => !language.key.eq_ignore_ascii_case(&default),
        _ => false,
    };
    let own = named
        .into_iter()
        .filter(|(_, mount)| claimed || mount.source != site.source)
        .map(|(language, mount)| mount.lang(Some(language.key.clone())));
    let mut mounts: Vec<Mount> = own.collect();
    if mounts.len() < languages.len() && !claimed {
        mounts.insert(0, site);
    }
    mounts
}

/// `staticDir` and its numbered companions `staticDir0` to `staticDir10`.
fn statics(root: &Table<'_>) -> Vec<Mount> {
    let mut folders = root
        .texts("staticDir")
        .unwrap_or_else(|| vec!["static".to_owned()]);
    for number in 0..=10 {
        folders.extend(root.texts(&format!("staticDir{number}")).unwrap_or_default());
    }
    folders.retain(|folder| !folder.is_empty());
    folders
        .into_iter()
        .map(|folder| Mount::new(folder, Component::Static))
        .collect()
}

/// `module.mounts`. Mounts of unused components, such as archetypes, are left out.
fn declared(root: &Table<'_>, languages: &[Language]) -> Vec<Mount> {
    let tables = root.table("module").tables("mounts");
    tables.iter().flat_map(|table| mount(table, languages)).collect()
}

fn mount(table: &Table<'_>, languages: &[Language]) -> Vec<Mount> {
    let (Some(source), Some(target)) = (table.text("source"), table.text("target")) else {
        return Vec::new();
    };
    let target = target.replace('\\', "/");
    let (component, below) = target
        .trim_matches('/')
        .split_once('/')
        .unwrap_or((target.trim_matches('/'), ""));
    let Some(component) = Component::from_name(component) else {
        return Vec::new();
    };
    let (include, exclude) = globs(table);
    let mount = Mount {
        target: below.to_owned(),
        include,
        exclude,
        ..Mount::new(source, component)
    };
    match of_languages(table, languages) {
        None => vec![mount],
        Some(keys) => keys
            .into_iter()
            .map(|key| mount.clone().lang(Some(key)))
            .collect(),
    }
}

/// The languages that a mount is for: `lang`, or `sites.matrix.languages` with globs and `!` before exclusions. `None`
/// is for all.
fn of_languages(table: &Table<'_>, languages: &[Language]) -> Option<Vec<String>> {
    let matrix = table.table("sites").table("matrix");
    let listed = matrix.texts("languages").or_else(|| table.texts("lang"))?;
    let patterns: Vec<String> = listed
        .iter()
        .map(|pattern| pattern.trim().to_lowercase())
        .collect();
    let matches =
        |pattern: &str, key: &str| Glob::new(pattern).is_ok_and(|glob| glob.compile_matcher().is_match(key));
    let (without, with): (Vec<&str>, Vec<&str>) = patterns
        .iter()
        .map(String::as_str)
        .filter(|pattern| !pattern.is_empty())
        .partition(|p| p.starts_with('!'));
    let takes = |key: &str| {
        let wanted = with.is_empty() || with.iter().any(|pattern| matches(pattern, key));
        wanted && !without.iter().any(|pattern| matches(pattern[1..].trim(), key))
    };
    let keys: Vec<String> = languages
        .iter()
        .map(|language| language.key.clone())
        .filter(|key| takes(key))
        .collect();
    (keys.len() < languages.len()).then_some(keys)
}

/// Globs of files in and out: `includeFiles` and `excludeFiles`, or `files` with `!` before exclusions.
fn globs(table: &Table<'_>) -> (Vec<String>, Vec<String>) {
    let mut include = valid(table, "includeFiles");
    let mut exclude = valid(table, "excludeFiles");
    for pattern in valid(table, "files") {
        match pattern.strip_prefix('!') {
            Some(pattern) => exclude.push(pattern.trim().to_owned()),
            None => include.push(pattern),
        }
    }
    (include, exclude)
}

/// The globs at `key`; invalid ones are reported.
fn valid(table: &Table<'_>, key: &str) -> Vec<String> {
    let mut globs = table.texts(key).unwrap_or_default();
    globs.retain(|glob| {
        let error = Glob::new(glob.trim_start_matches('!').trim()).err();
        if let Some(error) = &error {
            let span = table.value(key).and_then(|value: &Value| table.span(value));
            let message = format!("`{glob}` is not a pattern for files: {}", error.kind());
            table.report(Diagnostic::warning(Code::InvalidConfig, span, message));
        }
        error.is_none()
    });
    globs
}
