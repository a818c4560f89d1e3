//! Files of bundles and of `assets/` as templates see them.

use hugo_template::{Handle, Value};
pub(super) use hugo_template::{media_type, resource_type};
use spanned_data::Map;

use crate::diag::FileId;
use crate::graph::{Page, Resource};

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
