//! The least that a generator in Rust can do: read, parse Markdown, parse code, write.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

use super::Result;

pub(super) fn run(from: &Path, to: &Path) -> Result<()> {
    let set = two_face::syntax::extra_newlines();
    let pages: Vec<_> = walkdir::WalkDir::new(from)
        .into_iter()
        .flatten()
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "md")
        })
        .map(walkdir::DirEntry::into_path)
        .collect();
    pages
        .par_iter()
        .map(|page| -> std::io::Result<()> {
            let target = to
                .join(page.strip_prefix(from).unwrap_or(page))
                .with_extension("html");
            fs::create_dir_all(target.parent().unwrap_or(to))?;
            fs::write(target, render(&fs::read_to_string(page)?, &set))
        })
        .collect::<std::io::Result<()>>()?;
    Ok(())
}

fn render(markdown: &str, set: &SyntaxSet) -> String {
    let mut language = None;
    let events = Parser::new_ext(markdown, Options::all()).map(|event| {
        match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => language = Some(info.clone()),
            Event::End(TagEnd::CodeBlock) => language = None,
            Event::Text(code) => {
                if let Some(html) = language.as_deref().and_then(|name| highlight(code, name, set)) {
                    return Event::Html(CowStr::from(html));
                }
            }
            _ => {}
        }
        event
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// A span for every piece that a grammar tells apart, with the innermost scope's first word as its class.
fn highlight(code: &str, language: &str, set: &SyntaxSet) -> Option<String> {
    let mut state = ParseState::new(set.find_syntax_by_token(language)?);
    let mut stack = ScopeStack::new();
    let mut out = String::new();
    for line in code.split_inclusive('\n') {
        let mut done = 0;
        for (at, op) in state.parse_line(line, set).ok()? {
            span(&mut out, line.get(done..at)?, &stack);
            stack.apply(&op).ok()?;
            done = at;
        }
        span(&mut out, line.get(done..)?, &stack);
    }
    Some(out)
}

fn span(out: &mut String, text: &str, stack: &ScopeStack) {
    if text.is_empty() {
        return;
    }
    let class = stack.as_slice().last().map_or(0, |scope| scope.atom_at(0));
    *out += &format!("<span class=\"{class}\">");
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out.push_str("</span>");
}
