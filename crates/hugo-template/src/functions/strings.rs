//! Texts: cutting, searching, replacing.

use super::{Args, Entry, Outcome};
use crate::cast;
use crate::error::Fault;
use crate::eval::Context;
use crate::title_case::first_upper;
use crate::value::{Safe, Value};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["lower", "strings.ToLower"], |_, args| {
        Ok(args.text(0)?.to_lowercase().into())
    }),
    (&["upper", "strings.ToUpper"], |_, args| {
        Ok(args.text(0)?.to_uppercase().into())
    }),
    (&["trim", "strings.Trim"], |_, args| {
        trim(args, |text, cut| text.trim_matches(cut))
    }),
    (&["strings.TrimLeft"], |_, args| {
        trim(&swapped(args)?.args(), |text, cut| text.trim_start_matches(cut))
    }),
    (&["strings.TrimRight"], |_, args| {
        trim(&swapped(args)?.args(), |text, cut| text.trim_end_matches(cut))
    }),
    (&["strings.TrimPrefix"], |_, args| {
        affix(args, |text, affix| text.strip_prefix(affix))
    }),
    (&["strings.TrimSuffix"], |_, args| {
        affix(args, |text, affix| text.strip_suffix(affix))
    }),
    (&["strings.TrimSpace"], |_, args| Ok(args.text(0)?.trim().into())),
    (&["chomp", "strings.Chomp"], chomp),
    (&["strings.Contains"], |_, args| {
        Ok(args.text(0)?.contains(&*args.text(1)?).into())
    }),
    (&["strings.ContainsAny"], |_, args| {
        let any = args.text(1)?;
        Ok(args.text(0)?.contains(|c| any.contains(c)).into())
    }),
    (&["strings.ContainsNonSpace"], |_, args| {
        Ok((!args.text(0)?.trim().is_empty()).into())
    }),
    (&["hasPrefix", "strings.HasPrefix"], |_, args| {
        Ok(args.text(0)?.starts_with(&*args.text(1)?).into())
    }),
    (&["hasSuffix", "strings.HasSuffix"], |_, args| {
        Ok(args.text(0)?.ends_with(&*args.text(1)?).into())
    }),
    (&["strings.Count"], count),
    (&["countrunes", "strings.CountRunes"], |_, args| {
        Ok(plain(args, 0)?
            .chars()
            .filter(|c| !c.is_whitespace())
            .count()
            .into())
    }),
    (&["strings.RuneCount"], |_, args| {
        Ok(args.text(0)?.chars().count().into())
    }),
    (&["countwords", "strings.CountWords"], |_, args| {
        Ok(count_words(&plain(args, 0)?).into())
    }),
    (&["replace", "strings.Replace"], replace),
    (&["strings.ReplacePairs"], replace_pairs),
    (&["split", "strings.Split"], split),
    (&["substr", "strings.Substr"], substr),
    (&["slicestr", "strings.SliceString"], slice_string),
    (&["strings.Repeat"], repeat),
    (&["strings.FirstUpper"], |_, args| {
        Ok(first_upper(&args.text(0)?).into())
    }),
];

/// Two arguments in the other order: `strings.TrimLeft CUTSET TEXT`.
struct Swapped([Value; 2]);

impl Swapped {
    fn args(&self) -> Args<'_> {
        Args::new(&self.0)
    }
}

fn swapped(args: &Args<'_>) -> Result<Swapped, Fault> {
    Ok(Swapped([args.value(1)?.clone(), args.value(0)?.clone()]))
}

fn trim(args: &Args<'_>, trimmed: for<'t> fn(&'t str, &[char]) -> &'t str) -> Outcome {
    let (text, cut) = (args.text(0)?, args.text(1)?);
    let cut: Vec<char> = cut.chars().collect();
    Ok(trimmed(&text, &cut).into())
}

/// `strings.TrimPrefix PREFIX TEXT`.
fn affix(args: &Args<'_>, strip: for<'t> fn(&'t str, &str) -> Option<&'t str>) -> Outcome {
    let (affix, text) = (args.text(0)?, args.text(1)?);
    Ok(strip(&text, &affix).unwrap_or(&text).into())
}

/// `chomp`: removes line breaks at the end; trusted markup stays trusted.
fn chomp(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let text = args.text(0)?;
    let text = text.trim_end_matches(['\n', '\r']);
    Ok(match args.value(0)? {
        Value::Safe(Safe::Html, _) => Value::html(text),
        _ => text.into(),
    })
}

/// `strings.Count PART TEXT`.
fn count(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (part, text) = (args.text(0)?, args.text(1)?);
    Ok(match part.is_empty() {
        true => text.chars().count() + 1,
        false => text.matches(&*part).count(),
    }
    .into())
}

fn plain(args: &Args<'_>, at: usize) -> Result<String, Fault> {
    Ok(super::html::strip_html(&args.text(at)?))
}

/// Number of words, where every wide character is one.
fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .map(|word| match word.contains(is_cjk) {
            true => word.chars().count(),
            false => 1,
        })
        .sum()
}

/// Characters of scripts that put no space between words: Han, Hangul, Hiragana and Katakana, by which Hugo counts.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11ff | 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// `replace TEXT OLD NEW [LIMIT]`.
fn replace(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (text, old, new) = (args.text(0)?, args.text(1)?, args.text(2)?);
    let most = match args.get(3) {
        Some(limit) => usize::try_from(cast::int(limit)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let hits = if old.is_empty() {
        text.len() + 1
    } else {
        text.matches(&*old).count()
    };
    cx.check_text_length(
        text.len()
            .saturating_add(hits.min(most).saturating_mul(new.len())),
    )?;
    Ok(text.replacen(&*old, &new, most).into())
}

/// `strings.ReplacePairs OLD NEW … TEXT`, or with one list of pairs: the first that matches at a place wins.
fn replace_pairs(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (last, before) = args
        .all()
        .split_last()
        .ok_or_else(|| Fault::failed("wants a text"))?;
    let pairs: Vec<Value> = before
        .iter()
        .flat_map(|value| match value {
            Value::List(list) => list.items().to_vec(),
            other => vec![other.clone()],
        })
        .collect();
    let pairs = Args::new(&pairs).texts()?;
    if !pairs.len().is_multiple_of(2) {
        return Err(Fault::failed("wants pairs"));
    }
    let text = cast::text(last)?;
    let mut out = String::new();
    let mut rest = &*text;
    while !rest.is_empty() {
        let hit = pairs
            .chunks_exact(2)
            .find(|pair| !pair[0].is_empty() && rest.starts_with(&pair[0]));
        let taken = match hit {
            Some(pair) => {
                out.push_str(&pair[1]);
                pair[0].len()
            }
            None => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                out.push_str(&rest[..length]);
                length
            }
        };
        rest = &rest[taken..];
        cx.check_text_length(out.len())?;
    }
    Ok(out.into())
}

fn split(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    /// Parts that one step pays for.
    const PER_STEP: u64 = 16;
    let (text, at) = (args.text(0)?, args.text(1)?);
    let parts = match at.is_empty() {
        true => text.len(),
        false => text.matches(&*at).count(),
    };
    cx.charge(parts as u64 / PER_STEP)?;
    Ok(match at.is_empty() {
        true => Value::texts(text.chars().map(|c| c.to_string())),
        false => Value::texts(text.split(&*at)),
    })
}

/// `substr TEXT START [LENGTH]` in characters; negative numbers count from the end.
fn substr(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let text = args.text(0)?;
    let total = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let from_end = |at: i64| {
        if at < 0 {
            total.saturating_add(at).max(0)
        } else {
            at
        }
    };
    let start = from_end(args.int(1)?);
    let end = match args.get(2).map(cast::int).transpose()? {
        None => total,
        Some(length) if length < 0 => total.saturating_add(length),
        Some(length) => start.saturating_add(length),
    };
    let range = |at: i64| usize::try_from(at).unwrap_or(0);
    Ok(text
        .chars()
        .skip(range(start))
        .take(range(end.saturating_sub(start)))
        .collect::<String>()
        .into())
}

/// `slicestr TEXT [START [END]]` in characters.
fn slice_string(_: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let text = args.text(0)?;
    let total = text.chars().count();
    let bound = |at: usize, other: usize| -> Result<usize, Fault> {
        match args.get(at).map(cast::int).transpose()? {
            None => Ok(other),
            Some(bound) => usize::try_from(bound)
                .ok()
                .filter(|bound| *bound <= total)
                .ok_or_else(|| Fault::failed("slice bounds out of range")),
        }
    };
    let (start, end) = (bound(1, 0)?, bound(2, total)?);
    Ok(text
        .chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect::<String>()
        .into())
}

/// `strings.Repeat COUNT TEXT`.
fn repeat(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let count = usize::try_from(args.int(0)?).map_err(|_| Fault::failed("a negative count"))?;
    let text = args.text(1)?;
    cx.check_text_length(text.len().saturating_mul(count))?;
    Ok(text.repeat(count).into())
}
