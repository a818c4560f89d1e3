//! Code blocks are highlighted, diagrams checked, formulas set.

use crate::body::{Uses, diagram};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::highlight::options::{self, Fence};
use crate::highlight::{Lines, Wrap, write_code};
use crate::markdown::mathml::Display;
use crate::markdown::{formula, mathml};
use crate::markup::code_block::{CodeBlock, CodeKind, Placeholder};
use crate::markup::dom::{By, Element, Node, escape_attr, escape_text, write_nodes, write_open};
use crate::markup::places::Place;
use crate::shortcodes::BodyContext;

/// Treats every code block that is not finished.
pub(crate) fn apply(
    nodes: &mut [Node],
    cx: &BodyContext<'_>,
    uses: &mut Uses,
    diagnostics: &mut Diagnostics,
) {
    let mut pass = Pass {
        cx,
        uses,
        diagnostics,
        ordinal: 0,
    };
    pass.nodes(nodes);
}

struct Pass<'a> {
    cx: &'a BodyContext<'a>,
    uses: &'a mut Uses,
    diagnostics: &'a mut Diagnostics,
    ordinal: usize,
}

impl Pass<'_> {
    fn nodes(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            match node {
                Node::Element(element) => {
                    if element.name == "pre" && element.has_class("mermaid") {
                        self.uses.mermaid = true;
                    }
                    let before = *self.uses;
                    self.nodes(&mut element.children);
                    if element.withheld().is_some() {
                        *self.uses = before;
                    }
                }
                Node::Code(code) if code.rendered.is_none() => {
                    if let Some(other) = self.block(code) {
                        *node = other;
                    }
                }
                _ => {}
            }
        }
    }

    /// Highlights the block, or returns its replacement.
    fn block(&mut self, code: &mut CodeBlock) -> Option<Node> {
        if code.kind == CodeKind::Indented {
            code.rendered = Some(indented(code));
            return None;
        }
        let (fence, problems) = options::parse_info(&code.info);
        for problem in problems {
            let span = code
                .info_span
                .map(|span| within(self.cx.text(span.file), span, &code.info, &problem.range));
            self.diagnostics.push(Diagnostic::warning(
                Code::InvalidFenceOptions,
                span,
                problem.message,
            ));
        }
        if code.kind == CodeKind::Inline {
            self.inline(code, &fence);
            return None;
        }
        match fence.language.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("mermaid") => Some(self.diagram(code, &fence)),
            Some("math" | "katex") => Some(self.formula(code)),
            _ => {
                self.highlight(code, &fence);
                None
            }
        }
    }

    fn diagram(&mut self, code: &CodeBlock, fence: &Fence) -> Node {
        self.uses.mermaid = true;
        if self.cx.config.wsgen.check_diagrams
            && let Some(error) = diagram::check(&code.text, self.cx.highlighter.cache())
        {
            let span = error.range.and_then(|range| code.span_of(range)).or(code.span);
            let message = format!("the diagram has a syntax error: {}", error.message);
            self.diagnostics
                .push(Diagnostic::warning(Code::InvalidDiagram, span, message));
        }
        let pre = Element::new("pre", By::Wsgen)
            .attr("class", "mermaid")
            .attr("tabindex", "0");
        let pre = pre.with(code.nodes()).into();
        match self.side(code, fence) {
            Some(side) => Element::new("div", By::Wsgen)
                .attr("class", format!("align-{side}"))
                .with(vec![pre])
                .into(),
            None => pre,
        }
    }

    /// The side at which a diagram stands. In the middle it needs no frame.
    fn side(&mut self, code: &CodeBlock, fence: &Fence) -> Option<&'static str> {
        let (_, align) = fence.attributes.iter().find(|(name, _)| name == "align")?;
        match align.to_lowercase().as_str() {
            "left" => Some("left"),
            "right" => Some("right"),
            "center" => None,
            _ => {
                let message = format!("`align` is `left`, `center` or `right`, not `{align}`");
                let finding = Diagnostic::warning(Code::InvalidFenceOptions, code.info_span, message);
                self.diagnostics.push(finding);
                None
            }
        }
    }

    fn formula(&mut self, code: &CodeBlock) -> Node {
        let (tex, _) = formula::without_delimiters(&code.text);
        match mathml::to_mathml(tex, Display::Block) {
            Ok(mathml) => {
                self.uses.math = true;
                Element::new("div", By::Wsgen)
                    .attr("class", "math")
                    .with(vec![Node::Html(mathml)])
                    .into()
            }
            Err(error) => {
                let written = formula::Written {
                    text: &code.text,
                    span: code.span,
                    place: &|part| code.span_of(part),
                };
                self.diagnostics.extend(written.finding(tex, &error));
                let pre = Element::new("pre", By::Wsgen)
                    .attr("class", "math-source")
                    .attr("tabindex", "0");
                pre.with(vec![Node::text(code.text.as_str())]).into()
            }
        }
    }

    fn highlight(&mut self, code: &mut CodeBlock, fence: &Fence) {
        let site = &self.cx.config.markup.highlight;
        let language = fence
            .language
            .as_deref()
            .filter(|_| site.code_fences || code.kind == CodeKind::Shortcode);
        let tokens = language.and_then(|language| self.cx.highlighter.tokens(language, &code.text));
        let lines = fence.options.lines(site, tokens.is_some(), self.ordinal);
        self.ordinal += 1;
        self.uses.code = true;
        let mut out = String::with_capacity(code.text.len() * 2);
        code.ids = open(&mut out, fence);
        let wraps = wraps(&code.placeholders);
        let ids = write_code(
            &mut out,
            &code.text,
            tokens.as_ref(),
            &lines,
            &wraps,
            |out, text| {
                escape_text(text, out);
            },
        );
        code.ids.extend(ids);
        out.push_str("</code></pre></div>\n");
        code.rendered = Some(out);
    }

    /// Code in a line of text has no lines of its own, and no frame.
    fn inline(&mut self, code: &mut CodeBlock, fence: &Fence) {
        self.uses.code = true;
        let language = fence.language.as_deref().unwrap_or_default();
        let tokens = self.cx.highlighter.tokens(language, &code.text);
        let element =
            Element::new("code", By::Wsgen).attr("class", format!("code-inline language-{language}"));
        let mut out = String::new();
        write_open(&element, &mut out, &mut Vec::new());
        write_code(
            &mut out,
            &code.text,
            tokens.as_ref(),
            &Lines::default(),
            &wraps(&code.placeholders),
            |out, text| {
                escape_text(text, out);
            },
        );
        out.push_str("</code>");
        code.rendered = Some(out);
    }
}

/// The place of a range of bytes of a fence's info string.
fn within(text: &str, span: Span, info: &str, range: &std::ops::Range<usize>) -> Span {
    // Escapes and shortcodes make the text another one than what is written; then the whole is meant.
    if text.get(span.range()) != Some(info) {
        return span;
    }
    let start = span.start as usize;
    Span::new(span.file, start + range.start, start + range.end)
}

/// The frame and `pre` of code without attributes.
const PLAIN: &str = "<div class=\"highlight\"><pre tabindex=\"0\">";

/// Writes the elements around the code: frame, `pre`, `code`. Returns the offsets of ids.
fn open(out: &mut String, fence: &Fence) -> Vec<usize> {
    let ids = if fence.attributes.is_empty() && fence.options.title.is_none() {
        out.push_str(PLAIN);
        Vec::new()
    } else {
        open_frame(out, fence)
    };
    out.push_str("<code");
    if let Some(language) = &fence.language {
        for (before, after) in [(" class=\"language-", "\""), (" data-lang=\"", "\"")] {
            out.push_str(before);
            escape_attr(language, out);
            out.push_str(after);
        }
    }
    out.push('>');
    ids
}

/// The frame with the author's attributes and title, and `pre`.
fn open_frame(out: &mut String, fence: &Fence) -> Vec<usize> {
    let mut frame = Element::new("div", By::Wsgen).attr("class", "highlight");
    for (name, value) in &fence.attributes {
        match &**name {
            "class" => frame.add_class(value),
            _ => frame.attrs.push((name.clone().into(), Some(value.clone()))),
        }
    }
    let mut pre = Element::new("pre", By::Wsgen).attr("tabindex", "0");
    if let Some(title) = &fence.options.title {
        // The stylesheet shows it: a title is no part of the text, which is searched, copied, and counted.
        frame.set("data-title", title.as_str());
        pre.set("aria-label", title.as_str());
    }
    let mut places = Vec::new();
    write_open(&frame, out, &mut places);
    write_open(&pre, out, &mut places);
    let id = |place| match place {
        Place::Id(at) => Some(at),
        _ => None,
    };
    places.into_iter().filter_map(id).collect()
}

fn indented(code: &CodeBlock) -> String {
    let mut out = String::from("<pre tabindex=\"0\"><code>");
    write_nodes(&code.nodes(), &mut out);
    out.push_str("</code></pre>\n");
    out
}

/// The elements for readers' values.
fn wraps(placeholders: &[Placeholder]) -> Vec<Wrap> {
    let wrap = |placeholder: &Placeholder| {
        let mut open = String::new();
        write_open(&placeholder.element(), &mut open, &mut Vec::new());
        Wrap {
            range: placeholder.range.clone(),
            open,
            close: "</var>",
        }
    };
    placeholders.iter().map(wrap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_frame_is_the_one_without_attributes() {
        let mut out = String::new();
        assert!(open_frame(&mut out, &Fence::default()).is_empty());
        assert_eq!(out, PLAIN);
    }
}
