//! Calls of unknown shortcodes: a finding, and their arguments and inner text on the page.

use super::{BodyContext, Outcome, Shortcodes, builtin};
use crate::diag::{Code, Diagnostic, FileId, Span, nearest};
use crate::markup::dom::{By, Element, Node};
use crate::markup::range_map::RangeMap;
use crate::parse::Call;
use crate::parse::shortcode::CODE_OF_THEMES;
use crate::{highlight, markdown};

/// Names of arguments in shortcodes of themes: for a picture or link, for a heading, and for a text.
const TARGETS: [&str; 5] = ["href", "link", "url", "src", "file"];
const PICTURES: [&str; 4] = ["src", "image", "img", "file"];
const LABELS: [&str; 5] = ["title", "header", "heading", "label", "summary"];
const TEXTS: [&str; 7] = [
    "text",
    "content",
    "message",
    "description",
    "caption",
    "subtitle",
    "subheader",
];
/// Shortcodes of widespread themes, by wsgen's shortcode that is most like them: boxes to unfold, boxes with a kind.
const RELATIVES: [(&str, &[&str]); 2] = [
    (
        "expand",
        &[
            "accordion-item",
            "accordionitem",
            "collapse",
            "collapsible",
            "dropdown",
            "expandable",
            "fold",
            "folding",
            "hidden-solution",
            "showhide",
            "spoiler",
            "toggle",
        ],
    ),
    ("notice", &["admonition", "alertbox", "infobox", "message"]),
];
/// Shortcodes whose text is an element within the line.
const INLINE: [(&str, &str); 5] = [
    ("hl", "mark"),
    ("kbd", "kbd"),
    ("key", "kbd"),
    ("keys", "kbd"),
    ("mark", "mark"),
];
const PICTURE_ENDINGS: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"];

impl Shortcodes<'_> {
    pub(super) fn unknown(&mut self, file: FileId, call: &Call, name: &str) -> Outcome {
        self.tell_unknown(call);
        if self.is_in_code(call) {
            return Outcome::Text(self.source_of(call.span));
        }
        if let Some(language) = self.language_of_code(call, name) {
            let code = self.inner_code(file, call);
            return Outcome::Nodes(vec![self.code_block(call, language, "", code)]);
        }
        let relative = RELATIVES.iter().find(|(_, names)| names.contains(&name));
        if let Some((relative, _)) = relative.filter(|_| call.inner.is_some()) {
            return self.template(file, call, relative);
        }
        if let Some((_, element)) = INLINE.iter().find(|(inline, _)| *inline == name) {
            return self.inline_element(file, call, element);
        }
        let mut nodes = self.argument_blocks(call);
        let target = call
            .args
            .text(&TARGETS, None)
            .filter(|target| !is_picture(target));
        match (target, nodes.is_empty(), call.inner.is_some()) {
            (Some(target), true, true) => {
                let inner = self.inner_nodes(file, call);
                Outcome::Nodes(vec![link(&target, unwrapped(inner)).into()])
            }
            (None, true, true) => Outcome::Inner,
            (None, true, false) => Outcome::Nothing,
            (Some(target), true, false) => {
                let text = vec![Node::text(target.as_str())];
                Outcome::Nodes(vec![link(&target, text).into()])
            }
            (_, false, _) => {
                nodes.extend(self.inner_nodes(file, call));
                Outcome::Nodes(nodes)
            }
        }
    }

    /// The language of a call whose inner text is code, as far as its name and its arguments tell.
    fn language_of_code(&self, call: &Call, name: &str) -> Option<String> {
        call.inner.as_ref()?;
        let of_site = |key: &str| self.cx.config.languages.iter().any(|site| site.key == key);
        let is_language = |language: &String| highlight::canonical(language).is_some();
        let is_code = CODE_OF_THEMES.contains(&name);
        let language = call
            .args
            .text(&["lang", "language", "codelang"], is_code.then_some(0))
            .filter(is_language);
        match language {
            Some(language) if is_code || !of_site(&language) => Some(language),
            _ => is_code.then(String::new),
        }
    }

    /// The text or argument of a call as an element of the line.
    fn inline_element(&mut self, file: FileId, call: &Call, name: &'static str) -> Outcome {
        let text = match call.inner {
            Some(_) => unwrapped(self.inner_nodes(file, call)),
            None => {
                let text = call.args.text(&TEXTS, Some(0)).unwrap_or_default();
                vec![Node::text(text)]
            }
        };
        Outcome::Nodes(vec![Element::new(name, By::Wsgen).with(text).into()])
    }

    /// Picture, label and text of the arguments, each a block.
    fn argument_blocks(&mut self, call: &Call) -> Vec<Node> {
        let arg = |names: &[&str]| call.args.text(names, None).filter(|text| !text.trim().is_empty());
        let mut nodes = Vec::new();
        let label = arg(&LABELS);
        if let Some(src) = arg(&PICTURES).filter(|src| is_picture(src)) {
            let alt = arg(&["alt", "caption"]).or_else(|| label.clone());
            let mut picture = Element::new("img", By::Wsgen)
                .attr("src", src)
                .attr("alt", alt.unwrap_or_default());
            picture.link_role_mut().resolved = true;
            nodes.push(paragraph(vec![picture.into()]));
        }
        if let Some(label) = label {
            let mut text = self.line(call, &label);
            if let Some(target) = arg(&TARGETS).filter(|target| !is_picture(target)) {
                text = vec![link(&target, text).into()];
            }
            nodes.push(paragraph(vec![
                Element::new("strong", By::Wsgen).with(text).into(),
            ]));
        }
        if let Some(text) = arg(&TEXTS) {
            nodes.push(paragraph(self.line(call, &text)));
        }
        nodes
    }

    /// An argument as Markdown within a line.
    fn line(&mut self, call: &Call, text: &str) -> Vec<Node> {
        let mut map = RangeMap::default();
        map.inserted(0, call.open_span);
        unwrapped(markdown::read(
            text,
            map,
            None,
            &self.goldmark,
            &mut self.diagnostics,
        ))
    }

    fn tell_unknown(&mut self, call: &Call) {
        let finding = finding(self.cx, &call.name, call.name_span);
        self.diagnostics.push(finding);
    }
}

/// The finding for a call of a shortcode that is nowhere.
pub(super) fn finding(cx: &BodyContext<'_>, name: &str, span: Span) -> Diagnostic {
    let known = cx
        .templates
        .shortcode_names()
        .chain(builtin::NAMES.iter().copied())
        .chain(cx.go.names());
    let finding = Diagnostic::warning(
        Code::UnknownShortcode,
        span,
        format!("there is no shortcode `{name}`"),
    );
    let name = name.to_lowercase();
    match nearest::nearest(&name, known) {
        Some(near) => finding.help(format!(
            "did you mean `{near}`? Otherwise put a template into `templates/shortcodes/{name}.html`"
        )),
        None => finding.help(format!(
            "put a template into `templates/shortcodes/{name}.html`; the text inside the call is kept"
        )),
    }
}

fn is_picture(path: &str) -> bool {
    let path = path.to_lowercase();
    PICTURE_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn paragraph(nodes: Vec<Node>) -> Node {
    Element::new("p", By::Wsgen).with(nodes).into()
}

fn link(target: &str, text: Vec<Node>) -> Element {
    let mut link = Element::new("a", By::Wsgen).attr("href", target).with(text);
    link.link_role_mut().resolved = true;
    link
}

/// The content of a single paragraph.
fn unwrapped(mut nodes: Vec<Node>) -> Vec<Node> {
    match nodes.as_mut_slice() {
        [Node::Element(only)] if only.name == "p" => std::mem::take(&mut only.children),
        _ => nodes,
    }
}
