//! Parts of files: lines by their numbers, and regions between markers in comments.
//!
//! A region begins below a line such as `// region handler` and ends above `// endregion`, in whatever way the file writes
//! comments. Markers are in no part.

use std::ops::Range;

use crate::diag::nearest;

/// A part of a file that is not there, or a mistake in its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lack {
    /// The lines are no lines: `3-12`, `7`, `3-`.
    Unreadable,
    /// The file ends before these lines; its number of lines.
    Short(usize),
    /// No region has the name; the nearest name, and all names.
    Unknown(Option<String>, Vec<String>),
    /// The region has no end.
    Open,
}

/// The part of `text`, without the white space that all its lines begin with.
pub(super) fn excerpt(text: &str, region: Option<&str>, lines: Option<&str>) -> Result<String, Lack> {
    let mut part: Vec<&str> = text.lines().collect();
    if let Some(name) = region {
        part = part[range_of(&part, name)?].to_vec();
    }
    if let Some(lines) = lines {
        let range = numbers(lines, part.len()).ok_or(Lack::Unreadable)?;
        part = part.get(range).ok_or(Lack::Short(part.len()))?.to_vec();
    }
    part.retain(|line| marker(line).is_none());
    Ok(dedented(&part))
}

/// The lines between the markers of a region.
fn range_of(lines: &[&str], name: &str) -> Result<Range<usize>, Lack> {
    let starts = |line: &&str| marker(line) == Some(Marker::Start(name));
    let Some(start) = lines.iter().position(starts) else {
        let names = lines.iter().filter_map(|line| match marker(line) {
            Some(Marker::Start(name)) => Some(name.to_owned()),
            _ => None,
        });
        let names: Vec<String> = names.collect();
        let near = nearest::nearest(name, names.iter().map(String::as_str));
        return Err(Lack::Unknown(near.map(str::to_owned), names));
    };
    let mut depth = 0;
    for (nth, line) in lines.iter().enumerate().skip(start + 1) {
        match marker(line) {
            Some(Marker::Start(_)) => depth += 1,
            // An end with a name ends that region, whatever is open in it.
            Some(Marker::End(ended)) if ended == name || (ended.is_empty() && depth == 0) => {
                return Ok(start + 1..nth);
            }
            Some(Marker::End(_)) => depth -= 1,
            None => {}
        }
    }
    Err(Lack::Open)
}

/// `3-12`, `7`, `3-`: lines counted from 1.
fn numbers(lines: &str, count: usize) -> Option<Range<usize>> {
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    let first: usize = first.trim().parse().ok()?;
    let last = match last.trim() {
        "" => count.max(first),
        last => last.parse().ok()?,
    };
    (first > 0 && first <= last).then(|| first - 1..last)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker<'a> {
    Start(&'a str),
    End(&'a str),
}

/// The marker that a line is: a comment, or what C# and Visual Basic have, with `region NAME` or `endregion` alone in it.
fn marker(line: &str) -> Option<Marker<'_>> {
    const OPENINGS: [&str; 10] = ["//", "/*", "<!--", "--", "#", ";", "%", "'", "(*", "{-"];
    const CLOSINGS: [&str; 4] = ["*/", "-->", "*)", "-}"];
    let line = line.trim();
    let opening = OPENINGS.iter().find(|opening| line.starts_with(**opening))?;
    let inner = line[opening.len()..].trim_start_matches(['/', '#', '*', ' ', '\t']);
    let inner = CLOSINGS
        .iter()
        .find_map(|closing| inner.strip_suffix(closing))
        .unwrap_or(inner)
        .trim();
    let mut words = inner.split_whitespace();
    let found = match (words.next()?.to_lowercase().as_str(), words.next()) {
        ("region", Some(name)) => Marker::Start(name),
        ("endregion", name) => Marker::End(name.unwrap_or_default()),
        _ => return None,
    };
    words.next().is_none().then_some(found)
}

/// The lines without the white space that all of them begin with, and without empty ones around them.
fn dedented(lines: &[&str]) -> String {
    let is_blank = |line: &&str| line.trim().is_empty();
    let mut margin: Option<&str> = None;
    for line in lines.iter().filter(|line| !is_blank(line)) {
        let own = &line[..line.len() - line.trim_start().len()];
        let shared = margin.map_or(own.len(), |margin| {
            own.bytes()
                .zip(margin.bytes())
                .take_while(|(a, b)| a == b)
                .count()
        });
        margin = own.get(..shared).or(Some(""));
    }
    let margin = margin.unwrap_or_default();
    let cut: Vec<&str> = lines
        .iter()
        .map(|line| line.strip_prefix(margin).unwrap_or_default().trim_end())
        .collect();
    cut.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GO: &str = "package main\n\n// region all\nfunc a() {\n\t// region inner\n\tx()\n\n\t\ty()\n\t// endregion\n}\n// endregion\n";

    #[test]
    fn markers_are_comments_of_any_language() {
        for (line, expected) in [
            ("// region a", Some(Marker::Start("a"))),
            ("  # region a", Some(Marker::Start("a"))),
            ("#region a", Some(Marker::Start("a"))),
            ("//#region a", Some(Marker::Start("a"))),
            ("/* region a-b */", Some(Marker::Start("a-b"))),
            ("<!-- region a -->", Some(Marker::Start("a"))),
            ("-- region a", Some(Marker::Start("a"))),
            ("; endregion", Some(Marker::End(""))),
            ("# endregion a", Some(Marker::End("a"))),
            ("// region of the world", None),
            ("region a", None),
            ("// the region a", None),
            ("// regional a", None),
            ("x() // region a", None),
        ] {
            assert_eq!(marker(line), expected, "{line}");
        }
    }

    #[test]
    fn regions_are_dedented_and_have_no_markers() {
        assert_eq!(
            excerpt(GO, Some("all"), None).as_deref(),
            Ok("func a() {\n\tx()\n\n\t\ty()\n}")
        );
        assert_eq!(excerpt(GO, Some("inner"), None).as_deref(), Ok("x()\n\n\ty()"));
        assert_eq!(
            excerpt("# region a\n  1\n \t2\n# endregion\n", Some("a"), None).as_deref(),
            Ok(" 1\n\t2")
        );
        assert_eq!(
            excerpt(
                "# region a\n1\n# region b\n2\n# endregion a\n3\n# endregion b\n",
                Some("b"),
                None
            )
            .as_deref(),
            Ok("2\n3")
        );
    }

    #[test]
    fn lines_are_counted_from_one() {
        for (lines, expected) in [
            ("1", Ok("package main")),
            ("4-6", Ok("func a() {\n\tx()")),
            ("10-", Ok("}")),
            ("11-12", Err(Lack::Short(11))),
            ("12-", Err(Lack::Short(11))),
            ("0-2", Err(Lack::Unreadable)),
            ("5-4", Err(Lack::Unreadable)),
            ("a", Err(Lack::Unreadable)),
            ("", Err(Lack::Unreadable)),
        ] {
            assert_eq!(
                excerpt(GO, None, Some(lines)),
                expected.map(str::to_owned),
                "{lines}"
            );
        }
        assert_eq!(
            excerpt(GO, Some("all"), Some("3-5")).as_deref(),
            Ok("x()\n\n\ty()")
        );
    }

    #[test]
    fn the_nearest_name_is_told_where_a_region_is_gone() {
        let names = vec!["all".to_owned(), "inner".to_owned()];
        assert_eq!(
            excerpt(GO, Some("iner"), None),
            Err(Lack::Unknown(Some("inner".to_owned()), names))
        );
        assert_eq!(excerpt("// region a\n1\n", Some("a"), None), Err(Lack::Open));
    }
}
