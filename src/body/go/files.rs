//! Files of bundles and of `assets/` as templates see them.

use crate::data::Map;
use crate::gotemplate::{Handle, Value};
use crate::graph::{Page, Resource};
use crate::source::FileId;

/// A file, wherever it is from.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) path: &'a str,
    pub(super) url: &'a str,
    pub(super) file: FileId,
    pub(super) params: Option<&'a Map>,
}

impl<'a> File<'a> {
    pub(super) fn of_bundle(resource: &'a Resource) -> Self {
        Self {
            name: &resource.name,
            title: &resource.title,
            path: &resource.path,
            url: &resource.url,
            file: resource.file,
            params: Some(&resource.params),
        }
    }

    /// A file of `assets/`, which is published at its path there when a page shows it.
    pub(super) fn of_pool((path, file): &'a (String, FileId)) -> Self {
        Self {
            name: path,
            title: path,
            path,
            url: path,
            file: *file,
            params: None,
        }
    }
}

/// The files of a page's bundle in Hugo's order: by kind, then by name.
pub(super) fn of_page(page: &Page) -> Vec<Value> {
    let mut files: Vec<_> = page.resources.iter().enumerate().collect();
    files.sort_by_key(|(_, file)| resource_type(&file.path));
    let handles = files
        .into_iter()
        .filter_map(|(at, _)| Some(Handle::Resource(page.id.0, u32::try_from(at).ok()?)));
    handles.map(Value::Handle).collect()
}

/// Hugo's word for the kind of a file.
pub(super) fn resource_type(path: &str) -> &'static str {
    match extension(path).as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif" | "bmp" => "image",
        "mp4" | "webm" | "mov" => "video",
        "mp3" | "ogg" | "wav" => "audio",
        "md" | "html" => "page",
        "txt" | "csv" | "css" => "text",
        _ => "application",
    }
}

/// `.MediaType` with its parts.
pub(super) fn media_type(path: &str) -> Value {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    Value::map([
        ("Type", Value::str(guess.essence_str())),
        ("MainType", Value::str(guess.type_().as_str())),
        ("SubType", Value::str(guess.subtype().as_str())),
        ("Suffixes", Value::texts([extension(path).as_str()])),
    ])
}

fn extension(path: &str) -> String {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.unwrap_or_default().to_lowercase()
}
