//! Durations, in the notations of authors.

/// A unit by its names, and its minutes.
const UNITS: [(&[&str], f64); 3] = [
    (
        &[
            "m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "phút", "minuut", "分",
            "分間", "分钟", "分鐘", "분",
        ],
        1.0,
    ),
    (
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas", "heure",
            "heures", "giờ", "uur", "時間", "小时", "小時", "시간",
        ],
        60.0,
    ),
    (&["s", "sec", "secs", "second", "seconds", "秒"], 1.0 / 60.0),
];

/// Words before a time that make it approximate.
const ABOUT: [&str; 7] = ["about ", "approx. ", "ca. ", "circa ", "~", "≈", "約"];

/// Maximum number of minutes; more than that is a slip.
const MAX_MINUTES: f64 = 1e6;

/// Minutes of a text: `15`, `15m`, `20 min`, `1h 30m`, `1:30`, `1.5 hours`, `PT20M`, `30分`, `1時間30分`. Of a range
/// (`10–15 min`) the longer time counts, because a plan has to hold. `None` for a text that says something else as
/// well.
pub fn minutes(text: &str) -> Option<u32> {
    let text = text.trim();
    match text.split_once(['-', '–', '~', '〜', '～']) {
        Some((from, to)) if leading(from).is_some_and(|(_, rest)| rest.is_empty()) => whole(to),
        _ => whole(text),
    }
}

fn whole(text: &str) -> Option<u32> {
    let (minutes, rest) = leading(text)?;
    rest.is_empty().then_some(minutes)
}

/// Minutes at the beginning of a text, and the rest: `45m Lunch` is 45 and `Lunch`.
pub fn leading(text: &str) -> Option<(u32, &str)> {
    let mut rest = text.trim();
    for word in ABOUT {
        rest = strip_prefix(rest, word).unwrap_or(rest).trim_start();
    }
    let iso = strip_prefix(rest, "pt").filter(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    rest = iso.unwrap_or(rest);
    if let Some(found) = clock(rest) {
        return Some(found);
    }
    let mut total = 0.0;
    let mut any = false;
    while let Some((amount, after)) = number(rest) {
        let (factor, next) = unit(after);
        total += amount * factor;
        any = true;
        rest = next.trim_start();
    }
    let total = total.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked"
    )]
    (any && (0.0..=MAX_MINUTES).contains(&total)).then_some((total as u32, rest))
}

/// Hours and minutes with a colon, as in `1:30`, and the rest.
fn clock(text: &str) -> Option<(u32, &str)> {
    let (hours, rest) = text.split_once(':')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (minutes, rest) = rest.split_at(end);
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && f64::from(total) <= MAX_MINUTES).then_some((total, rest.trim_start()))
}

/// The number at the beginning of a text, and the rest.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

/// Minutes of the unit at the beginning of a text, and the rest. A number without unit counts minutes.
fn unit(text: &str) -> (f64, &str) {
    let begin = text.trim_start();
    let end = begin.find(|c: char| !c.is_alphabetic()).unwrap_or(begin.len());
    let word = &begin[..end];
    // Between unit and next word there is no blank in Chinese and Japanese.
    let fits = |name: &str| {
        if name.is_ascii() {
            word.eq_ignore_ascii_case(name)
        } else {
            word.starts_with(name)
        }
    };
    let named = UNITS
        .iter()
        .flat_map(|(names, factor)| names.iter().map(move |name| (*name, *factor)));
    let longest = named
        .filter(|(name, _)| fits(name))
        .max_by_key(|(name, _)| name.len());
    match longest {
        Some((name, factor)) => (factor, begin[name.len()..].trim_start_matches(['.', ','])),
        None => (1.0, text),
    }
}

fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// A time in words for messages: `1 h 15 min`, `40 min`.
pub fn spelled(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Returns true for a text that [`minutes`] does not take but that was meant as a time: a number, and a word that is
/// almost one of the units.
pub fn is_meant(text: &str) -> bool {
    let Some((_, after)) = number(text.trim()) else {
        return false;
    };
    let word = after.trim().trim_end_matches('.').to_lowercase();
    let units = UNITS.iter().flat_map(|(names, _)| names.iter().copied());
    word.chars().count() > 2 && crate::diag::nearest::nearest(&word, units).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_are_understood() {
        for (text, expected) in [
            ("15", 15),
            ("15m", 15),
            ("20 min.", 20),
            ("1h 30m", 90),
            ("1h30", 90),
            ("1 h, 30 min", 90),
            ("1:30", 90),
            ("1.5 hours", 90),
            ("30分", 30),
            ("1時間30分", 90),
            ("約 1 時間", 60),
            ("90s", 2),
            ("PT1H30M", 90),
            ("~20 Minuten", 20),
            ("10-15 min", 15),
            ("10 min – 1 h", 60),
        ] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_time() {
        for text in [
            "",
            "soon",
            "1:75",
            "2 days",
            ".",
            "99999999999h",
            "2024-02-03",
            "15m soon",
            "-5",
            "v1.2.3",
        ] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_may_stand_before_a_word() {
        for (text, expected) in [
            ("45m Lunch", (45, "Lunch")),
            ("45 Lunch", (45, "Lunch")),
            ("1h 15m  Lunch at noon", (75, "Lunch at noon")),
            ("45分ランチ", (45, "ランチ")),
            ("1:00 昼休み", (60, "昼休み")),
        ] {
            assert_eq!(leading(text), Some(expected), "{text}");
        }
        assert_eq!(leading("Lunch 45m"), None);
    }

    #[test]
    fn a_slip_in_the_unit_is_seen() {
        assert!(is_meant("20 mintues") && is_meant("2 huors"));
        assert!(!is_meant("2 days") && !is_meant("3 parts") && !is_meant("soon"));
    }
}
