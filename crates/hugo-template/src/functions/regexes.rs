//! `findRE`, `replaceRE` and their like. Go's syntax of regular expressions is the one of the `regex` crate.

use super::{Args, Entry, Outcome};
use crate::cast;
use crate::error::Fault;
use crate::eval::Context;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["findRE", "strings.FindRE"], find),
    (&["findRESubmatch", "strings.FindRESubmatch"], find_submatch),
    (&["replaceRE", "strings.ReplaceRE"], replace),
];

fn limit(args: &Args<'_>, at: usize) -> Result<usize, Fault> {
    let limit = args.get(at).map(cast::int).transpose()?;
    Ok(limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX))
}

/// `findRE PATTERN TEXT [LIMIT]`.
fn find(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let regex = cx.regex(&args.text(0)?)?;
    let text = args.text(1)?;
    Ok(Value::texts(
        regex
            .find_iter(&text)
            .take(limit(args, 2)?)
            .map(|hit| hit.as_str()),
    ))
}

/// `findRESubmatch PATTERN TEXT [LIMIT]`.
fn find_submatch(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let regex = cx.regex(&args.text(0)?)?;
    let text = args.text(1)?;
    let hits = regex.captures_iter(&text).take(limit(args, 2)?);
    let groups =
        hits.map(|hit| Value::texts(hit.iter().map(|group| group.map_or("", |group| group.as_str()))));
    Ok(Value::list(groups.collect()))
}

/// `replaceRE PATTERN REPLACEMENT TEXT [LIMIT]`.
fn replace(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let regex = cx.regex(&args.text(0)?)?;
    let (replacement, text) = (args.text(1)?, args.text(2)?);
    let most = limit(args, 3)?;
    let mut out = String::new();
    let mut copied = 0;
    for hit in regex.captures_iter(&text).take(most) {
        let Some(whole) = hit.get(0) else { continue };
        out.push_str(&text[copied..whole.start()]);
        hit.expand(&replacement, &mut out);
        copied = whole.end();
        cx.check_text_length(out.len())?;
    }
    out.push_str(&text[copied..]);
    Ok(out.into())
}
