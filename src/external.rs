//! Links that lead out of a site, for `wsgen check --external`.
//!
//! [`links`] takes them from the bodies of [`Results`]; [`check`] asks each address once, many hosts at a time but each
//! host slowly, and keeps the answers. No build ever comes here: only this option uses the network.

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

pub use client::{Answer, Client, Failure, Http, Method, Proxies};

/// A link that leads out of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Span of the link.
    pub span: Span,
    /// The address as written.
    pub url: String,
}

/// Options of a check.
#[derive(Debug, Clone)]
pub struct Options {
    /// Globs; addresses that match one are not asked.
    pub ignore: Vec<String>,
    /// File that answers are kept in between runs.
    pub cache: Option<PathBuf>,
    /// Time for which a good answer is believed.
    pub keep: SignedDuration,
    /// The current time.
    pub now: Timestamp,
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// Hosts that are asked at the same time.
    pub hosts: usize,
    /// True if addresses of this machine and of private networks are asked, too.
    pub local: bool,
}

impl Options {
    /// The default options at that moment, without a cache.
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

/// The result for an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The page is there.
    Fine,
    /// It answers at another address.
    Moved {
        /// The final address.
        to: String,
        /// True if every step is permanent.
        permanent: bool,
    },
    /// A server that does not let programs in: it cannot be told if the page is there.
    Refused(u16),
    /// No answer, or the answer that there is no such page.
    Broken(String),
}

/// The result of a check.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// A finding for each link that is broken.
    pub findings: Diagnostics,
    /// Addresses that lead elsewhere, with the first link to each.
    pub moved: Vec<Moved>,
    /// Addresses of servers that do not let programs in, with the status.
    pub refused: Vec<(String, u16)>,
    /// Addresses that were asked.
    pub asked: usize,
    /// Addresses with a recent answer, which were not asked again.
    pub remembered: usize,
    /// Addresses that are not asked.
    pub ignored: usize,
    /// Patterns that are no globs.
    pub wrong_patterns: Vec<String>,
}

/// An address that has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The first link to it.
    pub link: Link,
    /// The new address.
    pub to: String,
    /// True if that is permanent.
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

/// Asks every address once. `told` is called with the number of addresses done, and the number of all.
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
        .help("open it in a browser; if it works there, add it to `external_ignore` in `[wsgen]`")
}

#[cfg(test)]
mod tests;
