//! The shortcodes that pages call, and the origin of each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Place, is_own};
use crate::diag::{Code, FileId, Span};
use crate::parse::{Call, Segment};
use crate::pipeline::Results;
use crate::source::{Component, OTHER_THEME_LAYOUTS, SourceTree};

/// The origin of a shortcode, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShortcodeOrigin {
    /// Unknown: its inner text stays on the page.
    Unknown,
    /// A Go template of the site or its theme, of which some cannot be run.
    PartlyRun,
    /// A Go template of the site or its theme that runs.
    GoTemplate,
    /// A Tera template of the site.
    Template,
    /// A shortcode of wsgen.
    BuiltIn,
}

/// A shortcode and its calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShortcodeFact {
    /// Its name as first written.
    pub name: String,
    /// Its origin.
    pub origin: ShortcodeOrigin,
    /// The file of the site that defines it.
    pub file: Option<String>,
    /// Number of calls.
    pub calls: usize,
    /// Number of pages with calls.
    pub pages: usize,
    /// The first call.
    pub first: Option<Place>,
}

/// Calls of one name.
struct Tally<'a> {
    name: &'a str,
    first: Span,
    calls: usize,
    pages: BTreeSet<FileId>,
    unknown: bool,
}

/// The shortcodes that the pages of a site call.
pub(super) fn facts(site: &Results) -> Vec<ShortcodeFact> {
    let templates = own_templates(&site.tree);
    let faulty: BTreeSet<FileId> = spans(site, Code::UnsupportedTemplate)
        .map(|span| span.file)
        .collect();
    let mut facts: Vec<ShortcodeFact> = tally(site)
        .into_iter()
        .map(|(name, tally)| {
            let (origin, file) = match templates.get(&name) {
                _ if tally.unknown => (ShortcodeOrigin::Unknown, None),
                Some((_, file)) if faulty.contains(file) => (ShortcodeOrigin::PartlyRun, Some(*file)),
                Some((origin, file)) => (*origin, Some(*file)),
                None => (ShortcodeOrigin::BuiltIn, None),
            };
            ShortcodeFact {
                name: tally.name.to_owned(),
                origin,
                file: file.and_then(|file| site.tree.path(file)).map(str::to_owned),
                calls: tally.calls,
                pages: tally.pages.len(),
                first: Place::of(tally.first, &site.tree),
            }
        })
        .collect();
    facts.sort_by(|a, b| (a.origin, b.calls, &a.name).cmp(&(b.origin, a.calls, &b.name)));
    facts
}

/// Calls by name in lower case.
fn tally(site: &Results) -> BTreeMap<String, Tally<'_>> {
    let unknown: BTreeSet<Span> = spans(site, Code::UnknownShortcode).collect();
    let mut all: BTreeMap<String, Tally<'_>> = BTreeMap::new();
    let sources = site.graph.pages.iter().filter_map(|page| page.source);
    for parsed in sources.map(|source| &site.parsed[source]) {
        for_each_call(&parsed.body, &mut |call| {
            let tally = all.entry(call.name.to_lowercase()).or_insert_with(|| Tally {
                name: &call.name,
                first: call.name_span,
                calls: 0,
                pages: BTreeSet::new(),
                unknown: false,
            });
            tally.calls += 1;
            tally.pages.insert(parsed.file);
            tally.unknown |= unknown.contains(&call.name_span);
        });
    }
    all
}

fn for_each_call<'a>(segments: &'a [Segment], see: &mut impl FnMut(&'a Call)) {
    for segment in segments {
        if let Segment::Call(call) = segment {
            see(call);
            if let Some(inner) = &call.inner {
                for_each_call(&inner.segments, see);
            }
        }
    }
}

fn spans(site: &Results, code: Code) -> impl Iterator<Item = Span> {
    let wanted = site
        .diagnostics
        .iter()
        .filter(move |finding| finding.code == code);
    wanted.filter_map(|finding| finding.span)
}

/// The templates of the site, and of themes that wsgen does not know, by the name of their shortcode in lower case. Tera templates come before Go templates.
fn own_templates(tree: &SourceTree) -> BTreeMap<String, (ShortcodeOrigin, FileId)> {
    let mut found = BTreeMap::new();
    for (id, file) in tree.iter(Component::Templates).filter(|(_, file)| is_own(file)) {
        let name = file
            .target
            .strip_prefix("shortcodes/")
            .and_then(|name| name.strip_suffix(".html"));
        if let Some(name) = name {
            found.insert(name.to_lowercase(), (ShortcodeOrigin::Template, id));
        }
    }
    let layouts = || tree.iter(Component::Layouts);
    let of_theme = |target: &str| {
        target
            .strip_prefix(OTHER_THEME_LAYOUTS)
            .map(|rest| rest[1..].to_owned())
    };
    let own = layouts().filter_map(|(id, file)| Some((go_shortcode(&file.target)?, id)));
    let others = layouts().filter_map(|(id, file)| Some((go_shortcode(&of_theme(&file.target)?)?, id)));
    for (name, id) in own.chain(others) {
        found.entry(name).or_insert((ShortcodeOrigin::GoTemplate, id));
    }
    found
}

/// The name of the shortcode that a file in `layouts/` defines, in lower case, without language and format.
pub(super) fn go_shortcode(target: &str) -> Option<String> {
    let below = ["shortcodes/", "_shortcodes/"]
        .iter()
        .find_map(|folder| target.strip_prefix(folder))?;
    let folder = below.rfind('/').map_or(0, |slash| slash + 1);
    let (stem, _) = below[folder..].split_once('.')?;
    Some(below[..folder + stem.len()].to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::go_shortcode;

    #[test]
    fn the_name_of_a_go_shortcode_is_its_path() {
        assert_eq!(go_shortcode("shortcodes/Lab.html").as_deref(), Some("lab"));
        assert_eq!(
            go_shortcode("shortcodes/a.b/lab.de.html").as_deref(),
            Some("a.b/lab")
        );
        assert_eq!(go_shortcode("_shortcodes/a/b.html").as_deref(), Some("a/b"));
        assert_eq!(go_shortcode("partials/b.html"), None);
        assert_eq!(go_shortcode("_default/single.html"), None);
    }
}
