//! Widths of texts, for boxes that hold them on every system.
//!
//! Nobody knows the reader's font while building. So a text is as wide as in DejaVu Sans, the widest of those that
//! `system-ui` stands for, and a little wider.

use merman::svg::TextStyle;
use unicode_width::UnicodeWidthChar;

/// Widths from the space to the tilde, in hundredths of the font's size.
const ASCII: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63,
    61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97,
    63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/// Letters of other alphabets, nearly all of which are narrower.
const LETTER: f64 = 0.72;
/// The factor by which bold letters are wider.
const BOLD: f64 = 1.12;
/// Fonts that are wider still, and spaces that browsers add between scripts.
const SLACK: f64 = 1.06;

/// Width of `text` in pixels.
pub(super) fn width(text: &str, style: &TextStyle) -> f64 {
    let ems: f64 = text.chars().map(ems).sum();
    ems * style.font_size.max(1.0) * SLACK * if is_bold(style) { BOLD } else { 1.0 }
}

fn ems(c: char) -> f64 {
    match (c, c.width()) {
        (' '..='~', _) => f64::from(ASCII[c as usize - ' ' as usize]) / 100.0,
        (_, None | Some(0)) => 0.0,
        (_, Some(1)) if c.is_alphabetic() => LETTER,
        _ => 1.0,
    }
}

fn is_bold(style: &TextStyle) -> bool {
    let weight = style.font_weight.as_deref().unwrap_or_default();
    weight.starts_with("bold") || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, weight: Option<&str>) -> f64 {
        let style = TextStyle {
            font_size: 100.0,
            font_weight: weight.map(str::to_owned),
            ..TextStyle::default()
        };
        width(text, &style)
    }

    #[test]
    fn each_script_has_its_width() {
        assert!((of("W", None) - 99.0 * 1.06).abs() < 0.01);
        assert!((of("漢字", None) - 212.0).abs() < 0.01);
        assert!((of("é", None) - 72.0 * 1.06).abs() < 0.01);
        assert!(of("\u{301}\u{200b}", None).abs() < 0.01);
        assert!(of("W", Some("bold")) > of("W", Some("400")));
        assert!(of("W", Some("700")) > of("W", None));
    }
}
