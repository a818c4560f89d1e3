//! The facts as text.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use crate::search;

use super::{ContentFacts, Facts, FindingFacts, Setting, ShortcodeFact, ShortcodeOrigin};

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const WARNING: Style = AnsiColor::BrightYellow.on_default().bold();

/// Columns of the names at the left.
const NAMES: usize = 14;
/// Number of names in a list before the rest is only counted.
const MAX_SHOWN: usize = 12;

pub(super) fn write(facts: &Facts, width: usize) -> String {
    let mut page = Page {
        out: String::new(),
        width: width.clamp(50, 120),
    };
    page.site(facts);
    page.content(facts);
    page.shortcodes(&facts.shortcodes);
    page.settings(facts);
    page.templates(facts);
    page.findings(&facts.findings);
    page.out
}

/// An index in one line: its language, the scripts in it, and its size.
fn indexed(search: &search::Facts) -> String {
    let all: usize = search.scripts.iter().map(|script| script.letters).sum();
    let scripts = search.scripts.iter();
    let shares = scripts.map(|script| (script.name, script.letters * 100 / all.max(1)));
    let shares: Vec<String> = shares
        .filter(|(_, share)| *share > 0)
        .map(|(name, share)| format!("{name} {share} %"))
        .collect();
    format!(
        "{}: {}, {}{} ({} KiB)",
        search.language,
        counted(search.pages, "page"),
        shares
            .iter()
            .map(|share| format!("{share}, "))
            .collect::<String>(),
        counted(search.files, "file"),
        search.bytes.div_ceil(1024),
    )
}

struct Page {
    out: String,
    width: usize,
}

impl Page {
    fn site(&mut self, facts: &Facts) {
        let site = &facts.site;
        self.heading(if site.title.is_empty() {
            "A site without a title"
        } else {
            &site.title
        });
        let files = if site.config_files.is_empty() {
            "none; every setting has its default".to_owned()
        } else {
            site.config_files.join(", ")
        };
        self.row("settings", &format!("{files} (environment {})", site.environment));
        self.row("address", site.base_url.as_deref().unwrap_or("not set (baseURL)"));
        if !facts.themes.is_empty() {
            self.row(
                "theme",
                &format!("{}: not used; wsgen has its own", facts.themes.join(", ")),
            );
        }
        for language in &facts.languages {
            let default = if language.default && facts.languages.len() > 1 {
                ", default"
            } else {
                ""
            };
            let mut text = format!("{} ({}{default})", language.label, language.key);
            let _ = write!(
                text,
                ": {}, {} words",
                counted(language.pages, "page"),
                language.words
            );
            if language.untranslated > 0 && facts.languages.len() > 1 {
                let _ = write!(text, ", {} without all translations", language.untranslated);
            }
            self.row("language", &text);
        }
        for search in &facts.search {
            self.row("search", &indexed(search));
        }
    }

    fn content(&mut self, facts: &Facts) {
        self.heading("Content");
        let ContentFacts {
            page_files,
            left_out,
            hidden,
            pages,
            sections,
            sections_without_file,
            leaf_bundles,
            taxonomy_pages,
            redirects,
            files_beside_pages,
            static_files,
            data_files,
            translation_files,
        } = facts.content;
        let rows = [
            ("page files", page_files, note(left_out, "left out")),
            (
                "parts",
                sections,
                note(sections_without_file, "without an `_index.md`"),
            ),
            ("pages", pages, note(leaf_bundles, "with files of their own")),
            ("hidden", hidden, String::new()),
            ("tag pages", taxonomy_pages, String::new()),
            ("redirects", redirects, String::new()),
            (
                "other files",
                files_beside_pages + static_files,
                note(static_files, "in `static/`"),
            ),
            ("data files", data_files, String::new()),
            ("i18n files", translation_files, String::new()),
        ];
        for (name, count, note) in rows.into_iter().filter(|(_, count, _)| *count > 0) {
            let note = if note.is_empty() {
                note
            } else {
                format!("  {FAINT}{note}{FAINT:#}")
            };
            self.row(name, &format!("{count:>6}{note}"));
        }
        for fact in facts.left_out.iter().take(MAX_SHOWN) {
            self.row(fact.reason, &fact.file);
        }
        if let Some(more) = facts
            .left_out
            .len()
            .checked_sub(MAX_SHOWN)
            .filter(|more| *more > 0)
        {
            self.row("", &format!("and {more} more, which `wsgen list --all` names"));
        }
    }

    fn shortcodes(&mut self, shortcodes: &[ShortcodeFact]) {
        if shortcodes.is_empty() {
            return;
        }
        let calls: usize = shortcodes.iter().map(|fact| fact.calls).sum();
        self.heading(&format!("Shortcodes: {}", counted(calls, "call")));
        for group in shortcodes.chunk_by(|a, b| a.origin == b.origin) {
            let calls: usize = group.iter().map(|fact| fact.calls).sum();
            let (title, style) = origin(group[0].origin);
            let _ = writeln!(self.out, "  {style}{title}{style:#}: {}", counted(calls, "call"));
            self.calls(group);
        }
    }

    fn calls(&mut self, group: &[ShortcodeFact]) {
        let width = group.iter().map(|fact| fact.name.width()).max().unwrap_or(0);
        for fact in group {
            let gap = " ".repeat(width - fact.name.width());
            let first = fact.first.as_ref().map(ToString::to_string).unwrap_or_default();
            let file = fact
                .file
                .as_ref()
                .map(|file| format!(" {FAINT}{file}{FAINT:#}"))
                .unwrap_or_default();
            let (name, calls, pages) = (&fact.name, fact.calls, fact.pages);
            let pages = counted(pages, "page");
            let _ = writeln!(
                self.out,
                "    {name}{gap} {calls:>5} on {pages:<9} first {first}{file}"
            );
        }
    }

    fn settings(&mut self, facts: &Facts) {
        if facts.settings_honoured.is_empty() && facts.settings_ignored.is_empty() {
            return;
        }
        self.heading("Settings");
        self.keys("have an effect", &facts.settings_honoured);
        self.keys("have none", &facts.settings_ignored);
    }

    fn keys(&mut self, title: &str, settings: &[Setting]) {
        if settings.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "  {STRONG}{title}{STRONG:#}: {}", settings.len());
        let keys: Vec<&str> = settings.iter().map(|setting| setting.key.as_str()).collect();
        self.wrapped(&keys);
    }

    fn templates(&mut self, facts: &Facts) {
        if facts.theme_files.is_empty() && facts.unused_templates.is_empty() {
            return;
        }
        self.heading("Templates");
        for (title, files) in [
            ("take part", &facts.theme_files),
            (
                "in layouts/ and not used (templates of pages, hooks for what wsgen draws)",
                &facts.unused_templates,
            ),
        ] {
            if !files.is_empty() {
                let _ = writeln!(self.out, "  {STRONG}{title}{STRONG:#}: {}", files.len());
                let mut shown: Vec<&str> = files.iter().take(MAX_SHOWN).map(String::as_str).collect();
                let more = format!("and {} more", files.len().saturating_sub(MAX_SHOWN));
                shown.extend((files.len() > MAX_SHOWN).then_some(more.as_str()));
                self.wrapped(&shown);
            }
        }
    }

    fn findings(&mut self, findings: &[FindingFacts]) {
        self.heading("Findings");
        if findings.is_empty() {
            self.out.push_str("  none\n");
        }
        let width = findings.iter().map(|fact| fact.code.len()).max().unwrap_or(0);
        for fact in findings {
            let style = if fact.severity == "error" { ERROR } else { WARNING };
            let first = fact
                .first
                .as_ref()
                .map(|place| format!("  first {place}"))
                .unwrap_or_default();
            let (code, count, summary) = (fact.code, fact.count, fact.summary);
            let _ = writeln!(
                self.out,
                "  {count:>5}  {style}{code}{style:#}{}  {summary}",
                " ".repeat(width - code.len())
            );
            if !first.is_empty() {
                let _ = writeln!(self.out, "  {:>5}  {:width$}{FAINT}{first}{FAINT:#}", "", "");
            }
        }
        if !findings.is_empty() {
            self.out
                .push_str("\n  `wsgen check` shows each of them, `wsgen explain CODE` tells what to do.\n");
        }
    }

    fn heading(&mut self, text: &str) {
        let gap = if self.out.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.out, "{gap}{STRONG}{text}{STRONG:#}");
    }

    fn row(&mut self, name: &str, text: &str) {
        let _ = writeln!(self.out, "  {name:NAMES$}{text}");
    }

    /// Writes words with commas between them, on as many lines as needed.
    fn wrapped(&mut self, words: &[&str]) {
        let mut line = String::new();
        for (nth, word) in words.iter().enumerate() {
            let comma = if nth + 1 < words.len() { "," } else { "" };
            if !line.is_empty() && 4 + line.width() + 1 + word.width() + comma.len() > self.width {
                let _ = writeln!(self.out, "    {line}");
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            line.push_str(comma);
        }
        let _ = writeln!(self.out, "    {line}");
    }
}

fn origin(origin: ShortcodeOrigin) -> (&'static str, Style) {
    match origin {
        ShortcodeOrigin::Unknown => ("unknown; the text inside stays on the page", WARNING),
        ShortcodeOrigin::PartlyRun => (
            "the site's own Go templates that cannot be run completely",
            WARNING,
        ),
        ShortcodeOrigin::GoTemplate => ("the site's own Go templates", STRONG),
        ShortcodeOrigin::Template => ("the site's own Tera templates", STRONG),
        ShortcodeOrigin::BuiltIn => ("part of wsgen", STRONG),
    }
}

fn note(count: usize, what: &str) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("({count} {what})")
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
