//! The pages of an adapter as files.

use std::collections::BTreeMap;
use std::sync::Arc;

use hugo_template::{Added, AddedContent, AddedKind, Map, Value, front_matter};

use super::host::AdapterHost;
use crate::diag::FileId;
use crate::source::{Component, Content, Facts, Origin, Returns, SourceFile, SourceTree, reserved};

/// The files for the pages and files that the adapter in the file `id` has added. `lang` is the key of their language,
/// if it is not that of the folder.
pub(super) fn files(
    added: &[Added],
    id: FileId,
    lang: Option<&str>,
    host: &AdapterHost<'_>,
    tree: &SourceTree,
) -> Vec<SourceFile> {
    let Some(adapter) = tree.get(id) else {
        return Vec::new();
    };
    let (pages, others): (Vec<&Added>, Vec<&Added>) =
        added.iter().partition(|added| added.kind == AddedKind::Page);
    let mut files = Vec::new();
    for page in pages {
        let text = text_of(page, &others, host);
        files.push(SourceFile {
            content: Content::Text(Arc::new(text)),
            ..file(adapter, &path_of(page, lang))
        });
    }
    for other in others {
        let new = file(adapter, &clean(&other.path));
        files.push(match &other.content {
            AddedContent::Text(text) => SourceFile {
                content: Content::Text(Arc::new(text.clone())),
                ..new
            },
            AddedContent::File(handle) => match host.file(*handle) {
                Some(shown) => SourceFile {
                    origin: shown.origin.clone(),
                    content: shown.content.clone(),
                    len: shown.len,
                    returns: shown.returns.clone(),
                    facts: shown.facts,
                    ..new
                },
                None => continue,
            },
        });
    }
    for file in &mut files {
        if let Content::Text(text) = &mut file.content {
            if let Some(replaced) = reserved::replaced(text) {
                *text = Arc::new(replaced);
            }
            file.len = text.len() as u64;
        }
    }
    files
}

/// A file at `path` below the folder of the adapter that has made it, without content. Messages name it as if the adapter
/// were that folder.
fn file(adapter: &SourceFile, path: &str) -> SourceFile {
    let folder = adapter.target.rsplit_once('/').map_or("", |(folder, _)| folder);
    SourceFile {
        path: format!("{}/{path}", adapter.path),
        component: Component::Content,
        lang: adapter.lang.clone(),
        target: joined(folder, path),
        origin: Origin::Memory,
        content: Content::OnDisk,
        len: 0,
        returns: Returns::default(),
        facts: Facts {
            changed: adapter.facts.changed,
            picture: None,
        },
    }
}

fn joined(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// A path that stays in the adapter's folder.
fn clean(path: &str) -> String {
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// The path of a page's file: a section is the index of its folder, any other page a bundle.
fn path_of(page: &Added, lang: Option<&str>) -> String {
    let path = clean(&page.path);
    let is_branch = path.is_empty()
        || page
            .fields
            .get("kind")
            .and_then(Value::as_text)
            .is_some_and(|kind| &**kind == "section");
    let stem = if is_branch { "_index" } else { "index" };
    let lang = lang.map_or_else(String::new, |lang| format!(".{lang}"));
    joined(&path, &format!("{stem}{lang}.{}", extension(&page.media_type)))
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "text/html" => "html",
        "text/org" => "org",
        "text/asciidoc" => "adoc",
        "text/rst" => "rst",
        "text/pandoc" => "pandoc",
        _ => "md",
    }
}

/// A page with its front matter. Dates have a table of their own in adapters, and fields of the page's files become its
/// `resources`.
fn text_of(page: &Added, files: &[&Added], host: &AdapterHost<'_>) -> String {
    let mut fields = page.fields.clone();
    fields.remove("kind");
    if let Some(Value::Map(dates)) = fields.remove("dates") {
        let dates = dates.entries().iter();
        fields.extend(dates.map(|(name, value)| (name.clone(), value.clone())));
    }
    let below = format!("{}/", clean(&page.path));
    let resources: Vec<Value> = files.iter().filter_map(|file| resource(file, &below)).collect();
    if !resources.is_empty() {
        fields.insert("resources".into(), Value::list(resources));
    }
    let body = match &page.content {
        AddedContent::Text(text) => text.as_str(),
        AddedContent::File(handle) => host.file(*handle).and_then(SourceFile::text).unwrap_or_default(),
    };
    format!("{}\n{body}", front_matter(fields))
}

/// The `resources` entry for a file of the page whose folder is `below`; `None` for other files, and for one without
/// fields.
fn resource(file: &Added, below: &str) -> Option<Value> {
    let path = clean(&file.path);
    let src = path.strip_prefix(below)?;
    let said = ["name", "title", "params"].into_iter().filter_map(|name| {
        let (name, value) = file.fields.get_key_value(name)?;
        Some((name.clone(), value.clone()))
    });
    let mut fields: BTreeMap<Arc<str>, Value> = said.collect();
    if fields.is_empty() {
        return None;
    }
    fields.insert("src".into(), Value::str(src));
    Some(Value::Map(Map::new(fields)))
}
