//! Formulas in the text: nodes of MathML, or the source where it cannot be read.

use std::ops::Range;

use super::mathml::{self, Display, MathError};
use crate::budget;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::markup::dom::{By, Element, Node};

/// The text in which a formula is written, and its place.
pub(crate) struct Written<'s> {
    pub(crate) text: &'s str,
    pub(crate) span: Option<Span>,
    /// The place of a range of the text.
    pub(crate) place: &'s dyn Fn(Range<usize>) -> Option<Span>,
}

impl Written<'_> {
    /// The finding about a formula that cannot be read, at the part that is wrong; or about the limit that it crosses,
    /// which is told once.
    pub(crate) fn finding(&self, tex: &str, error: &MathError) -> Option<Diagnostic> {
        if budget::over().is_some() {
            return budget::finding(self.span, &[]);
        }
        let part = error.range.clone().and_then(|range| self.part(tex, range));
        let span = part.and_then(self.place).or(self.span);
        let message = format!("the formula cannot be read: {}", error.message);
        Some(Diagnostic::warning(Code::InvalidMath, span, message))
    }

    /// The range in the text of a range of the formula. What stood around and between its lines may be gone.
    fn part(&self, tex: &str, range: Range<usize>) -> Option<Range<usize>> {
        if let Some(at) = self.text.find(tex) {
            return Some(at + range.start..at + range.end);
        }
        let part = tex.get(range).filter(|part| !part.is_empty())?;
        self.text.find(part).map(|at| at..at + part.len())
    }
}

/// The formula `tex`. One that cannot be read is a finding, and is shown as
/// it is written.
pub(crate) fn node(
    tex: &str,
    display: Display,
    written: &Written<'_>,
    diagnostics: &mut Diagnostics,
) -> Node {
    match mathml::to_mathml(tex, display) {
        Ok(mathml) if display == Display::Block => Element::new("div", By::Wsgen)
            .attr("class", "math")
            .with(vec![Node::Html(mathml)])
            .into(),
        Ok(mathml) => Node::Html(mathml),
        Err(error) => {
            diagnostics.extend(written.finding(tex, &error));
            Element::new("code", By::Wsgen)
                .attr("class", "math-source")
                .with(vec![Node::text(tex)])
                .into()
        }
    }
}

/// The formula in `text` without delimiters around it, and the place that they stand for.
pub(crate) fn without_delimiters(text: &str) -> (&str, Option<Display>) {
    const DELIMITERS: [(&str, &str, Display); 4] = [
        ("$$", "$$", Display::Block),
        (r"\[", r"\]", Display::Block),
        ("$", "$", Display::Inline),
        (r"\(", r"\)", Display::Inline),
    ];
    let tex = text.trim();
    let inner = DELIMITERS.iter().find_map(|(open, close, display)| {
        let inner = tex.strip_prefix(open)?.strip_suffix(close)?;
        // Two formulas in a row are not one between the first and the last delimiter.
        (!inner.contains(open)).then_some((inner.trim(), Some(*display)))
    });
    inner.unwrap_or((tex, None))
}

/// The formula that a script finds on a page after Markdown has taken the backslashes before punctuation away: `\_` is
/// `_`, and `\\{` is `\{`. What is TeX without that stays, such as `\\` before a new line.
pub(crate) fn after_markdown(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let braces = tex.matches(r"\\{").count() == tex.matches(r"\\}").count();
    let mut texts = Texts::default();
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let (text, length) = if let Some(next) = rest.strip_prefix(r"\\") {
            match next.chars().next() {
                Some('\\') if next.starts_with(r"\\") => (r"\\", 4),
                Some('{' | '}') if braces => (r"\", 2),
                Some(',' | ';' | '!' | ':' | '|' | '%' | '#') => (r"\", 2),
                _ => (r"\\", 2),
            }
        } else if rest.starts_with(r"\_") && !texts.is_inside() {
            ("_", 2)
        } else if rest.starts_with(r"\*") {
            ("*", 2)
        } else {
            let escaped = (c == '\\').then(|| rest[1..].chars().next()).flatten();
            let length = c.len_utf8() + escaped.map_or(0, char::len_utf8);
            (&rest[..length], length)
        };
        texts.pass(&out, text);
        out.push_str(text);
        rest = &rest[length..];
    }
    out
}

/// The groups around a place of a formula that hold words, where an underscore is a letter.
#[derive(Default)]
struct Texts {
    /// One entry for each group that is open.
    groups: Vec<bool>,
}

impl Texts {
    fn is_inside(&self) -> bool {
        self.groups.contains(&true)
    }

    /// Takes note of `token`, which stands behind `before`.
    fn pass(&mut self, before: &str, token: &str) {
        const NAMES: [&str; 5] = [r"\text", r"\texttt", r"\textrm", r"\textbf", r"\mbox"];
        match token {
            "{" => self.groups.push(NAMES.iter().any(|name| before.ends_with(name))),
            "}" => {
                self.groups.pop();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_around_a_formula_are_none_of_it() {
        assert_eq!(without_delimiters("\n$$\na\n$$\n"), ("a", Some(Display::Block)));
        assert_eq!(without_delimiters(r"\[ a \]"), ("a", Some(Display::Block)));
        assert_eq!(without_delimiters("$a$"), ("a", Some(Display::Inline)));
        assert_eq!(without_delimiters("$a$ and $b$"), ("$a$ and $b$", None));
        assert_eq!(without_delimiters("$"), ("$", None));
        assert_eq!(without_delimiters("a"), ("a", None));
    }

    #[test]
    fn escapes_of_markdown_are_taken_away_and_those_of_tex_stay() {
        for (tex, expected) in [
            (r"a\_1 + b\_2", r"a_1 + b_2"),
            (r"\\{ x \\}", r"\{ x \}"),
            (r"a \\\\ b", r"a \\ b"),
            (r"a\*b", r"a*b"),
            (r"x\\,y", r"x\,y"),
            (r"\text{a\_b}_1", r"\text{a\_b}_1"),
            (
                r"\begin{cases} a \\ b \end{cases}",
                r"\begin{cases} a \\ b \end{cases}",
            ),
            (r"a \\{b}", r"a \\{b}"),
            (r"\{ x \} \alpha", r"\{ x \} \alpha"),
        ] {
            assert_eq!(after_markdown(tex), expected);
        }
    }
}
