//! TeX formulas as MathML, which browsers show without script or font.

use std::ops::Range;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, ParserError, Storage, push_mathml};

use crate::guard::guarded;

/// A formula that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathError {
    /// Description of the mistake, one line.
    pub message: String,
    /// Byte range in the formula, if known.
    pub range: Option<Range<usize>>,
}

/// The formula `tex` as a `<math>` element, in a block of its own when `display` is set.
pub fn to_mathml(tex: &str, display: bool) -> Result<String, MathError> {
    const MAX_BYTES: usize = 20_000;
    if tex.len() > MAX_BYTES {
        return Err(plain_error("the formula is too long"));
    }
    // The parser asserts what odd input can break; a formula must not cost the build.
    guarded(|| convert(tex, display)).unwrap_or_else(|_| Err(plain_error("the formula cannot be read")))
}

fn convert(tex: &str, display: bool) -> Result<String, MathError> {
    let storage = Storage::new();
    let events: Vec<Event<'_>> = Parser::new(tex, &storage)
        .collect::<Result<_, _>>()
        .map_err(|error| explain(&error, tex))?;
    let config = RenderConfig {
        display_mode: if display {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events.into_iter().map(Ok::<_, ParserError>), config)
        .map_err(|error| plain_error(&error.to_string()))?;
    Ok(mathml)
}

fn plain_error(message: &str) -> MathError {
    MathError {
        message: message.to_owned(),
        range: None,
    }
}

fn explain(error: &ParserError, tex: &str) -> MathError {
    let text = error.to_string();
    let message = text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("parsing error: ");
    MathError {
        message: message.replace("unkown", "unknown"),
        range: quoted_place(&text, tex),
    }
}

/// The parser tells its place only by a picture, at the end of which a line quotes some bytes around it.
fn quoted_place(picture: &str, tex: &str) -> Option<Range<usize>> {
    let line = picture.lines().rev().nth(2)?.strip_prefix('│')?;
    let quote = line.strip_prefix('…').or_else(|| line.strip_prefix(' '))?.trim();
    let mut found = tex.match_indices(quote).map(|(at, _)| at..at + quote.len());
    let first = found.next().filter(|_| !quote.is_empty())?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_mathml() {
        let inline = to_mathml(r"x^2", false).unwrap();
        assert!(
            inline.starts_with("<math") && inline.contains("<msup>") && !inline.contains("display=\"block\"")
        );
        assert!(
            to_mathml(r"\sum_{i=1}^n i", true)
                .unwrap()
                .contains("display=\"block\"")
        );
    }

    #[test]
    fn text_in_formulas_is_escaped() {
        let mathml = to_mathml(r"\text{<script>&} < 日本", false).unwrap();
        assert!(!mathml.contains("<script>") && mathml.contains("日"));
    }

    #[test]
    fn mistakes_are_told_in_one_line() {
        for tex in [
            r"\nosuch",
            r"\frac{1}",
            "{",
            "}",
            r"\begin{nosuch}x\end{nosuch}",
            "x^1^2",
            "$",
            "#",
        ] {
            let error = to_mathml(tex, false).expect_err(tex);
            assert!(
                !error.message.is_empty() && !error.message.contains('\n'),
                "{tex}: {error:?}"
            );
        }
    }

    #[test]
    fn a_mistake_in_a_long_formula_has_its_place() {
        let tex = "a = b + c + d + e + f \\\\\n g = \\nosuch{h} + i + j + k + l + m + n";
        let range = to_mathml(tex, true).unwrap_err().range.unwrap();
        assert!(
            tex[range.clone()].contains("nosuch") && range.len() < 30,
            "{range:?}"
        );
    }

    #[test]
    fn deep_and_long_formulas_do_no_harm() {
        for tex in [
            "{".repeat(9_000),
            r"\sqrt{".repeat(3_000),
            r"\left(".repeat(3_000),
            "x^{".repeat(6_000),
            "x".repeat(30_000),
        ] {
            let _ = to_mathml(&tex, true);
        }
        let nested = format!("{}x{}", "{".repeat(9_000), "}".repeat(9_000));
        let _ = to_mathml(&nested, true);
    }

    proptest! {
        #[test]
        fn any_text_gives_mathml_or_a_mistake_inside_it(tex in "(\\PC|[\\\\{}^_&$#]|\\\\(frac|sqrt|left|right|begin|text|def|color)){0,30}") {
            if let Err(MathError { range: Some(range), .. }) = to_mathml(&tex, false) {
                prop_assert!(tex.get(range).is_some());
            }
        }
    }
}
