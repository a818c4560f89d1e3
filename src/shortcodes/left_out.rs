//! Pages that are named and take no part in this build: drafts, and those whose time has not come or is over.

use super::BodyContext;
use crate::diag::FileId;
use crate::graph::{LeftOut, PageId, decode_path, join};

/// The help of findings about pages that come later.
const LATER: &str = "publish that page, or take the link to it out until then";
/// The help of findings about pages that another one hides.
const SHADOWED: &str =
    "rename that `index.md` to `_index.md`, and the folder is a part with pages of its own";

/// The reason why a named file is no page.
pub(crate) struct Reason {
    /// End of a message: ``: `content/a.md` is a draft``.
    pub(crate) text: String,
    /// Advice for the author.
    pub(crate) help: &'static str,
}

impl BodyContext<'_> {
    /// The reason why there is no page for `target`, written on the page `from`, if a file of that name is left out:
    /// the end of a message, and advice.
    pub(crate) fn left_out(&self, from: PageId, target: &str) -> Option<Reason> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let path = decode_path(path);
        let beside = logical(&join(&self.graph.page(from).dir, &path));
        let (from_root, name) = (logical(&join("", &path)), logical(&path));
        let is_named = |file: FileId| {
            let file = self.tree.get(file).map(|file| logical(&file.target));
            file.is_some_and(|file| {
                let by_name = !name.contains('/') && file.rsplit('/').next() == Some(&name);
                file == beside || file == from_root || by_name
            })
        };
        let late = self.graph.left_out.iter();
        let mut late = late.map(|(source, reason)| (self.parsed[*source].file, *reason));
        let found = late
            .find(|(file, _)| is_named(*file))
            .or_else(|| self.shadowed().find(|(file, _)| is_named(*file)));
        let (file, reason) = found?;
        let path = &self.tree.get(file)?.path;
        let help = if reason == LeftOut::Shadowed {
            SHADOWED
        } else {
            LATER
        };
        Some(Reason {
            text: format!(": `{path}` {}", reason.explanation()),
            help,
        })
    }

    /// The Markdown files in the folders of pages, which have no address.
    fn shadowed(&self) -> impl Iterator<Item = (FileId, LeftOut)> {
        let files = self.graph.pages.iter().flat_map(|page| &page.resources);
        files
            .filter(|file| file.url.is_empty())
            .map(|file| (file.file, LeftOut::Shadowed))
    }
}

/// A path without extension, language, and the name of an index file, as pages have it.
fn logical(path: &str) -> String {
    let path = path.trim_matches('/').to_lowercase();
    let folder = path.rfind('/').map_or(0, |at| at + 1);
    let name = path[folder..].split('.').next().unwrap_or_default();
    match name {
        "index" | "_index" => path[..folder].trim_end_matches('/').to_owned(),
        name => format!("{}{name}", &path[..folder]),
    }
}

#[cfg(test)]
mod tests {
    use super::logical;

    #[test]
    fn files_and_the_names_of_their_pages_are_told_alike() {
        for path in [
            "lab/a.md",
            "/Lab/a.ja.md",
            "lab/a/index.md",
            "lab/a/",
            "lab/a.html",
        ] {
            assert_eq!(logical(path), "lab/a", "{path}");
        }
    }
}
