//! Formulas in the text: nodes of MathML, or the source where it cannot be read.

use super::mathml;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::markup::dom::{By, Element, Node};

/// The formula `tex` written at `span`, in a block of its own when `display` is set. One that cannot be read is a
/// finding, and is shown as it is written.
pub(crate) fn node(tex: &str, display: bool, span: Option<Span>, diagnostics: &mut Diagnostics) -> Node {
    match mathml::to_mathml(tex, display) {
        Ok(mathml) if display => Element::new("div", By::Wsgen)
            .attr("class", "math")
            .with(vec![Node::Html(mathml)])
            .into(),
        Ok(mathml) => Node::Html(mathml),
        Err(error) => {
            let message = format!("the formula cannot be read: {}", error.message);
            diagnostics.push(Diagnostic::warning(Code::InvalidMath, span, message));
            Element::new("code", By::Wsgen)
                .attr("class", "math-source")
                .with(vec![Node::text(tex)])
                .into()
        }
    }
}
