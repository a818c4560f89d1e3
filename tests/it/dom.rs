//! HTML as a reader's browser sees it, in a form that can be compared line by line.
//!
//! White space that makes no difference goes away, attributes and class names are sorted, comments are dropped. With
//! [`Keep::Content`] what a theme adds to the rendered Markdown goes away, too: heading anchors, the spans of syntax
//! highlighting, wrappers around code and tables, callouts become the quotes that they are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scraper::{ElementRef, Html, Node as Parsed, Selector};

/// How much of the HTML is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The whole page.
    All,
    /// Only the author's content.
    Content,
}

/// Elements that stand in a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "data", "del", "dfn", "em", "i", "img",
    "input", "ins", "kbd", "label", "mark", "math", "q", "s", "samp", "small", "span", "strong", "sub",
    "sup", "svg", "time", "u", "var", "wbr",
];
/// Elements of the theme.
const THEME: &[&str] = &["svg", "button", "script", "style", "template", "dialog"];
/// Classes of elements of the theme.
const THEME_CLASSES: &[&str] = &["heading-anchor", "callout-title", "code-title", "ln", "lnt"];
/// Classes of boxes around what the author wrote.
const WRAPPERS: &[&str] = &["highlight", "chroma", "table-wrap", "code-block", "callout-body"];
/// Attributes that say how, not what.
const MANNERS: &[&str] = &["tabindex", "loading", "decoding", "data-lang", "dir", "translate"];

enum Node {
    Text(String),
    Element {
        name: String,
        attributes: BTreeMap<String, String>,
        children: Vec<Node>,
    },
}

/// The HTML inside the first element that `selector` finds.
pub(crate) fn inner_html(page: &str, selector: &str) -> Option<String> {
    let document = Html::parse_document(page);
    document
        .select(&Selector::parse(selector).unwrap())
        .next()
        .map(|element| element.inner_html())
}

/// The text of every element that `selector` finds, lines and indentation kept.
pub(crate) fn texts(html: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(html)
        .select(&selector)
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

/// An attribute of every element that `selector` finds.
pub(crate) fn attributes(html: &str, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(html)
        .select(&selector)
        .filter_map(|element| element.attr(name))
        .map(str::to_owned)
        .collect()
}

/// One line for each tag and each piece of text.
pub(crate) fn lines(html: &str, keep: Keep) -> Vec<String> {
    let document = Html::parse_fragment(html);
    let mut nodes = children(document.root_element(), keep);
    if keep == Keep::Content {
        nodes = paragraphs(nodes);
    }
    tidy(&mut nodes, true, false);
    let mut out = Vec::new();
    print(&nodes, 0, &mut out);
    out
}

/// The first place where two lists of lines differ, with what is around it; nothing when they are equal.
pub(crate) fn difference(want: &[String], got: &[String]) -> Option<String> {
    if want == got {
        return None;
    }
    let at = want.iter().zip(got).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for line in &want[at.saturating_sub(3)..at] {
        let _ = writeln!(out, "    {line}");
    }
    for (sign, list) in [('-', want), ('+', got)] {
        for line in list.iter().skip(at).take(6) {
            let _ = writeln!(out, "  {sign} {line}");
        }
    }
    Some(out)
}

fn children(element: ElementRef<'_>, keep: Keep) -> Vec<Node> {
    let mut out = Vec::new();
    for child in element.children() {
        match child.value() {
            Parsed::Text(text) => match out.last_mut() {
                // The break between phrases that stood here is gone.
                Some(Node::Text(before)) => before.push_str(text),
                _ => out.push(Node::Text(text.to_string())),
            },
            Parsed::Element(_) => {
                out.extend(ElementRef::wrap(child).into_iter().flat_map(|e| convert(e, keep)));
            }
            _ => {}
        }
    }
    out
}

fn convert(element: ElementRef<'_>, keep: Keep) -> Vec<Node> {
    let value = element.value();
    let has = |classes: &[&str]| value.classes().any(|class| classes.contains(&class));
    let inner = children(element, keep);
    let mut name = value.name().to_owned();
    let mut attributes: BTreeMap<String, String> = value
        .attrs()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    if let Some(classes) = attributes.get_mut("class") {
        let mut list: Vec<&str> = classes.split_whitespace().collect();
        list.sort_unstable();
        *classes = list.join(" ");
    }
    if keep == Keep::All {
        return vec![Node::Element {
            name,
            attributes,
            children: inner,
        }];
    }
    if THEME.contains(&value.name())
        || value.name() == "wbr"
        || has(THEME_CLASSES)
        || value.attr("aria-hidden") == Some("true")
    {
        return Vec::new();
    }
    let in_code = element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|e| e.value().name() == "pre" || e.value().classes().any(|class| class == "code-inline"));
    if has(&["lntable"]) {
        let code = Selector::parse("td:last-child").unwrap();
        return element
            .select(&code)
            .next()
            .map(|code| children(code, keep))
            .unwrap_or_default();
    }
    if value
        .attr("style")
        .is_some_and(|style| style.contains("user-select:none"))
    {
        return Vec::new();
    }
    if has(WRAPPERS) && name != "pre" || in_code && name == "span" {
        return inner;
    }
    if has(&["callout"]) {
        name = "blockquote".to_owned();
        attributes.clear();
    }
    match name.as_str() {
        "pre" => attributes.clear(),
        "code" if in_code || has(&["code-inline"]) => keep_language(&mut attributes),
        _ => attributes.retain(|key, _| !MANNERS.contains(&key.as_str())),
    }
    vec![Node::Element {
        name,
        attributes,
        children: inner,
    }]
}

fn keep_language(attributes: &mut BTreeMap<String, String>) {
    let language = attributes
        .get("class")
        .and_then(|classes| classes.split(' ').find(|class| class.starts_with("language-")))
        .map(str::to_owned);
    attributes.clear();
    attributes.extend(language.map(|class| ("class".to_owned(), class)));
}

/// Text between the blocks of a page is a paragraph, and a paragraph without anything in it is nothing: Hugo takes the
/// paragraph away from a shortcode that stands alone, and leaves it around blocks, where browsers end it.
fn paragraphs(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut line = Vec::new();
    let end = |line: &mut Vec<Node>, out: &mut Vec<Node>| {
        let children = std::mem::take(line);
        if !children.iter().all(is_blank) {
            out.push(Node::Element {
                name: "p".to_owned(),
                attributes: BTreeMap::new(),
                children,
            });
        }
    };
    for node in nodes {
        match &node {
            Node::Element { name, children, .. } if name == "p" && children.iter().all(is_blank) => {}
            Node::Element { name, .. } if !is_inline(name) => {
                end(&mut line, &mut out);
                out.push(node);
            }
            _ => line.push(node),
        }
    }
    end(&mut line, &mut out);
    out
}

fn is_blank(node: &Node) -> bool {
    matches!(node, Node::Text(text) if text.trim_matches([' ', '\n', '\t', '\r']).is_empty())
}

/// Merges neighbouring texts and drops white space that is not seen. `block`: the nodes are the content of a block.
fn tidy(nodes: &mut Vec<Node>, block: bool, pre: bool) {
    merge(nodes);
    if !pre {
        let edges: Vec<bool> = nodes.iter().map(is_edge).collect();
        let count = nodes.len();
        for (nth, node) in nodes.iter_mut().enumerate() {
            if let Node::Text(text) = node {
                *text = collapse(text);
                let before = if nth == 0 { block } else { edges[nth - 1] };
                let after = if nth + 1 == count { block } else { edges[nth + 1] };
                if before {
                    *text = text.trim_start_matches(' ').to_owned();
                }
                if after {
                    *text = text.trim_end_matches(' ').to_owned();
                }
            }
        }
    }
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
    for node in nodes.iter_mut() {
        if let Node::Element { name, children, .. } = node {
            let pre = pre || matches!(name.as_str(), "pre" | "textarea");
            tidy(children, !is_inline(name), pre);
            if pre {
                trim_last_newline(children);
            }
        }
    }
}

fn merge(nodes: &mut Vec<Node>) {
    let mut merged: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes.drain(..) {
        match (merged.last_mut(), node) {
            (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
            (_, node) => merged.push(node),
        }
    }
    *nodes = merged;
}

/// White space beside these is not seen.
fn is_edge(node: &Node) -> bool {
    matches!(node, Node::Element { name, .. } if !is_inline(name) || name == "br")
}

fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' if out.ends_with(' ') => {}
            ' ' | '\n' | '\t' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn trim_last_newline(nodes: &mut Vec<Node>) {
    if let Some(Node::Text(text)) = nodes.last_mut() {
        text.truncate(text.trim_end_matches('\n').len());
        if text.is_empty() {
            nodes.pop();
        }
    }
}

fn print(nodes: &[Node], depth: usize, out: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    for node in nodes {
        match node {
            Node::Text(text) => {
                out.extend(text.split_inclusive('\n').map(|line| format!("{indent}{line:?}")));
            }
            Node::Element {
                name,
                attributes,
                children,
            } => {
                let mut tag = format!("{indent}<{name}");
                for (key, value) in attributes {
                    let _ = write!(tag, " {key}={value:?}");
                }
                out.push(tag + ">");
                print(children, depth + 1, out);
            }
        }
    }
}

#[test]
fn white_space_and_order_of_attributes_make_no_difference() {
    let a = lines(
        "<p  class='b a' id=x>one\n two</p>\n<ul>\n <li>x\n</ul>",
        Keep::All,
    );
    let b = lines(
        "<p id=\"x\" class=\"a b\">one two</p><ul><li>x</li></ul><!-- y -->",
        Keep::All,
    );
    assert_eq!(a, b);
    assert_ne!(
        a,
        lines("<p id=x class='a b'>onetwo</p><ul><li>x</ul>", Keep::All)
    );
}

#[test]
fn white_space_in_code_makes_a_difference() {
    assert_ne!(
        lines("<pre><code>a  b</code></pre>", Keep::All),
        lines("<pre><code>a b</code></pre>", Keep::All)
    );
}

#[test]
fn what_the_theme_adds_is_no_content() {
    let ours = "<h2 id=a>A<a class=heading-anchor href=#a>#</a></h2>\
                <div class=highlight><pre class=x tabindex=0><code class='language-go x'><span class=k>f</span>()\
                </code></pre></div>";
    assert_eq!(
        lines("<h2>セットアップ<wbr>（環境）</h2>", Keep::Content),
        lines("<h2>セットアップ（環境）</h2>", Keep::Content)
    );
    let plain = "<h2 id=a>A</h2><pre><code class=language-go>f()\n</code></pre>";
    assert_eq!(lines(ours, Keep::Content), lines(plain, Keep::Content));
}
