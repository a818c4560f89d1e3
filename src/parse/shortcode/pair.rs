//! Pairs closing tags with the calls that they end.
//!
//! Hugo decides by the template whether a call holds text, and lets a closing tag end the innermost open call whatever
//! its name, provided that a call of its own name came before. Real content relies on both, and wsgen does not always
//! have the template. So two passes: the first ([`by_name`]) matches tags by name, which tells the calls that hold text;
//! the second walks through them with a stack and lets every closing tag end the innermost one.
//!
//! If the number of tags does not fit, Hugo gives up. There the names decide what the author forgot.

mod build;
mod by_name;
mod in_code;

use std::collections::HashMap;
use std::ops::Range;

use super::lex::{Tag, TagKind, Token};
use super::reach::reach;
use super::regions::Places;
use super::table::Closing;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::parse::{Args, Segment};

use build::{Builder, Frame};
use by_name::Region;

/// Maximum depth of calls.
const MAX_NESTING: usize = 100;

/// Builds the tree of a body's tags. `body` is the part of `text` that they were found in.
pub(super) fn pair(
    file: FileId,
    text: &str,
    body: Range<usize>,
    mut tokens: Vec<Token>,
    places: &Places,
) -> (Vec<Segment>, Diagnostics) {
    let found = in_code::settle(file, text, &mut tokens, places);
    let mut walk = Walk {
        file,
        builder: Builder::new(file, text, body.clone()),
        surplus: HashMap::new(),
        owed: HashMap::new(),
        overflow: 0,
        diagnostics: found,
    };
    let regions = by_name::regions(&tokens);
    let mut tokens = tokens.into_iter();
    for region in regions {
        walk.region(&mut tokens, region);
    }
    walk.end_all(body.end);
    (walk.builder.finish(body.end), walk.diagnostics)
}

/// The second pass.
struct Walk<'t> {
    file: FileId,
    builder: Builder<'t>,
    /// Closing tags still to come in the region that the first pass could not match, by name.
    surplus: HashMap<String, usize>,
    /// Number of those that are needed because a tag of their name closed another call.
    owed: HashMap<String, usize>,
    /// Calls with text that are open and nested too deeply to be calls.
    overflow: usize,
    diagnostics: Diagnostics,
}

impl Walk<'_> {
    fn region(&mut self, tokens: &mut impl Iterator<Item = Token>, region: Region) {
        self.surplus = region.surplus;
        self.owed.clear();
        self.overflow = 0;
        let mut starts = true;
        for (matched, token) in region.matched.into_iter().zip(tokens) {
            if std::mem::take(&mut starts) {
                self.end_all(token.span().start);
            }
            match token {
                Token::Escaped { span, text } => {
                    self.end_those_before(span.start);
                    self.builder.escaped(span, text);
                }
                Token::Tag(tag) => {
                    self.end_those_before(tag.span.start);
                    self.tag(tag, matched, region.balanced);
                }
            }
        }
    }

    fn tag(&mut self, tag: Tag, matched: bool, balanced: bool) {
        let Tag {
            span,
            name,
            name_span,
            delimiter,
            kind,
            closing,
            alone,
        } = tag;
        match kind {
            TagKind::Open { args, self_closed } => {
                let holds_text = !self_closed && !alone && (matched || closing == Closing::Required);
                let tag = Opened {
                    span,
                    name,
                    name_span,
                    delimiter,
                    args,
                };
                match holds_text {
                    true => self.open(tag, matched, matched || balanced),
                    false => self.builder.call(tag),
                }
            }
            TagKind::Close if closing == Closing::Never => self.drop_never(&name, span),
            TagKind::Close if balanced => self.close_balanced(&name, span),
            TagKind::Close => self.close(&name, span, matched),
        }
    }

    /// Opens a call that holds text. `matched`: a closing tag has its name; `closed`: a closing tag will end it.
    fn open(&mut self, tag: Opened, matched: bool, closed: bool) {
        if self.builder.depth() < MAX_NESTING {
            // Where no closing tag is left over, nobody will close it.
            let is_forgotten = !closed && self.surplus.values().all(|count| *count == 0);
            let end = is_forgotten.then(|| reach(self.builder.text(), &tag.span));
            return self.builder.open(Frame::new(tag, matched, end));
        }
        self.too_deep(&tag);
        self.overflow += usize::from(closed);
    }

    /// Handles a closing tag where as many calls are opened as closed.
    fn close_balanced(&mut self, name: &str, span: Range<usize>) {
        if self.overflow > 0 {
            self.overflow -= 1;
        } else {
            self.close_innermost(name, span);
        }
    }

    fn close(&mut self, name: &str, span: Range<usize>, matched: bool) {
        if !matched && !take(&mut self.owed, name) {
            take(&mut self.surplus, name);
            // A call that lacks a closing tag, and a closing tag that lacks a call: they belong together.
            let lacking = self.builder.innermost().is_some_and(|frame| !frame.matched);
            return match lacking {
                true => self.close_innermost(name, span),
                false => self.drop_stray(name, span),
            };
        }
        if matched && self.overflow > 0 {
            self.overflow -= 1;
        } else {
            self.end_innermost(name, span);
        }
    }

    /// Ends the innermost call with the closing tag at `span`.
    fn end_innermost(&mut self, name: &str, span: Range<usize>) {
        while let Some(frame) = self.builder.innermost() {
            if frame.matched || frame.tag.name == name || !self.builder.has_matched() {
                break;
            }
            // The innermost call has no closing tag of its own. It takes this one if there is another for the call
            // that this one belongs to; else it ends here.
            if take(&mut self.surplus, name) {
                *self.owed.entry(name.to_owned()).or_default() += 1;
                break;
            }
            self.end_unclosed(span.start, Some((name, span.clone())));
        }
        self.close_innermost(name, span);
    }

    fn close_innermost(&mut self, name: &str, span: Range<usize>) {
        match self.builder.close(span.clone()) {
            Some((opened, open)) => self.check_name(&opened, open, name, span),
            None => self.drop_stray(name, span),
        }
    }

    fn end_all(&mut self, at: usize) {
        self.end_those_before(at);
        while self.builder.depth() > 0 {
            self.end_unclosed(at, None);
        }
    }

    /// Ends the innermost calls that nobody closes and whose construct ends before `at`.
    fn end_those_before(&mut self, at: usize) {
        while let Some(end) = self
            .builder
            .innermost()
            .and_then(|frame| frame.end)
            .filter(|end| *end <= at)
        {
            self.end_unclosed(end.max(self.builder.pos()), None);
        }
    }

    fn check_name(&mut self, opened: &str, open: Range<usize>, name: &str, span: Range<usize>) {
        if opened == name {
            return;
        }
        let message = format!("this closing tag of `{name}` closes `{opened}`");
        let finding = Diagnostic::warning(Code::MismatchedClosingTag, self.span(span), message);
        let finding = finding
            .label(self.span(open), "opened here")
            .help(format!("write `/{opened}`"));
        self.diagnostics.push(finding);
    }

    /// Ends the innermost call at `at`, for want of a closing tag; `closer` is the tag that ends a call around it.
    fn end_unclosed(&mut self, at: usize, closer: Option<(&str, Range<usize>)>) {
        let Some((name, open)) = self.builder.close(at..at) else {
            return;
        };
        let mut finding = Diagnostic::warning(
            Code::UnclosedShortcode,
            self.span(open),
            format!("`{name}` has no closing tag"),
        );
        if let Some((around, span)) = closer {
            finding = finding.label(self.span(span), format!("ended here with `{around}`"));
        }
        self.diagnostics
            .push(finding.help(format!("add a tag with `/{name}` where its text ends")));
    }

    fn drop_never(&mut self, name: &str, span: Range<usize>) {
        self.drop_tag(span, format!("`{name}` takes no closing tag"), "remove it");
    }

    fn drop_stray(&mut self, name: &str, span: Range<usize>) {
        self.drop_tag(
            span,
            format!("no `{name}` is open here"),
            "remove it, or check its name",
        );
    }

    fn drop_tag(&mut self, span: Range<usize>, message: String, help: &str) {
        let finding = Diagnostic::warning(Code::StrayClosingTag, self.span(span.clone()), message);
        self.diagnostics.push(finding.help(help));
        self.builder.escaped(span, String::new());
    }

    /// Reports the first of a run; the tag stays text.
    fn too_deep(&mut self, tag: &Opened) {
        if self.overflow == 0 {
            let message = format!("shortcodes are nested more than {MAX_NESTING} deep; this one stays text");
            let finding = Diagnostic::warning(Code::NestedTooDeeply, self.span(tag.span.clone()), message);
            self.diagnostics.push(finding);
        }
    }

    fn span(&self, place: Range<usize>) -> Span {
        Span::new(self.file, place.start, place.end)
    }
}

/// An opening tag.
struct Opened {
    span: Range<usize>,
    name: String,
    name_span: Range<usize>,
    delimiter: crate::parse::Delimiter,
    args: Args,
}

/// Takes one off the count of `name`; false when there is none.
fn take(counts: &mut HashMap<String, usize>, name: &str) -> bool {
    match counts.get_mut(name) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}
