//! Fields about time: the duration of a page, and the break after it.
//!
//! Other sites use keys such as `time` for other things, so a value that is no time is left alone, unless it is one
//! with a slip in it.

use spanned_data::{Data, Entry, Map};

use super::fields::Fields;
use crate::diag::{Code, Diagnostic, Span};
use crate::duration;
use crate::parse::Pause;

/// Keys for the duration of a page; the first with a duration counts.
const KEYS: [&str; 3] = ["duration", "time", "minutes"];

/// The entry with the duration of a page, and its minutes.
pub fn duration_entry(values: &Map) -> Option<(&Entry, u32)> {
    KEYS.iter().find_map(|key| {
        let entry = values.entry(key)?;
        // `time: 14:00` is a time of the day.
        let text = simple(entry).filter(|text| *key != "time" || !text.contains(':'))?;
        let minutes = duration::minutes(&text).filter(|minutes| *minutes > 0)?;
        Some((entry, minutes))
    })
}

/// Minutes that a page takes.
pub(super) fn duration(fields: &mut Fields<'_>) -> Option<u32> {
    let found = duration_entry(fields.values).map(|(_, minutes)| minutes);
    if found.is_none() {
        for key in KEYS {
            slip(fields, key);
        }
    }
    found
}

/// The break after a page: `break: 15m`, `break: 45m Lunch`.
pub(super) fn pause(fields: &mut Fields<'_>) -> Option<Pause> {
    let text = fields.values.entry("break").and_then(simple)?;
    match duration::leading(&text) {
        Some((minutes, title)) if minutes > 0 => Some(Pause {
            minutes,
            title: title.to_owned(),
        }),
        _ => {
            slip(fields, "break");
            None
        }
    }
}

/// The text of a value that is text or a number.
fn simple(entry: &Entry) -> Option<String> {
    let simple = matches!(entry.value.data, Data::Str(_) | Data::Int(_) | Data::Float(_));
    simple.then(|| entry.value.to_string())
}

fn slip(fields: &mut Fields<'_>, key: &str) {
    let values = fields.values;
    let Some(entry) = values.entry(key) else { return };
    if !simple(entry).is_some_and(|text| duration::is_meant(&text)) {
        return;
    }
    let span = Span::new(fields.file, entry.value.span.start, entry.value.span.end);
    let message = format!("`{}` is not a time; it is left out", entry.written);
    let finding = Diagnostic::warning(Code::InvalidValue, span, message);
    fields
        .diagnostics
        .push(finding.help("write it as `20m`, `1h 30m` or a number of minutes"));
}
