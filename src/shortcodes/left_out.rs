//! Pages that are named and take no part in this build: drafts, and those whose time has not come or is over.

use super::BodyContext;
use crate::graph::{PageId, decode_path, join};

/// The help of such findings.
pub(crate) const HELP: &str = "publish that page, or take the link to it out until then";

impl BodyContext<'_> {
    /// The reason why there is no page for `target`, written on the page `from`, if a file of that name is left out:
    /// the end of a message.
    pub(crate) fn left_out(&self, from: PageId, target: &str) -> Option<String> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let path = decode_path(path);
        let beside = logical(&join(&self.graph.page(from).dir, &path));
        let (from_root, name) = (logical(&join("", &path)), logical(&path));
        let found = self.graph.left_out.iter().find(|(source, _)| {
            let file = self.tree.get(self.parsed[*source].file);
            let file = file.map(|file| logical(&file.target));
            file.is_some_and(|file| {
                let by_name = !name.contains('/') && file.rsplit('/').next() == Some(&name);
                file == beside || file == from_root || by_name
            })
        });
        let (source, reason) = found?;
        let file = self.tree.get(self.parsed[*source].file)?;
        Some(format!(": `{}` {}", file.path, reason.explanation()))
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
