//! The files of a page, for `attachments`, `resources` and the shortcodes that show a picture by its name.

use regex::Regex;
use serde::Serialize;

use super::Shortcodes;
use crate::diag::{Code, Diagnostic, FileId};
use crate::graph::Bundle;
use crate::parse::Call;
use crate::source::Component;

/// A file, as templates see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FileView {
    /// Path inside the bundle, or the name that the front matter gives it.
    name: String,
    /// Path from the page's folder, for links.
    path: String,
    /// Title, else the path.
    title: String,
    /// Title, if there is one.
    alt: String,
    /// URL in the finished site.
    url: String,
    /// Size with its unit: `12.3 kB`.
    size: String,
}

/// Returns true if the shortcode's template is given the files of the page.
pub(super) fn wants_files(name: &str) -> bool {
    matches!(
        name,
        "attachments" | "resources" | "figure" | "img" | "imgproc" | "figurecupper"
    )
}

impl Shortcodes<'_> {
    /// The files for a call: attachments lie in a folder named after the page, everything else in its bundle.
    pub(super) fn files(&mut self, file: FileId, call: &Call, name: &str) -> Vec<FileView> {
        let listed = matches!(name, "attachments" | "resources");
        let mut files = if listed { self.attached(file) } else { Vec::new() };
        if files.is_empty() && (!listed || self.page().bundle != Bundle::None) {
            files = self.bundled();
        }
        if listed {
            self.select(call, &mut files);
        }
        files
    }

    /// Files of `PAGE.files/` beside `PAGE.md`, or of `files/` beside `index.md`.
    fn attached(&self, file: FileId) -> Vec<FileView> {
        let source = self
            .page()
            .source
            .map_or(file, |source| self.cx.parsed[source].file);
        let Some(path) = self.cx.tree.get(source).map(|file| file.target.as_str()) else {
            return Vec::new();
        };
        let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let plain = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let folders = if matches!(plain, "index" | "_index") {
            ["files".to_owned(), "files".to_owned()]
        } else {
            [stem, plain].map(|stem| format!("{stem}.files"))
        };
        let inside = |folder: &String| {
            if dir.is_empty() {
                format!("{folder}/")
            } else {
                format!("{dir}/{folder}/")
            }
        };
        folders
            .iter()
            .map(inside)
            .map(|folder| self.below_folder(&folder))
            .find(|files| !files.is_empty())
            .unwrap_or_default()
    }

    fn below_folder(&self, folder: &str) -> Vec<FileView> {
        let files = self
            .cx
            .tree
            .iter(Component::Content)
            .filter(|(_, file)| file.target.starts_with(folder));
        files
            .filter_map(|(id, file)| {
                let url = self.cx.graph.resource_url(&file.target, id)?;
                Some(self.file_view(id, &file.target[folder.len()..], "", url))
            })
            .collect()
    }

    fn bundled(&self) -> Vec<FileView> {
        let resources = self
            .page()
            .resources
            .iter()
            .filter(|resource| !resource.url.is_empty());
        resources
            .map(|resource| FileView {
                name: resource.name.clone(),
                ..self.file_view(resource.file, &resource.path, &resource.title, &resource.url)
            })
            .collect()
    }

    fn file_view(&self, id: FileId, path: &str, title: &str, url: &str) -> FileView {
        // The graph gives files without a title their path as title.
        let alt = if title == path { "" } else { title };
        let len = self.cx.tree.get(id).map_or(0, |file| file.len);
        FileView {
            name: path.to_owned(),
            path: path.to_owned(),
            title: if alt.is_empty() { path } else { alt }.to_owned(),
            alt: alt.to_owned(),
            url: self.cx.graph.href(self.cx.config, self.page, url),
            size: size(len),
        }
    }

    /// Applies `pattern`, a regular expression on the file's name, and `sort`.
    fn select(&mut self, call: &Call, files: &mut Vec<FileView>) {
        match call
            .args
            .text(&["pattern"], None)
            .map(|pattern| Regex::new(&pattern))
        {
            Some(Ok(pattern)) => files.retain(|file| pattern.is_match(&file.path)),
            Some(Err(_)) => self.diagnostics.push(
                Diagnostic::warning(
                    Code::ShortcodeArgument,
                    call.open_span,
                    "the pattern is not a regular expression; all files are listed",
                )
                .help("for all PDF files write pattern=\".*\\.pdf\""),
            ),
            None => {}
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        if call
            .args
            .text(&["sort"], None)
            .is_some_and(|sort| sort.eq_ignore_ascii_case("desc"))
        {
            files.reverse();
        }
    }
}

/// Formats a number of bytes for readers.
fn size(bytes: u64) -> String {
    let steps = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)];
    match steps.iter().find(|(_, step)| bytes >= *step) {
        Some((unit, step)) => {
            let tenths = bytes.saturating_mul(10) / step;
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_down_to_three_digits_or_so() {
        assert_eq!(
            ["999 B", "1.0 kB", "12.3 kB", "4.5 MB"],
            [999, 1000, 12_345, 4_567_890].map(size).map(|s| s).as_slice()
        );
    }
}
