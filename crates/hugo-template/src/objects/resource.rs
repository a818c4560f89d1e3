//! Files of bundles and of `assets/`, alone and in lists.

use super::list::match_glob;
use crate::error::Fault;
use crate::eval::Context;
use crate::host::Handle;
use crate::value::Value;

/// A field of a file. Images cannot be changed here: a resized one is the image itself.
pub(super) fn field(
    cx: &mut Context<'_>,
    handle: Handle,
    name: &str,
    _args: &[Value],
) -> Option<Result<Value, Fault>> {
    if name == "Content" {
        match cx.host().resource_text(handle) {
            Ok(Some(text)) => return Some(Ok(text)),
            Ok(None) => {}
            Err(fault) => return Some(Err(fault)),
        }
    }
    if let Some(value) = cx.host().resource(handle, name) {
        return Some(Ok(value));
    }
    Some(Ok(match name {
        "Resize" | "Fit" | "Fill" | "Crop" | "Filter" | "Process" | "Publish" => Value::Handle(handle),
        "Name" | "Title" | "RelPermalink" | "Permalink" | "ResourceType" | "MediaType" => "".into(),
        "Params" | "Data" | "Exif" | "Err" => Value::Nil,
        _ => return None,
    }))
}

fn text_field(cx: &Context<'_>, file: &Value, name: &str) -> String {
    let Value::Handle(handle) = file else {
        return String::new();
    };
    let value = match handle {
        Handle::Page(page) => cx.host().page(*page, name),
        Handle::Site(_) => None,
        Handle::Resource(..) | Handle::Asset(_) => cx.host().resource(*handle, name),
    };
    value
        .as_ref()
        .and_then(Value::as_text)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// The first file of exactly this name.
pub(crate) fn get(cx: &Context<'_>, files: &[Value], name: &str) -> Value {
    let name = name.trim_start_matches('/').to_lowercase();
    let found = files.iter().find(|file| {
        text_field(cx, file, "Name")
            .trim_start_matches('/')
            .to_lowercase()
            == name
    });
    found.cloned().unwrap_or_default()
}

/// The files whose names match a glob.
pub(crate) fn matching(cx: &mut Context<'_>, files: &[Value], glob: &str) -> Result<Vec<Value>, Fault> {
    cx.charge(files.len() as u64 / 4)?;
    let glob = glob.trim_start_matches('/');
    let names: Vec<String> = files.iter().map(|file| text_field(cx, file, "Name")).collect();
    let matches = match_glob(cx, glob, names.into_iter())?;
    Ok(files
        .iter()
        .zip(matches)
        .filter(|(_, matches)| *matches)
        .map(|(file, _)| file.clone())
        .collect())
}

/// The files of a kind: `image`, `text`, `page`.
pub(crate) fn by_type(cx: &Context<'_>, files: &[Value], kind: &str) -> Vec<Value> {
    let is_kind = |file: &&Value| match file {
        Value::Handle(Handle::Page(_)) => kind == "page",
        _ => text_field(cx, file, "ResourceType") == kind,
    };
    files.iter().filter(is_kind).cloned().collect()
}
