//! Links that lead out of a site, for `wsgen check --external`.
//!
//! [`links`] takes them from the bodies of [`Results`]; [`check`] asks each address once, many hosts at a time but each
//! host slowly, and remembers what answered. No build ever comes here: only somebody who asks for it uses the network.

mod address;
mod cache;
mod client;
mod follow;
mod hosts;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::body::LinkTarget;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::pipeline::Results;

pub use client::{Answer, Client, Failure, Http, Method};

/// A link that leads out of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Where it is written.
    pub span: Span,
    /// As written.
    pub url: String,
}

/// How links are checked.
#[derive(Debug, Clone)]
pub struct Options {
    /// Globs; addresses that match one are not asked.
    pub ignore: Vec<String>,
    /// File that answers are kept in between runs.
    pub cache: Option<PathBuf>,
    /// How long a good answer is believed.
    pub keep: SignedDuration,
    /// Now.
    pub now: Timestamp,
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// Hosts that are asked at the same time.
    pub hosts: usize,
    /// Whether addresses of the own machine and of private networks are asked, too.
    pub local: bool,
}

impl Options {
    /// The usual ways at that moment, without a cache.
    pub fn new(now: Timestamp) -> Self {
        Self {
            ignore: Vec::new(),
            cache: None,
            keep: SignedDuration::from_hours(7 * 24),
            now,
            pause: Duration::from_millis(300),
            hosts: 16,
            local: false,
        }
    }
}

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It answers.
    Fine,
    /// It answers at another address.
    Moved {
        /// The last address.
        to: String,
        /// Whether every step said that it is for good.
        permanent: bool,
    },
    /// There is a server, and it does not let programs in: whether the page is there cannot be told.
    Refused(u16),
    /// It does not answer, or says that there is nothing.
    Broken(String),
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// A finding for each link that is broken.
    pub findings: Diagnostics,
    /// Addresses that lead elsewhere, with the first link to each.
    pub moved: Vec<Moved>,
    /// Addresses that do not let programs in, with the status.
    pub refused: Vec<(String, u16)>,
    /// Addresses that were asked.
    pub asked: usize,
    /// Addresses that answered lately and were believed.
    pub remembered: usize,
    /// Addresses that were left alone.
    pub ignored: usize,
    /// Patterns that are no globs.
    pub wrong_patterns: Vec<String>,
}

/// An address that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The first link to it.
    pub link: Link,
    /// Where it leads.
    pub to: String,
    /// Whether that is for good.
    pub permanent: bool,
}

/// The links of all pages that lead out of the site, in the order of the files.
pub fn links(site: &Results) -> Vec<Link> {
    let facts = site.facts.iter().flatten();
    let mut links: Vec<Link> = facts
        .flat_map(|page| &page.links)
        .filter_map(|link| match &link.to {
            LinkTarget::External(url) => Some(Link {
                span: link.span,
                url: url.clone(),
            }),
            LinkTarget::Page(_) | LinkTarget::Asset(_) => None,
        })
        .collect();
    links.sort();
    links.dedup();
    links
}

/// Asks every address once. `told` hears of each address that is done, of how many.
pub fn check(
    links: &[Link],
    options: &Options,
    client: &dyn Client,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Outcome {
    let (ignore, wrong_patterns) = patterns(&options.ignore);
    let mut outcome = Outcome {
        wrong_patterns,
        ..Outcome::default()
    };
    let mut cache = options.cache.as_deref().map(cache::load).unwrap_or_default();
    let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    for address in addresses(links) {
        if ignore.is_match(&address) || (!options.local && address::is_local(&address)) {
            outcome.ignored += 1;
        } else if let Some(verdict) = cache.fresh(&address, options) {
            outcome.remembered += 1;
            verdicts.insert(address, verdict);
        } else {
            open.push(address);
        }
    }
    outcome.asked = open.len();
    for (address, verdict) in hosts::ask(&open, options, client, told) {
        cache.note(&address, &verdict, options.now);
        verdicts.insert(address, verdict);
    }
    if let Some(file) = &options.cache {
        cache.save(file, options);
    }
    outcome.tell(links, &verdicts);
    outcome
}

/// The addresses of the links, each once, in the order of the links.
fn addresses(links: &[Link]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let addresses = links.iter().filter_map(|link| address::of(&link.url));
    addresses.filter(|address| seen.insert(address.clone())).collect()
}

/// Globs in which `*` stands for any text, and those that cannot be read.
fn patterns(patterns: &[String]) -> (GlobSet, Vec<String>) {
    let mut set = GlobSetBuilder::new();
    let mut wrong = Vec::new();
    for pattern in patterns {
        match Glob::new(pattern) {
            Ok(glob) => {
                set.add(glob);
            }
            Err(_) => wrong.push(pattern.clone()),
        }
    }
    (set.build().unwrap_or_default(), wrong)
}

impl Outcome {
    fn tell(&mut self, links: &[Link], verdicts: &BTreeMap<String, Verdict>) {
        let mut seen = std::collections::HashSet::new();
        for link in links {
            let Some(address) = address::of(&link.url) else {
                continue;
            };
            let first = seen.insert(address.clone());
            match verdicts.get(&address) {
                Some(Verdict::Broken(why)) => self.findings.push(finding(link, why)),
                Some(Verdict::Moved { to, permanent }) if first => {
                    self.moved.push(Moved {
                        link: link.clone(),
                        to: to.clone(),
                        permanent: *permanent,
                    });
                }
                Some(Verdict::Refused(status)) if first => self.refused.push((link.url.clone(), *status)),
                Some(Verdict::Fine | Verdict::Moved { .. } | Verdict::Refused(_)) | None => {}
            }
        }
    }
}

fn finding(link: &Link, why: &str) -> Diagnostic {
    let message = format!("`{}` {why}", link.url);
    Diagnostic::warning(Code::UnreachableLink, link.span, message)
        .help("open it in a browser; addresses that are right and cannot be asked go into `external_ignore` of `[wsgen]`")
}

#[cfg(test)]
mod tests;
