//! Codes for cameras (QR), drawn as SVG.

use std::fmt::Write as _;

use qrcode::{Color, QrCode};
use tera::{Kwargs, State, Value};

/// Light modules around a code; cameras do not find it without them.
const MARGIN: usize = 4;

/// `text | qr`: a picture of the code, safe; empty if the text is too long for a code, or holds the result of a call that
/// is put in later.
pub(super) fn qr(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    let later = text.contains(|c: char| c >= '\u{100000}');
    let code = if later || text.is_empty() {
        None
    } else {
        QrCode::new(text).ok()
    };
    Value::safe_string(&code.map(|code| drawn(&code)).unwrap_or_default())
}

/// Runs of dark modules are bars, on a light ground in both schemes, as cameras want it.
fn drawn(code: &QrCode) -> String {
    let side = code.width() + 2 * MARGIN;
    let mut bars = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = MARGIN;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(bars, "M{x} {}h{1}v1h-{1}z", y + MARGIN, run.len());
            }
            x += run.len();
        }
    }
    format!(
        r##"<svg class="qr-code" viewBox="0 0 {side} {side}" aria-hidden="true"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{bars}"/></svg>"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that the bars of a picture darken.
    fn dark(svg: &str, width: usize) -> Vec<bool> {
        let mut modules = vec![false; width * width];
        let bars = svg.rsplit(" d=\"").next().unwrap().split('"').next().unwrap();
        for bar in bars.split('M').filter(|bar| !bar.is_empty()) {
            let numbers: Vec<usize> = bar
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, length, ..] = numbers[..] else {
                panic!("{bar}")
            };
            for module in x..x + length {
                modules[(y - MARGIN) * width + module - MARGIN] = true;
            }
        }
        modules
    }

    #[test]
    fn the_picture_has_the_modules_of_the_code() {
        for text in ["x", "https://example.org/workshop/", "日本語の文字"] {
            let code = QrCode::new(text).unwrap();
            let expected: Vec<bool> = code
                .to_colors()
                .iter()
                .map(|color| *color == Color::Dark)
                .collect();
            assert_eq!(dark(&drawn(&code), code.width()), expected, "{text}");
        }
    }

    #[test]
    fn a_text_that_no_code_holds_has_no_picture() {
        assert!(QrCode::new("x".repeat(3000)).is_err());
    }
}
