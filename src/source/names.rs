//! Rules on file names: ignored ones, pages, and files that are certainly not text.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::address::file_extension;

use super::Component;
use super::hidden;

/// Extensions of files that are pages.
const PAGES: [&str; 5] = ["md", "markdown", "mdown", "html", "htm"];

/// Extensions of files that are never text, so that they need not be opened.
const BINARY: [&str; 58] = [
    "7z", "aac", "ai", "apk", "avi", "avif", "bin", "bmp", "bz2", "class", "dll", "dmg", "doc", "docx",
    "eot", "epub", "exe", "flac", "gif", "gz", "heic", "ico", "iso", "jar", "jpeg", "jpg", "jxl", "key",
    "m4a", "mkv", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "otf", "pdf", "png", "ppt", "pptx", "psd",
    "rar", "so", "tar", "tif", "tiff", "ttf", "wasm", "wav", "webm", "webp", "woff", "woff2", "xls", "xlsx",
    "zip",
];

/// A name in Unicode's composed form (NFC). Systems and archives differ in how they write `é`; to an author it is one
/// name.
pub(crate) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(name)
}

/// The extension in lower case, without the dot.
pub(super) fn extension(path: &str) -> Option<String> {
    file_extension(path).map(str::to_ascii_lowercase)
}

/// Returns true if a file of the content component is a page by its name.
pub(super) fn is_page(path: &str) -> bool {
    extension(path).is_some_and(|extension| PAGES.contains(&extension.as_str()))
}

/// Returns true if a file is certainly not text.
pub(super) fn is_binary(path: &str) -> bool {
    extension(path).is_some_and(|extension| BINARY.binary_search(&extension.as_str()).is_ok())
}

/// Returns true if Hugo ignores a file or folder of this name. Files in `static/` are copied with any name.
pub(super) fn is_ignored(component: Component, name: &str) -> bool {
    match component {
        Component::Static => name == ".git",
        // No part of the site, but pages may show them.
        Component::Other if name.starts_with('.') => !hidden::may_be_shown(name),
        _ => name.starts_with(['.', '#']) || name.ends_with('~'),
    }
}
