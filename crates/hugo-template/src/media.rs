//! Types of files by their names.

use crate::Value;

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
