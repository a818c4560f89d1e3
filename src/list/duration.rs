//! How long something takes, in the ways that authors write it.

/// Minutes of a text: `15`, `15m`, `20 min`, `1h 30m`, `1:30`, `1.5 hours`, `30分`, `1時間30分`. Nothing for a text that
/// says something else as well.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        return (minutes < 60).then(|| hours.checked_mul(60)?.checked_add(minutes))?;
    }
    let mut rest = text.as_str();
    let mut total = 0.0;
    while !rest.is_empty() {
        let (amount, after) = number(rest)?;
        let after = after.trim_start();
        let end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        total += amount * factor(unit.trim().trim_end_matches(['.', ',']).trim_end())?;
        rest = next;
    }
    let whole = total.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked"
    )]
    (!text.is_empty() && (0.0..=1e6).contains(&whole)).then_some(whole as u32)
}

/// The number at the beginning of a text, and what follows it.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

/// Minutes of a unit.
fn factor(unit: &str) -> Option<f64> {
    match unit {
        "" | "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "分" | "分間" | "분" => Some(1.0),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "時間" | "小时" | "시간" => {
            Some(60.0)
        }
        "s" | "sec" | "seconds" | "秒" => Some(1.0 / 60.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn the_usual_ways_are_understood() {
        for (text, expected) in [
            ("15", 15),
            ("15m", 15),
            ("20 min.", 20),
            ("1h 30m", 90),
            ("1h30", 90),
            ("1:30", 90),
            ("1.5 hours", 90),
            ("30分", 30),
            ("1時間30分", 90),
            ("90s", 2),
        ] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_time() {
        for text in ["", "soon", "10-15 min", "1:75", "2 days", ".", "99999999999h"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
