//! Takes a Hugo repository over, for `wsgen adopt`: tells what of it is used and what is lost, and writes the one file that
//! has its host build the site with wsgen. Nothing else is changed, and git is not asked.
//!
//! [`adopt()`] takes the options of a build and a host; gives an [`Adoption`], whose text is one page.

mod lost;
mod repository;
mod text;

use std::io;
use std::path::PathBuf;

use crate::hosting::{Host, HostFile};
use crate::inspect::Facts;
use crate::pipeline::{self, BuildError, BuildOptions};

pub use lost::{Kind, Lost};
use repository::Repository;

/// Report of an adoption.
#[derive(Debug)]
pub struct Adoption {
    /// Facts about the site, as `wsgen inspect` tells them.
    pub facts: Facts,
    /// Files whose effect is lost.
    pub lost: Vec<Lost>,
    /// Files and folders that only Hugo needs, from the root of the repository.
    pub idle: Vec<String>,
    /// The host that builds the site.
    pub host: Host,
    /// The file that shows that this is the host in use.
    pub seen: Option<String>,
    /// The fate of the host's file.
    pub file: Outcome,
    /// Workflows that build the site with Hugo.
    pub rivals: Vec<String>,
    /// `.gitignore` names the folders that wsgen writes.
    pub ignored: bool,
}

/// The fate of the host's file.
#[derive(Debug)]
pub enum Outcome {
    /// It was written.
    Written(HostFile),
    /// There was one, which is left as it is.
    Kept(HostFile),
    /// There was one with the same text.
    Same(HostFile),
}

/// Reasons for which nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AdoptError {
    /// The site cannot be read.
    #[error(transparent)]
    Site(#[from] BuildError),
    /// There is nothing to publish.
    #[error("there is no page in {0}: name the folder of the site with `--source`")]
    NoPages(PathBuf),
    /// The system does not let the file be written.
    #[error("cannot write {path}: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's message.
        error: io::Error,
    },
}

/// Looks at the site, and writes the file of `host`, or of the host in use where none is given.
pub fn adopt(options: &BuildOptions<'_>, host: Option<Host>) -> Result<Adoption, AdoptError> {
    let site = pipeline::make(options)?;
    let (facts, lost) = (Facts::of(&site), lost::files(&site.tree));
    if facts.content.page_files == 0 {
        return Err(AdoptError::NoPages(options.source.clone()));
    }
    let report = site.report();
    let repository = Repository::around(&options.source);
    let seen = repository.host();
    let seen = seen.filter(|(found, _)| host.is_none_or(|host| host == *found));
    let host = host.or(seen.as_ref().map(|seen| seen.0)).unwrap_or_default();
    let file = put(&repository, host.file(&repository.place()))?;
    Ok(Adoption {
        facts: facts.found(&report.diagnostics, &report.tree),
        lost,
        idle: repository.idle(),
        host,
        seen: seen.map(|seen| seen.1),
        file,
        rivals: repository.rivals(),
        ignored: repository.ignores_what_wsgen_writes(),
    })
}

fn put(repository: &Repository, file: HostFile) -> Result<Outcome, AdoptError> {
    if let Some(text) = repository.read(file.path) {
        return Ok(if text == file.text {
            Outcome::Same(file)
        } else {
            Outcome::Kept(file)
        });
    }
    match repository.write(file.path, &file.text) {
        Ok(()) => Ok(Outcome::Written(file)),
        Err(error) => Err(AdoptError::Write {
            path: repository.path(file.path),
            error,
        }),
    }
}

impl Adoption {
    /// One page for people, with ANSI styles.
    pub fn text(&self) -> String {
        text::write(self)
    }
}
