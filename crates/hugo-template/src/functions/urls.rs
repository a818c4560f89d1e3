//! Functions about URLs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{Args, Entry, Outcome, path};
use crate::eval::Context;
use crate::host::{Handle, RefForm, UrlForm};
use crate::value::{Map, Value};
use crate::{objects, print};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["relURL", "urls.RelURL"], |cx, args| {
        url(cx, args, UrlForm::Relative)
    }),
    (&["absURL", "urls.AbsURL"], |cx, args| {
        url(cx, args, UrlForm::Absolute)
    }),
    (&["relLangURL", "urls.RelLangURL"], |cx, args| {
        url(cx, args, UrlForm::RelativeLang)
    }),
    (&["absLangURL", "urls.AbsLangURL"], |cx, args| {
        url(cx, args, UrlForm::AbsoluteLang)
    }),
    (&["ref", "urls.Ref"], |cx, args| {
        reference(cx, args, RefForm::Absolute)
    }),
    (&["relref", "urls.RelRef"], |cx, args| {
        reference(cx, args, RefForm::Relative)
    }),
    (&["anchorize", "urls.Anchorize"], |cx, args| {
        Ok(cx.host().anchorize(&args.text(0)?).into())
    }),
    (&["urlize", "urls.URLize"], |_, args| {
        Ok(urlize(&args.text(0)?).into())
    }),
    (&["urlquery"], |_, args| {
        Ok(query_escape(&args.all().iter().map(print::plain).collect::<String>()).into())
    }),
    (&["urls.PathEscape"], |_, args| {
        Ok(utf8_percent_encode(&args.text(0)?, PATH).to_string().into())
    }),
    (&["urls.PathUnescape"], |_, args| {
        Ok(percent_decode_str(&args.text(0)?)
            .decode_utf8_lossy()
            .into_owned()
            .into())
    }),
    (&["urls.JoinPath"], |_, args| {
        Ok(join_path(&path::parts(args)?).into())
    }),
    (&["urls.Parse"], |_, args| Ok(parse(&args.text(0)?))),
];

/// Characters that Go escapes in a query.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b' ');
/// Characters that Go escapes in a part of a path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');
/// Characters that `urlize` escapes.
const URLIZED: &AsciiSet = &PATH
    .remove(b'/')
    .remove(b'#')
    .remove(b'%')
    .remove(b'?')
    .remove(b',')
    .remove(b'(')
    .remove(b')');

/// Go's `QueryEscape`: a space is a plus sign.
pub(super) fn query_escape(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string().replace(' ', "+")
}

fn url(cx: &mut Context<'_>, args: &Args<'_>, form: UrlForm) -> Outcome {
    Ok(cx.host().url(form, &args.text(0)?).into())
}

/// `ref PAGE "path"`, `relref . (dict "path" "x")`. The first may also be the dot of a shortcode.
fn reference(cx: &mut Context<'_>, args: &Args<'_>, form: RefForm) -> Outcome {
    args.value(1)?;
    let page = match args.value(0)? {
        Value::Handle(Handle::Page(page)) => *page,
        _ => cx.host().current_page(),
    };
    objects::reference(cx, page, &Args::new(&args.all()[1..]), form)
}

/// A text as part of a URL: small letters, one hyphen for white space, no punctuation.
fn urlize(text: &str) -> String {
    let mut out = String::new();
    let mut space = false;
    for (at, c) in text.char_indices() {
        if is_kept(c, &text[at..]) {
            if space && c != '-' && !out.ends_with('-') {
                out.push('-');
            }
            space = false;
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() && !out.is_empty() {
            space = true;
        }
    }
    utf8_percent_encode(&out, URLIZED).to_string()
}

/// Returns true if `urlize` keeps a character; `rest` begins with it.
fn is_kept(c: char, rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    match c {
        '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@' => true,
        '%' => is_hex(1) && is_hex(2),
        _ => c.is_alphanumeric() || is_mark(c),
    }
}

fn is_mark(c: char) -> bool {
    use unicode_general_category::GeneralCategory as G;
    matches!(
        unicode_general_category::get_general_category(c),
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark
    )
}

/// The id that GitHub gives a heading of this text.
pub(crate) fn github_anchor(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            ' ' | '-' => out.push('-'),
            '_' => out.push(c),
            _ if c.is_alphanumeric() || is_mark(c) => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

fn join_path(parts: &[String]) -> String {
    let Some((first, rest)) = parts.split_first() else {
        return String::new();
    };
    let (origin, start) = match first.find("://") {
        Some(at) => {
            let end = first[at + 3..]
                .find('/')
                .map_or(first.len(), |slash| at + 3 + slash);
            first.split_at(end)
        }
        None => ("", first.as_str()),
    };
    let all: Vec<&str> = std::iter::once(start)
        .chain(rest.iter().map(String::as_str))
        .filter(|part| !part.is_empty())
        .collect();
    let joined = all.join("/");
    let slash = if joined.ends_with('/') && joined.len() > 1 {
        "/"
    } else {
        ""
    };
    let rooted = if origin.is_empty() || joined.is_empty() {
        joined
    } else {
        format!("/{joined}")
    };
    match rooted.is_empty() {
        true => origin.to_owned(),
        false => format!("{origin}{}{slash}", path::clean(&rooted)),
    }
}

/// A URL in its parts, as Go names them.
fn parse(url: &str) -> Value {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_lowercase(), rest),
        _ => (String::new(), rest),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let opaque = if !scheme.is_empty() && authority.is_empty() && !path.starts_with('/') {
        path
    } else {
        ""
    };
    let path = if opaque.is_empty() { path } else { "" };
    let (hostname, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (name, port),
        _ => (host, ""),
    };
    let decoded = |text: &str| Value::str(percent_decode_str(text).decode_utf8_lossy());
    Value::Map(Map::from([
        ("Scheme", scheme.as_str().into()),
        ("User", user.into()),
        ("Host", host.into()),
        ("Hostname", hostname.into()),
        ("Port", port.into()),
        ("Opaque", opaque.into()),
        ("Path", decoded(path)),
        ("RawPath", "".into()),
        ("EscapedPath", path.into()),
        ("RawQuery", query.into()),
        ("Query", query_values(query)),
        ("Fragment", decoded(fragment)),
        ("IsAbs", (!scheme.is_empty()).into()),
        ("String", url.into()),
        ("RequestURI", request_uri(path, query).into()),
    ]))
}

fn request_uri(path: &str, query: &str) -> String {
    let path = if path.is_empty() { "/" } else { path };
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

fn query_values(query: &str) -> Value {
    let decoded = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key).into(), Value::texts([decoded(value)]))
    });
    Value::Map(Map::new(pairs.collect()))
}
