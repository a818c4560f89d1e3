//! The `[wsgen]` table: settings without an equivalent in Hugo.

use super::Table;
use super::findings::{FindingRule, finding_rules};
use super::limits::limits;
use super::purpose::Purpose;
use super::testing::{Testing, testing};
use crate::budget::Limits;

/// The `[wsgen]` table: settings without an equivalent in Hugo.
#[derive(Debug, Clone, PartialEq)]
pub struct Wsgen {
    /// Accent hue of the theme in degrees of OKLCH, 0 to 360.
    pub accent: f64,
    /// True if diagrams are checked while building.
    pub check_diagrams: bool,
    /// The way in which diagrams reach readers.
    pub diagrams: Diagrams,
    /// True if the cache in `.wsgen/` is used.
    pub cache: bool,
    /// True if the site has a search.
    pub search: bool,
    /// True if every language has a page with the whole workshop.
    pub print: bool,
    /// True if the site has its texts as Markdown, and lists of them.
    pub llms: bool,
    /// True if solutions are part of the site.
    pub solutions: bool,
    /// True if readers can keep the site for reading offline.
    pub offline: bool,
    /// True if pages have a Content-Security-Policy.
    pub csp: bool,
    /// Hosts that pages may ask for anything, besides those that authors write: `https://stats.example.org`.
    pub csp_allow: Vec<String>,
    /// URL pattern of the editor for links to sources, while serving.
    pub editor: Option<String>,
    /// Limits of what a page takes from other files and of templates.
    pub limits: Limits,
    /// Globs of addresses that `check --external` does not ask.
    pub external_ignore: Vec<String>,
    /// Severities of findings, the first rule that fits counts: see [`FindingRule`].
    pub findings: Vec<FindingRule>,
    /// The `[wsgen.test]` table.
    pub test: Testing,
}

impl Default for Wsgen {
    fn default() -> Self {
        Self {
            accent: 255.0,
            check_diagrams: true,
            diagrams: Diagrams::default(),
            cache: true,
            search: true,
            print: true,
            llms: false,
            solutions: true,
            offline: false,
            csp: true,
            csp_allow: Vec::new(),
            editor: None,
            limits: Limits::default(),
            external_ignore: Vec::new(),
            findings: Vec::new(),
            test: Testing::default(),
        }
    }
}

/// The way in which diagrams reach readers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Diagrams {
    /// A drawing is part of the page, and the library draws the diagram again where there are scripts and a fast line.
    #[default]
    Client,
    /// A drawing is part of the page.
    Static,
    /// The library draws the diagram, and its source is shown until then.
    Source,
}

impl Wsgen {
    /// The settings for a purpose. A preview is never kept offline: readers would see an old state. In a folder no worker
    /// can keep a page, and browsers differ in which files of it are the page's own (`'self'` of a policy).
    pub(super) fn of(self, purpose: Purpose) -> Self {
        Self {
            offline: self.offline && purpose == Purpose::Publish,
            csp: self.csp && purpose != Purpose::Bundle,
            ..self
        }
    }
}

/// Every key of the table.
const KEYS: &[&str] = &[
    "accent",
    "check_diagrams",
    "diagrams",
    "cache",
    "search",
    "print",
    "llms",
    "solutions",
    "offline",
    "csp",
    "csp_allow",
    "editor",
    "external_ignore",
    "limits",
    "findings",
    "test",
];

pub(super) fn wsgen(root: &Table<'_>) -> Wsgen {
    let table = root.table("wsgen");
    table.report_others(KEYS);
    let usual = Wsgen::default();
    Wsgen {
        accent: accent(&table).unwrap_or(usual.accent),
        check_diagrams: table.bool("check_diagrams").unwrap_or(usual.check_diagrams),
        diagrams: diagrams(&table).unwrap_or_default(),
        cache: table.bool("cache").unwrap_or(usual.cache),
        search: table.bool("search").unwrap_or(usual.search),
        print: table.bool("print").unwrap_or(usual.print),
        llms: table.bool("llms").unwrap_or(usual.llms),
        solutions: table.bool("solutions").unwrap_or(usual.solutions),
        offline: table.bool("offline").unwrap_or(usual.offline),
        csp: table.bool("csp").unwrap_or(usual.csp),
        csp_allow: csp_allow(&table),
        editor: table.text("editor").filter(|editor| !editor.is_empty()),
        limits: limits(&table),
        external_ignore: table.texts("external_ignore").unwrap_or_default(),
        findings: finding_rules(&table),
        test: testing(&table),
    }
}

fn diagrams(table: &Table<'_>) -> Option<Diagrams> {
    match table.text("diagrams")?.as_str() {
        "client" => return Some(Diagrams::Client),
        "static" => return Some(Diagrams::Static),
        "source" => return Some(Diagrams::Source),
        _ => {}
    }
    if let Some(value) = table.value("diagrams") {
        table.wrong(value, "diagrams", "`client`, `static` or `source`");
    }
    None
}

/// The hosts of the setting, without those that would say something else in a policy.
fn csp_allow(table: &Table<'_>) -> Vec<String> {
    let is_host = |source: &String| {
        let rest = ["https://", "http://", "wss://"]
            .iter()
            .find_map(|scheme| source.strip_prefix(scheme));
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~/%:*".contains(c);
        rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_part))
    };
    let written = table.texts("csp_allow").unwrap_or_default();
    let (hosts, wrong): (Vec<String>, Vec<String>) = written.into_iter().partition(is_host);
    if let (Some(value), false) = (table.value("csp_allow"), wrong.is_empty()) {
        table.wrong(
            value,
            "csp_allow",
            "a list of hosts such as `https://stats.example.org`",
        );
    }
    hosts
}

fn accent(table: &Table<'_>) -> Option<f64> {
    let accent = table.float("accent")?;
    if (0.0..=360.0).contains(&accent) {
        return Some(accent);
    }
    if let Some(value) = table.value("accent") {
        table.wrong(value, "accent", "a hue between 0 and 360");
    }
    None
}
