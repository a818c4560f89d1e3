//! The files inside the program: the default theme, and the manual that `wsgen new` copies.

use super::{Component, Content, Facts, Origin, Returns, SourceFile};

/// Path from the repository's root and bytes, sorted by path.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The manual: (path inside `content/`, bytes), sorted.
pub fn manual() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("content/")?, *bytes)))
}

/// The default theme: templates, static files and interface texts, sorted.
pub fn theme() -> impl Iterator<Item = SourceFile> {
    FILES.iter().filter_map(|(path, bytes)| {
        let (folder, target) = path.split_once('/')?;
        let component = Component::from_name(folder).filter(|component| *component != Component::Content)?;
        Some(SourceFile {
            path: (*path).to_owned(),
            component,
            target: target.to_owned(),
            lang: None,
            origin: Origin::Embedded,
            content: Content::Static(bytes),
            len: bytes.len() as u64,
            returns: Returns::default(),
            facts: Facts::default(),
        })
    })
}

/// Returns true if the default theme has a file at that place.
pub(super) fn has(component: Component, target: &str) -> bool {
    let path = format!("{}/{target}", component.name());
    FILES
        .binary_search_by_key(&path.as_str(), |(path, _)| path)
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(FILES.is_sorted_by_key(|(path, _)| path));
        assert!(theme().all(|file| has(file.component, &file.target)));
    }
}
