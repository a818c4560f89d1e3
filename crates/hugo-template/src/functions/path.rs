//! Paths with slashes.

use super::{Args, Entry};
use crate::cast;
use crate::error::Fault;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["path.Base"], |_, args| Ok(base(&args.text(0)?).into())),
    (&["path.BaseName"], |_, args| {
        let path = args.text(0)?;
        let base = base(&path);
        Ok(base.strip_suffix(extension(&base)).unwrap_or(&base).into())
    }),
    (&["path.Clean"], |_, args| Ok(clean(&args.text(0)?).into())),
    (&["path.Dir"], |_, args| {
        Ok(clean(split(&args.text(0)?.replace('\\', "/")).0).into())
    }),
    (&["path.Ext"], |_, args| Ok(extension(&args.text(0)?).into())),
    (&["path.Join"], |_, args| Ok(join(&parts(args)?).into())),
    (&["path.Split"], |_, args| {
        let path = args.text(0)?;
        let (dir, file) = split(&path);
        Ok(Value::map([("Dir", dir.into()), ("File", file.into())]))
    }),
];

/// The arguments as texts, lists spread out.
pub(super) fn parts(args: &Args<'_>) -> Result<Vec<String>, Fault> {
    let mut parts = Vec::new();
    for value in args.all() {
        match value {
            Value::List(list) => parts.extend(Args::new(list.items()).texts()?),
            other => parts.push(cast::text(other)?.to_string()),
        }
    }
    Ok(parts)
}

/// The folder with its slash, and the file name.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |at| at + 1))
}

fn extension(path: &str) -> &str {
    let file = split(path).1;
    file.rfind('.').map_or("", |at| &file[at..])
}

fn base(path: &str) -> String {
    let path = path.replace('\\', "/");
    match path.trim_end_matches('/') {
        "" if path.is_empty() => ".".to_owned(),
        "" => "/".to_owned(),
        path => split(path).1.to_owned(),
    }
}

/// The path without empty parts, `.` and `..`.
pub(super) fn clean(path: &str) -> String {
    let path = path.replace('\\', "/");
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if rooted => {}
            _ => parts.push(part),
        }
    }
    match (rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

fn join(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        clean(&parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_gos() {
        for (path, expected) in [
            ("", "."),
            ("/", "/"),
            ("a/../b", "b"),
            ("../a", "../a"),
            ("/..", "/"),
            ("a//b/.", "a/b"),
        ] {
            assert_eq!(clean(path), expected, "{path}");
        }
        for (path, expected) in [("", "."), ("/", "/"), ("a/b/", "b"), ("b.md", "b.md")] {
            assert_eq!(base(path), expected, "{path}");
        }
        assert_eq!(extension("a.b/c"), "");
        assert_eq!(extension("a/c.tar.gz"), ".gz");
    }
}
