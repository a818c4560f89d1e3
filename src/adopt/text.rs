//! An adoption as a page of text.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Adoption, Lost, Outcome};
use crate::hosting::HostFile;
use crate::inspect::{Facts, ShortcodeFact, ShortcodeOrigin};

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const DONE: Style = AnsiColor::BrightGreen.on_default().bold();

/// Files of one purpose before the rest is only counted.
const FEW: usize = 5;

pub(super) fn write(adoption: &Adoption) -> String {
    let mut out = String::new();
    taken(&mut out, &adoption.facts);
    lost(&mut out, adoption);
    idle(&mut out, &adoption.idle);
    published(&mut out, adoption);
    next(&mut out, adoption);
    out
}

// Writing to a string cannot fail.

fn heading(out: &mut String, text: &str) {
    let gap = if out.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{gap}{STRONG}{text}{STRONG:#}");
}

fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "  {text}");
}

fn taken(out: &mut String, facts: &Facts) {
    let content = &facts.content;
    heading(out, "Taken");
    let files = content.files_beside_pages + content.static_files;
    line(
        out,
        &format!(
            "{} in {}, {}",
            counted(content.page_files, "page file"),
            counted(content.sections, "part"),
            counted(files, "other file")
        ),
    );
    let known = facts.shortcodes.iter().filter(|fact| !is_unknown(fact)).count();
    if known > 0 {
        line(out, &format!("{} that pages call", counted(known, "shortcode")));
    }
    if !facts.settings_honoured.is_empty() {
        line(
            out,
            &format!(
                "{} of {}",
                counted(facts.settings_honoured.len(), "setting"),
                facts.site.config_files.join(", ")
            ),
        );
    }
}

fn is_unknown(fact: &ShortcodeFact) -> bool {
    fact.origin == ShortcodeOrigin::Unknown
}

fn lost(out: &mut String, adoption: &Adoption) {
    let facts = &adoption.facts;
    heading(out, "Lost");
    let before = out.len();
    for group in adoption.lost.chunk_by(|a, b| a.kind == b.kind) {
        files(out, group);
    }
    for fact in facts.shortcodes.iter().filter(|fact| is_unknown(fact)) {
        let first = fact
            .first
            .as_ref()
            .map(|place| format!(", first at {place}"))
            .unwrap_or_default();
        let (name, calls) = (&fact.name, counted(fact.calls, "call"));
        line(
            out,
            &format!("the shortcode `{name}`: {calls}{first}; the text inside stays"),
        );
    }
    if !facts.settings_ignored.is_empty() {
        let count = counted(facts.settings_ignored.len(), "setting");
        line(
            out,
            &format!("{count} without effect; `wsgen inspect` names them"),
        );
    }
    if out.len() == before {
        line(out, "nothing");
    }
}

fn files(out: &mut String, group: &[Lost]) {
    let (what, cure) = group[0].kind.words();
    let _ = writeln!(out, "  {STRONG}{what}{STRONG:#}: {cure}");
    for file in group.iter().take(FEW) {
        let _ = writeln!(out, "    {}", file.path);
    }
    if group.len() > FEW {
        let _ = writeln!(out, "    and {} more", group.len() - FEW);
    }
}

fn idle(out: &mut String, idle: &[String]) {
    if !idle.is_empty() {
        heading(out, "Needed by Hugo only");
        line(out, &idle.join(", "));
    }
}

fn published(out: &mut String, adoption: &Adoption) {
    let seen = match &adoption.seen {
        Some(file) => format!("seen from {file}"),
        None => "choose another one with --host".to_owned(),
    };
    heading(out, "Published by");
    line(out, &format!("{} {FAINT}({seen}){FAINT:#}", adoption.host.name()));
    match &adoption.file {
        Outcome::Written(file) => {
            let _ = writeln!(out, "  {DONE}written{DONE:#} {}", file.path);
        }
        Outcome::Same(file) => line(out, &format!("{} says so already", file.path)),
        Outcome::Kept(file) => kept(out, file),
    }
    for rival in &adoption.rivals {
        line(out, &format!("remove {rival}, which publishes what Hugo builds"));
    }
    if adoption.facts.site.base_url.is_none() {
        line(
            out,
            "without `baseURL` in the settings, the sitemap names a host only where the build is told the address",
        );
    }
}

/// Shows what a file of the author would have to say.
fn kept(out: &mut String, file: &HostFile) {
    line(
        out,
        &format!("{} is left as it is. For wsgen it says:", file.path),
    );
    out.push('\n');
    for text in file.text.lines() {
        let _ = writeln!(out, "{}", format!("    {text}").trim_end());
    }
    out.push('\n');
}

fn next(out: &mut String, adoption: &Adoption) {
    heading(out, "Next");
    line(out, "wsgen serve --open   shows the site while you write");
    let found: usize = adoption.facts.findings.iter().map(|kind| kind.count).sum();
    if found > 0 {
        line(
            out,
            &format!("wsgen check          shows {}", counted(found, "finding")),
        );
    }
    if !adoption.ignored {
        line(out, ".gitignore           add /.wsgen/ and /public/");
    }
    line(
        out,
        &format!("{}: {}", adoption.host.name(), adoption.host.once()),
    );
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
