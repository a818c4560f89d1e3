//! Sends files of the site's folder, piece by piece.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};

use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use hyper::{Method, Request, StatusCode};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::super::OnDisk;
use super::body::Content;
use super::range::{self, Wanted};
use super::{Response, content_type, plain, response};

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow client.
const WAITING: usize = 4;

/// Sends a file of the site's folder.
pub(super) async fn send<B>(request: &Request<B>, file: OnDisk) -> Response {
    let kind = content_type(&file.path.to_string_lossy());
    let opened = spawn_blocking(move || open(&file)).await;
    let Ok(Ok((file, len))) = opened else {
        return plain(StatusCode::NOT_FOUND, "The file cannot be read.\n");
    };
    let (status, part) = match range::wanted(request.headers(), len) {
        Wanted::Whole => (StatusCode::OK, 0..len),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Wanted::Beyond => return range::beyond(len),
    };
    let count = part.end - part.start;
    let content = if *request.method() == Method::HEAD {
        Content::empty()
    } else {
        pieces(file, part.start, count)
    };
    let mut response = response(status, kind, content);
    set_length(response.headers_mut(), count);
    if status == StatusCode::PARTIAL_CONTENT {
        range::part_of(response, &part, len)
    } else {
        range::accepting(response)
    }
}

fn set_length(headers: &mut HeaderMap, count: u64) {
    headers.insert(CONTENT_LENGTH, HeaderValue::from(count));
}

/// Opens a file, unless it has become a link out of the site since the site was read.
fn open(file: &OnDisk) -> io::Result<(File, u64)> {
    let real = file.path.canonicalize()?;
    if !file.within.iter().any(|folder| real.starts_with(folder)) {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let file = File::open(real)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::from(io::ErrorKind::NotFound));
    }
    Ok((file, metadata.len()))
}

/// Reads `count` bytes from `start` on while they are sent. A file that got shorter meanwhile breaks the connection off.
fn pieces(mut file: File, start: u64, count: u64) -> Content {
    let (sender, pieces) = mpsc::channel(WAITING);
    spawn_blocking(move || {
        if file.seek(SeekFrom::Start(start)).is_err() {
            return;
        }
        let mut rest = file.take(count);
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            match rest.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
                Ok(1..) if sender.blocking_send(Bytes::from(piece)).is_ok() => {}
                _ => return,
            }
        }
    });
    Content::Pieces(pieces)
}
