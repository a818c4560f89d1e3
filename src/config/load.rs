//! From configuration files to a [`Config`].

use std::path::Path;

use hugo_template::title_case::TitleStyle;
use spanned_data::{Map, Value};

use super::decode::Reader;
use super::languages::{SiteWide, languages};
use super::merge::{Merged, merge};
use super::purpose::Purpose;
use super::{
    BaseUrl, Config, Include, ListTitles, Table, cascade, dates, feeds, kinds, markup, menus, mounts,
    url_settings, wsgen,
};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{self, ConfigPlaces, LoadError, Scope, SourceTree};

/// Sources of settings besides the site's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigOptions {
    /// Name of the environment; see [`environment`](super::environment()).
    pub environment: String,
    /// `--config`: files to read instead of the one at the root; the last one wins.
    pub config_files: Vec<String>,
    /// `--configDir`: folder of the configuration that is split up, usually `config`.
    pub config_folder: String,
    /// Settings of the command line.
    pub flags: Flags,
    /// True for the demo of a theme, which lies in the theme's folder.
    pub is_demo: bool,
    /// The environment, of which the variables that begin with `HUGO` are used. They beat even the command line.
    pub env: Vec<(String, String)>,
}

impl Default for ConfigOptions {
    /// A production build without flags and variables.
    fn default() -> Self {
        Self {
            environment: "production".to_owned(),
            config_files: Vec::new(),
            config_folder: "config".to_owned(),
            flags: Flags::default(),
            is_demo: false,
            env: Vec::new(),
        }
    }
}

/// Settings of the command line, which beat those of files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-b`.
    pub base_url: Option<String>,
    /// `-d`: from the site's root, or absolute.
    pub destination: Option<String>,
    /// `-c`.
    pub content_dir: Option<String>,
    /// `--disableKinds`.
    pub disable_kinds: Option<Vec<String>>,
    /// Pages that take part besides those of the settings.
    pub include: Include,
    /// `--instructor`.
    pub instructor: bool,
    /// The use that the site is made for.
    pub purpose: Purpose,
}

impl Flags {
    /// The flags as settings.
    pub(super) fn settings(&self) -> Map {
        let mut settings = Map::new();
        let texts = [
            ("baseURL", &self.base_url),
            ("publishDir", &self.destination),
            ("contentDir", &self.content_dir),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                settings.insert(key, text.clone());
            }
        }
        if let Some(kinds) = &self.disable_kinds {
            settings.insert(
                "disableKinds",
                kinds.iter().cloned().map(Value::from).collect::<Vec<_>>(),
            );
        }
        let Include {
            drafts,
            future,
            expired,
        } = self.include;
        for (key, is_on) in [
            ("buildDrafts", drafts),
            ("buildFuture", future),
            ("buildExpired", expired),
        ] {
            if is_on {
                settings.insert(key, true);
            }
        }
        settings
    }
}

/// Reads the configuration of the site at `root`. The tree holds its files; [`source::load`](source::load()) continues
/// it with [`Config::scope`].
pub fn load(root: &Path, options: &ConfigOptions) -> Result<(Config, SourceTree, Diagnostics), LoadError> {
    let places = ConfigPlaces {
        files: options.config_files.clone(),
        folder: options.config_folder.clone(),
    };
    let (tree, mut diagnostics) = source::config_files(root, &places)?;
    let (config, findings) = read(&tree, options);
    diagnostics.extend(findings);
    Ok((config, tree, diagnostics))
}

/// The configuration and the tree of a site in memory, for tests and previews. The default theme is not in the tree.
pub fn from_memory<P: AsRef<str>, T: AsRef<str>>(
    files: impl IntoIterator<Item = (P, T)>,
    options: &ConfigOptions,
) -> (Config, SourceTree, Diagnostics) {
    let files: Vec<(P, T)> = files.into_iter().collect();
    let files = || files.iter().map(|(path, text)| (path.as_ref(), text.as_ref()));
    // Configuration files come first and so have the same names in both trees.
    let (config, diagnostics) = read(&source::from_memory(files(), &Scope::default()), options);
    let tree = source::from_memory(files(), &config.scope());
    (config, tree, diagnostics)
}

/// The configuration in the files of `tree`.
pub fn read(tree: &SourceTree, options: &ConfigOptions) -> (Config, Diagnostics) {
    let Merged {
        settings,
        places,
        mut diagnostics,
    } = merge(tree, options);
    let reader = Reader::new(&places);
    let mut config = decode(&reader.root(&settings), options);
    let (usage, findings) = reader.finish(&settings);
    diagnostics.extend(findings);
    dedup(&mut diagnostics);
    (config.honoured, config.ignored) = (usage.honoured, usage.ignored);
    (config.raw, config.places) = (settings, places);
    (config, diagnostics)
}

/// Removes repeated findings: a setting that is read for every language is wrong only once.
fn dedup(diagnostics: &mut Diagnostics) {
    let mut seen = std::collections::BTreeSet::new();
    diagnostics.retain(|diagnostic| seen.insert(diagnostic.clone()));
}

/// Decodes every field. `raw` and the fields with it are filled by the caller, who holds them meanwhile.
fn decode(root: &Table<'_>, options: &ConfigOptions) -> Config {
    let is_on = |key: &str| root.bool(key).unwrap_or(false);
    let (title, copyright) = (
        root.text("title").unwrap_or_default(),
        root.text("copyright").unwrap_or_default(),
    );
    let (params, menus, has_cjk_language) = (params(root), menus::menus(root), is_on("hasCJKLanguage"));
    let site = SiteWide {
        title: &title,
        copyright: &copyright,
        has_cjk_language,
        params: &params,
        menus: &menus,
    };
    let languages = languages(root, &site);
    let disable_kinds = kinds::disabled(root);
    let (base_url, base_url_set) = base_url(root);
    Config {
        environment: options.environment.clone(),
        variables: variables(&options.env),
        base_url,
        base_url_set,
        default_language: languages.default,
        disabled_languages: languages.disabled,
        default_language_in_subdir: is_on("defaultContentLanguageInSubdir"),
        themes: mounts::names(root),
        mounts: mounts::mounts(root, &languages.all, options.is_demo),
        left_out: languages.disabled_folders,
        publish_dir: root
            .text("publishDir")
            .filter(|dir| !dir.is_empty())
            .unwrap_or_else(|| "public".to_owned()),
        taxonomies: kinds::taxonomies(root, &disable_kinds),
        disable_kinds,
        list_titles: list_titles(root),
        include: Include {
            drafts: is_on("buildDrafts"),
            future: is_on("buildFuture"),
            expired: is_on("buildExpired"),
        },
        feeds: feeds::rules(root),
        urls: url_settings::url_rules(root).of(options.flags.purpose),
        ref_links: url_settings::ref_links(root),
        ignore_files: ignore_files(root),
        ignore_logs: ignore_logs(root),
        markup: markup::markup(root, languages.all.len() > 1),
        summary_length: summary_length(root),
        has_cjk_language,
        enable_emoji: is_on("enableEmoji"),
        time_zone: root
            .text("timeZone")
            .filter(|zone| !zone.is_empty())
            .unwrap_or_else(|| "UTC".to_owned()),
        dates: dates::date_rules(root),
        cascade: cascade::cascade(root, &options.environment),
        section_pages_menu: root.text("sectionPagesMenu").filter(|menu| !menu.is_empty()),
        enable_git_info: is_on("enableGitInfo"),
        instructor: options.flags.instructor,
        wsgen: wsgen::wsgen(root).of(options.flags.purpose),
        title,
        copyright,
        languages: languages.all.into(),
        params,
        menus,
        raw: Map::new(),
        places: super::Places::default(),
        honoured: Vec::new(),
        ignored: Vec::new(),
    }
}

/// The variables of the environment that Hugo's security policy lets templates read.
fn variables(env: &[(String, String)]) -> Vec<(String, String)> {
    let readable = env.iter().filter(|(name, _)| name.starts_with("HUGO_"));
    readable.cloned().collect()
}

/// `[params]`, with `[author]` of old sites as `params.author`.
fn params(root: &Table<'_>) -> Map {
    let mut params = root.map("params");
    if let Some(author) = root.value("author")
        && !params.contains("author")
    {
        params.insert("author", author.clone());
    }
    params
}

fn list_titles(root: &Table<'_>) -> ListTitles {
    ListTitles {
        capitalize: root.bool("capitalizeListTitles").unwrap_or(true),
        pluralize: root.bool("pluralizeListTitles").unwrap_or(true),
        style: TitleStyle::named(&root.text("titleCaseStyle").unwrap_or_default()),
    }
}

fn base_url(root: &Table<'_>) -> (BaseUrl, bool) {
    let Some(text) = root.text("baseURL").filter(|text| !text.trim().is_empty()) else {
        return (BaseUrl::default(), false);
    };
    let (url, note) = BaseUrl::parse(&text);
    if let Some(note) = note {
        let span = root.value("baseURL").and_then(|value| root.span(value));
        root.report(Diagnostic::warning(Code::InvalidConfig, span, note));
    }
    (url, true)
}

/// The patterns of `ignoreFiles` that can be read.
fn ignore_files(root: &Table<'_>) -> Vec<String> {
    let mut patterns = root.texts("ignoreFiles").unwrap_or_default();
    patterns.retain(|pattern| {
        let error = regex::Regex::new(pattern).err();
        if error.is_some() {
            let span = root.value("ignoreFiles").and_then(|value| root.span(value));
            let message = format!("`{pattern}` in `ignoreFiles` is not a regular expression");
            root.report(
                Diagnostic::warning(Code::InvalidConfig, span, message)
                    .help("correct the pattern; until then it has no effect"),
            );
        }
        error.is_none()
    });
    patterns
}

/// `ignoreLogs`, and its old name.
fn ignore_logs(root: &Table<'_>) -> Vec<String> {
    let names = ["ignoreLogs", "ignoreErrors"];
    names
        .iter()
        .flat_map(|key| root.words(key).unwrap_or_default())
        .map(|id| id.to_lowercase())
        .collect()
}

fn summary_length(root: &Table<'_>) -> usize {
    root.int("summaryLength")
        .and_then(|words| usize::try_from(words).ok())
        .unwrap_or(70)
}
