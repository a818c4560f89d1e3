//! Sizes of pictures, from the first bytes of their files.
//!
//! Pages tell browsers the size of a picture before it is loaded, so that nothing moves when it comes. Only the file's
//! own size counts: a vector graphic with nothing but a `viewBox` has none.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::names::extension;

/// Width and height of a picture in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Extensions of pictures whose files begin with their size.
const PICTURES: [&str; 9] = ["avif", "bmp", "gif", "ico", "jpeg", "jpg", "jxl", "png", "webp"];

/// Bytes to read of a vector graphic, which names its size in its first tag; comments and declarations before it are
/// rarely longer.
const SVG_HEAD: u64 = 16 * 1024;

/// Bytes to read of a photograph, whose metadata are at its beginning and at most as long as one segment of JPEG.
const EXIF_HEAD: u64 = 64 * 1024;

/// The size of the picture in the file `disk`, if its name is one of a picture and the file gives it.
pub(super) fn size(disk: &Path) -> Option<Size> {
    let extension = extension(&disk.to_string_lossy())?;
    match &*extension {
        "svg" => svg_size(&head(disk, SVG_HEAD).ok()?),
        known if PICTURES.contains(&known) => {
            let size = imagesize::reader_size(BufReader::with_capacity(1024, File::open(disk).ok()?)).ok()?;
            let turned = matches!(known, "jpg" | "jpeg") && is_turned(&head(disk, EXIF_HEAD).ok()?);
            let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
            let (width, height) = if turned { (height, width) } else { (width, height) };
            Some(Size { width, height }).filter(|size| size.width > 0 && size.height > 0)
        }
        _ => None,
    }
}

/// The first `most` bytes of a file.
fn head(disk: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(disk)?;
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The `width` and `height` of the root element, where both are lengths in pixels.
fn svg_size(head: &[u8]) -> Option<Size> {
    let tokenizer = Tokenizer::new(Root::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&String::from_utf8_lossy(head)));
    let _ = tokenizer.feed(&queue);
    tokenizer.sink.size.get()
}

/// Takes the size from the first `svg` tag.
#[derive(Default)]
struct Root {
    seen: Cell<bool>,
    size: Cell<Option<Size>>,
}

impl TokenSink for Root {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
            && &*tag.name == "svg"
            && !self.seen.replace(true)
        {
            let length = |name: &str| {
                let attr = tag.attrs.iter().find(|attr| &*attr.name.local == name)?;
                pixels(&attr.value)
            };
            let size = length("width").zip(length("height"));
            self.size.set(size.map(|(width, height)| Size { width, height }));
        }
        TokenSinkResult::Continue
    }
}

/// A length as SVG writes it, in pixels; `None` for one that depends on the page.
fn pixels(length: &str) -> Option<u32> {
    let length = length.trim();
    let unit_at = length.find(|c: char| !matches!(c, '0'..='9' | '.' | '+'));
    let (number, unit) = length.split_at(unit_at.unwrap_or(length.len()));
    let unit = match unit {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    let pixels = (number.parse::<f64>().ok()? * unit).round();
    // Larger pictures than this are mistakes of a program.
    (1.0..=100_000.0).contains(&pixels).then_some(pixels as u32)
}

/// Returns true if the photograph of this JPEG was taken with the camera on its side, so that browsers show it turned.
///
/// EXIF: a segment APP1 with a TIFF header, whose first directory has the entry 0x0112 of 5 to 8.
fn is_turned(head: &[u8]) -> bool {
    orientation(head).is_some_and(|orientation| (5..=8).contains(&orientation))
}

fn orientation(head: &[u8]) -> Option<u16> {
    let start = head.windows(6).position(|bytes| bytes == b"Exif\0\0")? + 6;
    let tiff = head.get(start..)?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let long = |at: usize| {
        let (first, second) = (short(at)?, short(at + 2)?);
        let (low, high) = if little { (first, second) } else { (second, first) };
        Some(usize::from(high) << 16 | usize::from(low))
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries)
        .map(|entry| directory + 2 + entry * 12)
        .find(|at| short(*at) == Some(0x0112))?;
    short(entry + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(text: &str) -> Option<(u32, u32)> {
        svg_size(text.as_bytes()).map(|size| (size.width, size.height))
    }

    #[test]
    fn a_vector_graphic_has_the_size_that_it_says() {
        assert_eq!(
            svg("<?xml version='1.0'?><!-- <svg width='1' height='1'> --><svg width='120px' height='2in'>"),
            Some((120, 192))
        );
        assert_eq!(svg("<svg viewBox='0 0 10 10'><svg width='3' height='3'>"), None);
        assert_eq!(svg("<svg width='100%' height='50'>"), None);
        assert_eq!(svg("<svg width='0' height='50'>"), None);
        assert_eq!(svg("no graphic"), None);
    }

    /// The beginning of a photograph with one entry in its directory.
    fn photograph(order: &[u8], value: &[u8]) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe1\0\x22Exif\0\0".to_vec();
        bytes.extend(order);
        bytes.extend(value);
        bytes
    }

    #[test]
    fn a_turned_photograph_is_recognised_in_both_byte_orders() {
        let big = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01";
        let little = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
        assert!(is_turned(&photograph(big, b"\0\x06\0\0")));
        assert!(is_turned(&photograph(little, b"\x08\0\0\0")));
        assert!(!is_turned(&photograph(little, b"\x01\0\0\0")));
        assert!(!is_turned(&photograph(little, b"")));
        assert!(!is_turned(b"\xff\xd8"));
    }

    #[test]
    fn files_that_are_no_pictures_have_no_size() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            size(&path)
        };
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\0\xf0\x08\x02\0\0\0";
        assert_eq!(
            file("a.PNG", png),
            Some(Size {
                width: 640,
                height: 240
            })
        );
        assert_eq!(file("b.png", b"nothing of the kind"), None);
        assert_eq!(file("c.txt", png), None);
        assert_eq!(file("d.png", b""), None);
        assert_eq!(size(&folder.path().join("missing.png")), None);
    }
}
