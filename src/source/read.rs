//! Reads files: decides which are text, and replaces bytes that are not UTF-8.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use super::names::{extension, is_binary, is_page};
use super::{Component, Content, Returns, embedded, reserved};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};

/// The way to read a file of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// It has to be text.
    Text,
    /// It may be text, if it is not large.
    Probe,
    /// Only its length matters.
    Leave,
}

/// Largest file that is read only to see whether it is text.
pub(super) const PROBE_LIMIT: u64 = 256 * 1024;

/// Extensions of files that the program works with, so that they have to be text.
const TEXT: [&str; 9] = ["csv", "htm", "html", "json", "md", "toml", "xml", "yaml", "yml"];

/// The way to read a file.
pub(super) fn reading(component: Component, target: &str) -> Reading {
    let extension = extension(target).unwrap_or_default();
    match component {
        Component::Content if is_page(target) => Reading::Text,
        Component::Static if embedded::has(component, target) && !is_binary(target) => Reading::Text,
        Component::Static => Reading::Leave,
        Component::Data | Component::I18n | Component::Templates | Component::Layouts | Component::Config
            if TEXT.contains(&extension.as_str()) =>
        {
            Reading::Text
        }
        _ if is_binary(target) => Reading::Leave,
        _ => Reading::Probe,
    }
}

/// The result of reading a file.
#[derive(Debug)]
pub(super) struct Contents {
    /// The file's content.
    pub(super) content: Content,
    /// Size of the file in bytes.
    pub(super) len: u64,
    /// The carriage returns that the text has lost.
    pub(super) returns: Returns,
    /// The replacements in its text.
    pub(super) replacements: Replacements,
}

/// Offsets of the first replacements in a text, by reason.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Replacements {
    /// Bytes that are not UTF-8.
    invalid: Option<usize>,
    /// A character that wsgen keeps for itself.
    reserved: Option<usize>,
}

impl Contents {
    /// The text; `None` for a file that is not text.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Static(_) | Content::OnDisk => None,
        }
    }
}

impl Replacements {
    /// The findings about `file`.
    pub(super) fn findings(&self, file: FileId) -> Diagnostics {
        let span = |at: usize| Span::new(file, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
        let invalid = self.invalid.map(|at| invalid_utf8(span(at)));
        let reserved = self.reserved.map(|at| reserved::finding(span(at)));
        invalid.into_iter().chain(reserved).collect()
    }
}

fn invalid_utf8(span: Span) -> Diagnostic {
    let message = "this byte is not valid UTF-8; it is shown as `\u{fffd}`";
    Diagnostic::warning(Code::InvalidUtf8, span, message).help("save the file as UTF-8")
}

/// Reads a file.
pub(super) fn read(disk: &Path, reading: Reading) -> io::Result<Contents> {
    let left = |len| Contents {
        content: Content::OnDisk,
        len,
        returns: Returns::default(),
        replacements: Replacements::default(),
    };
    if reading == Reading::Leave {
        return Ok(left(fs::metadata(disk)?.len()));
    }
    let mut file = File::open(disk)?;
    let len = file.metadata()?.len();
    match reading {
        Reading::Probe if len >= PROBE_LIMIT => return Ok(left(len)),
        // Spans count with 32 bits.
        _ if len > u64::from(u32::MAX) => return Err(io::Error::other("it is larger than 4 GiB")),
        _ => {}
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    file.read_to_end(&mut bytes)?;
    Ok(match reading {
        Reading::Probe => probe(&bytes).unwrap_or_else(|| left(len)),
        _ => text(&bytes),
    })
}

/// The bytes as text. Invalid ones are replaced, and characters that stand for shortcode calls while a page is made.
pub(super) fn text(bytes: &[u8]) -> Contents {
    let len = bytes.len() as u64;
    let (mut text, mut invalid) = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
    };
    let mut returns = Returns::default();
    if let Some((without, taken)) = Returns::take(&text) {
        let lost = |at: usize| text[..at].matches("\r\n").count();
        invalid = invalid.map(|at| at - lost(at));
        (text, returns) = (without.into(), taken);
    }
    let reserved = reserved::find(&text);
    if let Some(replaced) = reserved::replaced(&text) {
        text = replaced.into();
    }
    Contents {
        content: Content::Text(text.into_owned().into()),
        len,
        returns,
        replacements: Replacements { invalid, reserved },
    }
}

/// The bytes as text if they look like text.
fn probe(bytes: &[u8]) -> Option<Contents> {
    if bytes.contains(&0) {
        return None;
    }
    Some(text(bytes)).filter(|contents| contents.replacements == Replacements::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_text_and_known_binaries_are_left_on_disk() {
        assert_eq!(reading(Component::Content, "lab/A.MD"), Reading::Text);
        assert_eq!(reading(Component::Content, "lab/a.html"), Reading::Text);
        assert_eq!(reading(Component::Data, "big.json"), Reading::Text);
        assert_eq!(reading(Component::Content, "lab/a.PNG"), Reading::Leave);
        assert_eq!(reading(Component::Content, "lab/a.svg"), Reading::Probe);
        assert_eq!(reading(Component::Static, "a.css"), Reading::Leave);
    }

    /// The result for a file of that many zeros, which takes no room on the disk.
    fn read_zeros(len: u64, reading: Reading) -> io::Result<Contents> {
        let file = tempfile::NamedTempFile::new()?;
        file.as_file().set_len(len)?;
        read(file.path(), reading)
    }

    #[test]
    fn large_files_are_text_where_they_have_to_be() {
        let is_left = |contents: &Contents| matches!(contents.content, Content::OnDisk);
        let large = read_zeros(PROBE_LIMIT, Reading::Probe).unwrap();
        assert!(is_left(&large) && large.len == PROBE_LIMIT);
        let large = read_zeros(PROBE_LIMIT, Reading::Text).unwrap();
        assert!(!is_left(&large) && large.len == PROBE_LIMIT);
    }

    #[test]
    fn texts_beyond_what_spans_can_count_are_not_read() {
        let error = read_zeros(1 << 33, Reading::Text).unwrap_err().to_string();
        assert!(error.contains("4 GiB"), "{error}");
        assert!(read_zeros(1 << 33, Reading::Leave).is_ok_and(|contents| contents.len == 1 << 33));
    }

    #[test]
    fn invalid_utf8_is_replaced_and_its_first_byte_known() {
        let contents = text(b"ab\xffcd");
        assert_eq!(contents.replacements.invalid, Some(2));
        assert_eq!(contents.len, 5);
        assert!(matches!(contents.content, Content::Text(text) if *text == "ab\u{fffd}cd"));
    }

    #[test]
    fn line_ends_are_line_feeds() {
        let contents = text(b"a\r\nb\r\n\xff");
        assert_eq!(contents.text(), Some("a\nb\n\u{fffd}"));
        assert_eq!((contents.len, contents.replacements.invalid), (7, Some(4)));
        assert_eq!(contents.returns.in_file(4), 6);
    }

    #[test]
    fn characters_that_wsgen_keeps_for_itself_are_replaced() {
        let contents = text("a\u{10fffd}b\u{100000}\u{e000}".as_bytes());
        assert_eq!(contents.replacements.reserved, Some(1));
        assert!(matches!(contents.content, Content::Text(text) if *text == "a\u{fffd}b\u{fffd}\u{e000}"));
    }

    #[test]
    fn what_does_not_look_like_text_is_not_probed_into_text() {
        assert!(probe(b"a\0b").is_none());
        assert!(probe(b"\xff\xfe").is_none());
        assert!(probe("設定".as_bytes()).is_some());
    }
}
