//! Finds the configuration files that count, reads them and puts them over each other.

use spanned_data::{Data, Entry, Map, Problem, ProblemKind, Value, json, toml, yaml};

use crate::diag::{Code, Diagnostic, Diagnostics, FileId};
use crate::source::{Component, SourceFile, SourceTree, THEMES, reserved};

use super::mounts::theme_names;
use super::{ConfigOptions, Places, env};

/// All settings of a site in one table, and the files they come from.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) settings: Map,
    pub(super) places: Places,
    pub(super) diagnostics: Diagnostics,
}

/// Reads the configuration files of `tree`: the root's or those asked for, then `config/_default/`, then the folder of
/// the environment, then the command line, then environment variables. Later ones win; tables are merged. The
/// parameters of the site's themes in the repository are defaults, as in Hugo.
pub(super) fn merge(tree: &SourceTree, options: &ConfigOptions) -> Merged {
    let mut merged = Merged::default();
    for id in at_root(tree, options) {
        merged.add(tree, id, &[]);
    }
    for id in in_folders(tree, options) {
        merged.add(
            tree,
            id,
            &tree
                .get(id)
                .map(|file| key_path(&file.target))
                .unwrap_or_default(),
        );
    }
    for theme in theme_names(merged.settings.get("theme")) {
        merged.params_of(tree, &format!("{THEMES}/{theme}/"));
    }
    merged.settings.merge(&options.flags.settings());
    env::apply(&mut merged.settings, &options.env);
    merged
}

/// The file at the root, or those that were asked for; the one that is overridden first.
fn at_root(tree: &SourceTree, options: &ConfigOptions) -> Vec<FileId> {
    let is_split = |file: &SourceFile| file.target.contains('/');
    match options.config_files.as_slice() {
        [] => tree
            .iter(Component::Config)
            .filter(|(_, file)| !is_split(file))
            .map(|(id, _)| id)
            .collect(),
        asked => asked
            .iter()
            .filter_map(|path| tree.find(Component::Config, path))
            .collect(),
    }
}

/// The files of the configuration that is split up, the environment's last.
fn in_folders(tree: &SourceTree, options: &ConfigOptions) -> Vec<FileId> {
    let mut files: Vec<FileId> = in_folder(tree, "_default").collect();
    if options.environment != "_default" {
        files.extend(in_folder(tree, &options.environment));
    }
    files
}

/// The files below `config/name/`, folder by folder in alphabetical order.
fn in_folder(tree: &SourceTree, name: &str) -> impl Iterator<Item = FileId> {
    let mut files: Vec<(Vec<&str>, FileId)> = tree
        .iter(Component::Config)
        .map(|(id, file)| (file.target.split('/').collect::<Vec<_>>(), id))
        .filter(|(path, _)| path.len() > 2 && path[0] == "config" && path[1] == name)
        .collect();
    files.sort();
    files.into_iter().map(|(_, id)| id)
}

impl Merged {
    /// Adds the parameters of the theme at `folder` that neither the site nor a theme before it has.
    fn params_of(&mut self, tree: &SourceTree, folder: &str) {
        let own = std::mem::take(&mut self.settings);
        let found = self.diagnostics.len();
        let files = tree.iter(Component::Config).filter_map(|(id, file)| {
            let below = file.target.strip_prefix(folder)?;
            Some((below.contains('/'), id, key_path(below)))
        });
        let mut files: Vec<_> = files.collect();
        files.sort_by_key(|(is_split, id, _)| (*is_split, *id));
        for (_, id, keys) in files {
            self.add(tree, id, &keys);
        }
        // What is wrong there is not for the site's author to mend.
        self.diagnostics.truncate(found);
        let theme = std::mem::replace(&mut self.settings, own);
        if let Some(params) = theme
            .entry("params")
            .filter(|entry| entry.value.as_map().is_some())
        {
            let mut defaults = Map::new();
            defaults.insert_entry(params.clone());
            self.settings.fill(&defaults);
        }
    }

    /// Puts a file's settings over the others, in the table at `keys`.
    fn add(&mut self, tree: &SourceTree, id: FileId, keys: &[String]) {
        let Some(file) = tree.get(id) else { return };
        let text = file.text().unwrap_or_default();
        let start = self.places.add(id, text.len());
        let (mut value, problems) = parse(&file.target, text, start);
        let reserved = value
            .as_mut()
            .and_then(|value| reserved::replace_escaped(text, value));
        self.diagnostics
            .extend(reserved.map(|at| reserved::finding(self.places.span(&at))));
        self.diagnostics
            .extend(problems.into_iter().map(|problem| finding(problem, id, start)));
        let Some(value) = value.filter(|value| !value.is_null()) else {
            return;
        };
        let place = self.places.span(&value.span);
        match nest(unwrap_own_key(value, keys.last()), keys) {
            Some(mut settings) => {
                rename_menus(&mut settings);
                self.settings.merge(&settings);
            }
            None => {
                let message = "a configuration file holds keys and values";
                self.diagnostics
                    .push(Diagnostic::error(Code::InvalidConfig, place, message));
            }
        }
    }
}

fn parse(path: &str, text: &str, start: usize) -> (Option<Value>, Vec<Problem>) {
    match path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "toml" => toml::parse(text, start),
        "json" => json::parse(text, start),
        _ => yaml::parse(text, start),
    }
}

/// The finding in the file, whose settings are numbered from `start`.
fn finding(problem: Problem, file: FileId, start: usize) -> Diagnostic {
    let back =
        |span: std::ops::Range<usize>| span.start.saturating_sub(start)..span.end.saturating_sub(start);
    let kind = match problem.kind {
        ProblemKind::Duplicate { first } => ProblemKind::Duplicate { first: back(first) },
        kind @ ProblemKind::Syntax => kind,
    };
    let problem = Problem {
        span: back(problem.span),
        kind,
        message: problem.message,
    };
    Diagnostic::in_data(&problem, file, Code::InvalidConfig)
}

/// The table that a file below `config/` contributes to: none for `hugo.toml`, `params` for `params.toml`,
/// `languages.ja.menus` for `menus.ja.toml`.
fn key_path(target: &str) -> Vec<String> {
    let file = target.rsplit('/').next().unwrap_or(target);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (name, lang) = stem.split_once('.').unwrap_or((stem, ""));
    let name = match name.to_lowercase().as_str() {
        "menu" => "menus".to_owned(),
        name => name.to_owned(),
    };
    let is_root = matches!(name.as_str(), "hugo" | "config");
    match (is_root, lang.is_empty()) {
        (true, true) => Vec::new(),
        (false, true) => vec![name],
        (true, false) => vec!["languages".to_owned(), lang.to_lowercase()],
        (false, false) => vec!["languages".to_owned(), lang.to_lowercase(), name],
    }
}

/// Unwraps the table of the file's own key: `params.toml` may say `[params]` once more.
fn unwrap_own_key(value: Value, key: Option<&String>) -> Value {
    let (Some(key), Some(map)) = (key, value.as_map()) else {
        return value;
    };
    let own = |entry: &Entry| entry.key == *key || (key == "menus" && entry.key == "menu");
    match map.iter().next() {
        Some(entry) if map.len() == 1 && own(entry) && entry.value.as_map().is_some() => entry.value.clone(),
        _ => value,
    }
}

/// The value as the innermost of nested tables.
fn nest(value: Value, keys: &[String]) -> Option<Map> {
    let mut value = value;
    for key in keys.iter().rev() {
        let span = value.span.clone();
        let mut map = Map::new();
        map.insert_entry(Entry::new(key.clone(), span.start..span.start, value));
        value = Value::new(Data::Map(map), span);
    }
    value.into_map()
}

/// Renames `menu`, the old name of `menus`, before merging, so that each may override the other.
fn rename_menus(settings: &mut Map) {
    rename_menu(settings);
    if let Some(Data::Map(languages)) = settings.get_mut("languages").map(|value| &mut value.data) {
        let keys: Vec<String> = languages.iter().map(|entry| entry.key.clone()).collect();
        for key in keys {
            if let Some(Data::Map(language)) = languages.get_mut(&key).map(|value| &mut value.data) {
                rename_menu(language);
            }
        }
    }
}

fn rename_menu(map: &mut Map) {
    let Some(old) = map.entry("menu").cloned() else {
        return;
    };
    map.remove("menu");
    let renamed = Entry {
        key: "menus".to_owned(),
        ..old
    };
    match map.get("menus") {
        None => {
            map.insert_entry(renamed);
        }
        Some(_) => {
            let mut both = Map::new();
            both.insert_entry(renamed);
            map.fill(&both);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_config_are_named_after_tables_and_languages() {
        assert_eq!(key_path("config/_default/hugo.toml"), [""; 0]);
        assert_eq!(key_path("config/_default/Params.toml"), ["params"]);
        assert_eq!(
            key_path("config/_default/deep/menu.en.yaml"),
            ["languages", "en", "menus"]
        );
        assert_eq!(
            key_path("config/_default/params.zh-CN.json"),
            ["languages", "zh-cn", "params"]
        );
        assert_eq!(key_path("config/_default/config.ja.toml"), ["languages", "ja"]);
    }
}
