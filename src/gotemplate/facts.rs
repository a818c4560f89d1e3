//! What templates ask about files, languages and addresses, whoever runs them.

use super::{UrlForm, Value};
use crate::config::{BaseUrl, Language};
use crate::graph::{decode_path, encode_path};

/// A language of the site: `.Language`.
pub fn language(language: &Language) -> Value {
    Value::map([
        ("Lang", Value::str(language.key.as_str())),
        ("LanguageName", Value::str(language.label.as_str())),
        ("Label", Value::str(language.label.as_str())),
        ("LanguageCode", Value::str(language.locale.as_str())),
        ("Locale", Value::str(language.locale.as_str())),
        ("Weight", Value::Int(language.weight)),
    ])
}

/// `relURL` and its like. Addresses of other sites stay.
pub fn url(base: &BaseUrl, form: UrlForm, path: &str) -> String {
    if path.contains("://") || path.starts_with("//") || path.starts_with('#') {
        return path.to_owned();
    }
    let path = decode_path(path);
    let path = path.trim_start_matches('/');
    match form {
        UrlForm::Relative | UrlForm::RelativeLang => format!("{}{}", base.path, encode_path(path)),
        UrlForm::Absolute | UrlForm::AbsoluteLang => {
            format!("{}{}{}", base.origin, base.path, encode_path(path))
        }
    }
}

/// Hugo's word for the kind of a file.
pub fn resource_type(path: &str) -> &'static str {
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
pub fn media_type(path: &str) -> Value {
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
