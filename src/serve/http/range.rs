//! Parts of files: players ask for the piece of a film that they need.

use std::ops::Range;
use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Request, StatusCode};

use super::body::Content;
use super::{Response, response};

/// The requested byte range.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// These bytes, at least one.
    Part(Range<u64>),
    /// Only bytes that the file does not have.
    Beyond,
}

/// Reads the header `Range` for a file of `len` bytes. Several ranges in one request are answered with the whole file,
/// as the standard allows; so is a header that cannot be understood.
pub(super) fn wanted(headers: &HeaderMap, len: u64) -> Wanted {
    // Nothing here has a validator that `If-Range` could name, so that what it names has changed.
    if headers.contains_key(header::IF_RANGE) {
        return Wanted::Whole;
    }
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    range.map_or(Wanted::Whole, |range| read(range, len))
}

fn read(range: &str, len: u64) -> Wanted {
    let Some((first, last)) = range
        .trim()
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Wanted::Whole;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too large for the type is too large for any file.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (number(first.trim()), number(last.trim())) {
        (None, Some(0)) if first.trim().is_empty() => Wanted::Beyond,
        (None, Some(count)) if first.trim().is_empty() && len > 0 => {
            Wanted::Part(len.saturating_sub(count)..len)
        }
        (None, Some(_)) if first.trim().is_empty() => Wanted::Beyond,
        (Some(first), Some(last)) if first > last => Wanted::Whole,
        (Some(first), _) if first >= len => Wanted::Beyond,
        (Some(first), Some(last)) => Wanted::Part(first..last.saturating_add(1).min(len)),
        (Some(first), None) if last.trim().is_empty() => Wanted::Part(first..len),
        _ => Wanted::Whole,
    }
}

/// Answers with bytes in memory, or with the requested part of them.
pub(super) fn respond_range<B>(
    request: &Request<B>,
    bytes: &Arc<[u8]>,
    kind: String,
    status: StatusCode,
) -> Response {
    let len = bytes.len() as u64;
    let wanted = if status == StatusCode::OK {
        wanted(request.headers(), len)
    } else {
        Wanted::Whole
    };
    let bytes = Bytes::from_owner(Arc::clone(bytes));
    match wanted {
        Wanted::Whole => accepting(response(status, kind, Content::Whole(bytes))),
        Wanted::Part(range) => {
            let part = bytes.slice(range.start as usize..range.end as usize);
            part_of(
                response(StatusCode::PARTIAL_CONTENT, kind, Content::Whole(part)),
                &range,
                len,
            )
        }
        Wanted::Beyond => beyond(len),
    }
}

/// Adds the header that allows requests for parts.
pub(super) fn accepting(mut response: Response) -> Response {
    let bytes = HeaderValue::from_static("bytes");
    response.headers_mut().insert(header::ACCEPT_RANGES, bytes);
    response
}

/// Adds the header that says which part of a file of `len` bytes this is.
pub(super) fn part_of(mut response: Response, range: &Range<u64>, len: u64) -> Response {
    set_range(
        &mut response,
        format!("bytes {}-{}/{len}", range.start, range.end - 1),
    );
    accepting(response)
}

/// The response to a range outside of a file of `len` bytes.
pub(super) fn beyond(len: u64) -> Response {
    let text = Content::from("The file has no such part.\n".to_owned());
    let mut response = response(
        StatusCode::RANGE_NOT_SATISFIABLE,
        "text/plain; charset=utf-8".to_owned(),
        text,
    );
    set_range(&mut response, format!("bytes */{len}"));
    response
}

fn set_range(response: &mut Response, range: String) {
    if let Ok(range) = HeaderValue::try_from(range) {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        for (range, expected) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=2-", Wanted::Part(2..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=5-99", Wanted::Part(5..10)),
            ("bytes=9-9", Wanted::Part(9..10)),
            ("bytes=10-", Wanted::Beyond),
            ("bytes=10-20", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=99999999999999999999999-", Wanted::Beyond),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..10)),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=x-2", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
        ] {
            assert_eq!(read(range, 10), expected, "{range}");
        }
    }

    #[test]
    fn an_empty_file_has_no_part() {
        assert_eq!(read("bytes=0-", 0), Wanted::Beyond);
        assert_eq!(read("bytes=-1", 0), Wanted::Beyond);
    }
}
