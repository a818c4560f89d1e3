//! Findings about a site that was written.

use std::collections::BTreeMap;

use super::{Failure, FileError, Names, Obstacle, Report};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Paths that are named one by one.
const NAMED: usize = 5;

impl Report {
    /// The findings, with the places of the sources where there are some. `destination` is its name.
    pub fn findings(&self, names: &Names, destination: &str) -> Diagnostics {
        let mut found = failures(&self.failures, names);
        found.extend(
            self.obstacle
                .as_ref()
                .map(|obstacle| blocked(obstacle, destination)),
        );
        if self.is_informed {
            let foreign = self.foreign.iter();
            found.extend(foreign.map(|path| not_published(path, names, destination)));
        }
        found.extend(self.edited.iter().map(|path| edited(path, destination)));
        found.extend(self.forgotten(destination));
        found
    }

    /// One finding for all that follows from nothing being known of earlier builds, or of this one by the next.
    fn forgotten(&self, destination: &str) -> Option<Diagnostic> {
        let mut parts = Vec::new();
        if let Some(failure) = &self.unremembered {
            parts.push(format!("what was written cannot be remembered ({failure})"));
        }
        if !self.is_informed && !self.foreign.is_empty() {
            parts.push(format!(
                "{} from the site's: {}",
                counted(&self.foreign, "file differs", "files differ"),
                listed(&self.foreign)
            ));
        }
        if !self.forgotten.is_empty() {
            parts.push(format!(
                "{} no part of the site: {}",
                counted(&self.forgotten, "page is", "pages are"),
                listed(&self.forgotten)
            ));
        }
        if parts.is_empty() {
            return None;
        }
        let known = if self.is_informed {
            ""
        } else {
            "nothing tells which files are of earlier builds, and they stay; "
        };
        let message = format!("in `{destination}`, {known}{}", parts.join("; "));
        let help = if self.unremembered.is_some() {
            "the next build cannot remove what this one has written; make the site's folder writable, or empty the destination before each build"
        } else {
            "remove what should not be there, or the whole folder, and build again; `.wsgen/` tells it if it is kept beside the destination"
        };
        Some(Diagnostic::warning(Code::ForgottenBuild, None, message).help(help))
    }
}

/// `1 file differs`, `3 files differ`.
fn counted(paths: &[String], one: &str, many: &str) -> String {
    format!("{} {}", paths.len(), if paths.len() == 1 { one } else { many })
}

/// The first of the paths, and how many more there are.
fn listed(paths: &[String]) -> String {
    let names: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{path}`")).collect();
    match paths.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// One finding for each cause.
fn failures(failures: &[Failure], names: &Names) -> Diagnostics {
    let mut causes: BTreeMap<String, Vec<&Failure>> = BTreeMap::new();
    for failure in failures {
        causes.entry(cause(failure)).or_default().push(failure);
    }
    causes
        .values()
        .map(|failures| unwritable(failures, names))
        .collect()
}

/// Failures of one cause have one text.
fn cause(failure: &Failure) -> String {
    match &failure.error {
        FileError::Io { error, .. } => error.to_string(),
        error @ (FileError::Symlink { .. } | FileError::NotAFolder { .. } | FileError::Protected { .. }) => {
            error.to_string()
        }
        error => format!("{}: {error}", failure.path),
    }
}

fn unwritable(failures: &[&Failure], names: &Names) -> Diagnostic {
    let (first, rest) = match failures {
        [] => return Diagnostic::error(Code::UnwritableFile, None, "a file cannot be written"),
        [first, rest @ ..] => (first, rest),
    };
    let message = if rest.is_empty() {
        first.to_string()
    } else {
        format!(
            "cannot write {} files, of which `{}` is the first: {}",
            failures.len(),
            first.path,
            first.error
        )
    };
    Diagnostic::error(Code::UnwritableFile, names.span(&first.path), message)
}

fn blocked(obstacle: &Obstacle, destination: &str) -> Diagnostic {
    let Obstacle {
        error, path, files, ..
    } = obstacle;
    let message = match (files, path.as_str()) {
        (_, "") => format!("cannot write to `{destination}`: {error}"),
        (1, path) => format!("cannot write `{path}` to `{destination}`: {error}"),
        (files, path) => {
            format!("cannot write {files} files to `{destination}`, of which `{path}` is the first: {error}")
        }
    };
    let help = if obstacle.is_untouched {
        format!(
            "`{destination}` is as it was before; mend the cause and build again, or write elsewhere with `-d`"
        )
    } else {
        "a part of the files is new; when the cause is mended, the next build finishes the rest".to_owned()
    };
    Diagnostic::error(Code::UnwritableFile, None, message).help(help)
}

fn not_published(path: &str, names: &Names, destination: &str) -> Diagnostic {
    let message = format!(
        "`{path}` is not published: in `{destination}` a file has its place that wsgen did not write"
    );
    Diagnostic::warning(Code::ForeignFile, names.span(path), message).help(format!(
        "remove `{path}` from `{destination}`, or what is made for this path"
    ))
}

fn edited(path: &str, destination: &str) -> Diagnostic {
    let message = format!(
        "`{path}` stays in `{destination}`: nothing makes it any more, but somebody has changed it since"
    );
    Diagnostic::warning(Code::ForeignFile, None, message).help("remove it if it should go")
}
