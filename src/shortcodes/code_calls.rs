//! Shortcodes whose inner text is not Markdown: code, diagrams, formulas.

use std::ops::Range;

use super::{Outcome, Shortcodes};
use crate::diag::{FileId, Span};
use crate::highlight::options;
use crate::markdown::formula;
use crate::markdown::mathml::Display;
use crate::markup::code_block::{CodeBlock, CodeKind, Placeholder};
use crate::markup::dom::Node;
use crate::parse::{Call, Segment};

impl Shortcodes<'_> {
    /// `highlight LANG "options"`, also relearn's named `type`, `title`.
    pub(super) fn highlight(&mut self, file: FileId, call: &Call) -> Outcome {
        let language = call.args.text(&["type", "lang"], Some(0)).unwrap_or_default();
        let options = call.args.text(&["options"], Some(1)).unwrap_or_default();
        let options = options::as_attributes(&options);
        let title = call
            .args
            .text(&["title"], None)
            .map(|title| format!("title=\"{title}\""))
            .unwrap_or_default();
        let named = call
            .args
            .named
            .iter()
            .filter(|(key, _)| !matches!(&**key, "type" | "lang" | "title" | "options" | "wrap"));
        let named = named.map(|(key, arg)| format!("{key}=\"{}\"", arg.value.to_text()));
        let all: Vec<String> = [options, title]
            .into_iter()
            .chain(named)
            .filter(|one| !one.is_empty())
            .collect();
        let code = self.inner_code(file, call);
        Outcome::Nodes(vec![self.code_block(call, language, &all.join(","), code)])
    }

    /// `output`: the output of a command.
    pub(super) fn output(&mut self, file: FileId, call: &Call) -> Outcome {
        let code = self.inner_code(file, call);
        let options = call.args.text(&["options"], Some(0)).unwrap_or_default();
        Outcome::Nodes(vec![self.code_block(call, "output".into(), &options, code)])
    }

    /// Code between the tags of `call`, with the places of variables in it, as a block.
    pub(super) fn code_block(
        &self,
        call: &Call,
        language: String,
        options: &str,
        (text, mut placeholders): (String, Vec<Placeholder>),
    ) -> Node {
        let skipped = text.len() - text.trim_start_matches(['\n', '\r']).len();
        for placeholder in &mut placeholders {
            let Range { start, end } = placeholder.range;
            placeholder.range = start - skipped..end - skipped;
        }
        let text = text.trim_matches(['\n', '\r']);
        let info = if options.is_empty() {
            language
        } else {
            format!("{language} {{{options}}}")
        };
        let inline = !options.is_empty() && options::parse_info(&info).0.options.inline;
        let (kind, end) = match inline {
            true => (CodeKind::Inline, ""),
            false => (CodeKind::Shortcode, "\n"),
        };
        Node::Code(Box::new(CodeBlock {
            kind,
            info,
            info_span: Some(call.open_span),
            text: format!("{text}{end}"),
            span: Some(call.span),
            lines: first_line(call, text),
            placeholders,
            rendered: None,
            ids: Vec::new(),
        }))
    }

    /// `mermaid`: a diagram, as in a fence of that language.
    pub(super) fn mermaid(&mut self, file: FileId, call: &Call) -> Outcome {
        let code = self.inner_code(file, call);
        let align = call.args.text(&["align"], None).unwrap_or_default();
        let options = match align.is_empty() {
            true => String::new(),
            false => format!("align=\"{}\"", align.replace('"', "")),
        };
        Outcome::Nodes(vec![self.code_block(call, "mermaid".into(), &options, code)])
    }

    /// `math` and `katex`: a formula, in the text when written on one line with its neighbours.
    pub(super) fn math(&mut self, file: FileId, call: &Call) -> Outcome {
        let text = self.inner_text(file, call);
        self.formula(call, &text)
    }

    /// The formula `text` of such a call.
    pub(super) fn formula(&mut self, call: &Call, text: &str) -> Outcome {
        let (tex, delimited) = formula::without_delimiters(text);
        let display = delimited.unwrap_or_else(|| {
            let word = call.args.text(&[], Some(0));
            let named = word.as_deref() == Some("display");
            Display::of(named || call.args.flag(&["display"], text.contains('\n')))
        });
        let span = call.span;
        let source = self.cx.text(span.file);
        let written = formula::Written {
            text: source.get(span.range()).unwrap_or_default(),
            span: Some(call.open_span),
            place: &|part| {
                let start = span.start as usize;
                Some(Span::new(span.file, start + part.start, start + part.end))
            },
        };
        Outcome::Nodes(vec![formula::node(tex, display, &written, &mut self.diagnostics)])
    }
}

/// The first line's offsets in text and file, if the text is unchanged there.
fn first_line(call: &Call, text: &str) -> Vec<(usize, usize)> {
    let Some(inner) = &call.inner else {
        return Vec::new();
    };
    match inner.segments.as_slice() {
        [Segment::Text(span)] => {
            let skipped = span.range().len().saturating_sub(text.len());
            vec![(0, span.start as usize + skipped.min(1))]
        }
        _ => Vec::new(),
    }
}
