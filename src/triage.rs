//! The author's decisions about findings: severities by kind and place, and findings that a comment ignores.
//!
//! Stages report what they see, with the usual severity. At the end [`triage`] takes the list of a whole site and gives the
//! one that is told: `[wsgen.findings]` of the settings first, then the comments in the texts.

mod ignore;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::config::{Config, FindingRule};
use crate::diag::{Diagnostic, Diagnostics, FindingName};
use crate::parse::ParsedPage;
use crate::source::SourceTree;

/// The parts of a site that decide on its findings.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The settings, which hold severities.
    pub config: &'a Config,
    /// The texts, which hold comments.
    pub tree: &'a SourceTree,
    /// The pages, whose texts are looked at.
    pub parsed: &'a [ParsedPage],
}

/// The findings to tell, sorted, each once. `complete` says that nothing else will be found, so that an ignore that ignores
/// nothing is a finding itself.
pub fn triage(found: Diagnostics, site: Site<'_>, complete: bool) -> Diagnostics {
    let mut ignores = ignore::ignores(site);
    let mut told: Diagnostics = found
        .into_iter()
        .filter(|finding| !ignores.takes(finding))
        .collect();
    told.extend(ignores.findings(complete));
    let rules = Rules::new(&site.config.wsgen.findings);
    let mut told: Diagnostics = if rules.0.is_empty() {
        told
    } else {
        let decided = told.into_iter().map(|finding| rules.decide(finding, site.tree));
        decided.flatten().collect()
    };
    told.sort();
    told.dedup();
    told
}

/// Rules with their globs compiled.
struct Rules<'a>(Vec<(&'a FindingRule, GlobSet)>);

impl<'a> Rules<'a> {
    fn new(rules: &'a [FindingRule]) -> Self {
        let compile = |rule: &FindingRule| {
            let mut set = GlobSetBuilder::new();
            for glob in &rule.files {
                if let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() {
                    set.add(glob);
                }
            }
            set.build().unwrap_or_default()
        };
        Self(rules.iter().map(|rule| (rule, compile(rule))).collect())
    }

    /// The finding with the author's severity; `None` if it is turned off. Of several rules one for some files comes before
    /// one for all, and a kind before its code.
    fn decide(&self, mut finding: Diagnostic, tree: &SourceTree) -> Option<Diagnostic> {
        let path = finding.span.and_then(|span| tree.path(span.file));
        let fits = |(rule, files): &&(&FindingRule, GlobSet)| {
            rule.name.means(finding.code, finding.kind)
                && (rule.files.is_empty() || path.is_some_and(|path| files.is_match(path)))
        };
        let rule = self
            .0
            .iter()
            .filter(fits)
            .max_by_key(|(rule, _)| (!rule.files.is_empty(), matches!(rule.name, FindingName::Kind(_))));
        if let Some((rule, _)) = rule {
            finding.severity = rule.severity?;
        }
        Some(finding)
    }
}
