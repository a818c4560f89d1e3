//! Renaming the id of a heading or another element.

use std::sync::Arc;

use super::changes::{Move, changes, everything};
use super::error::MvError;
use super::references::{self, Reference};
use super::view::{Goal, View};
use super::{alias, places};
use crate::body;
use crate::diag::{Edit, FileId, Span, nearest};
use crate::graph::{MovedId, PageId, decode_path};
use crate::highlight::{Cache, Highlighter};
use crate::parse::{self, ParseContext, ParsedPage};
use crate::pipeline::{self, BuildOptions, Parts};
use crate::source::{Content, SourceTree};

/// Prepares the new id `to` for the element with the id `from` on the page at `path`.
pub fn rename_id(
    options: &BuildOptions<'_>,
    standing: &str,
    path: &str,
    from: &str,
    to: &str,
) -> Result<Move, MvError> {
    if to.is_empty() || to.contains(|c: char| c.is_whitespace() || "{}\"'#<>".contains(c)) {
        return Err(unusable(to, "an id has no spaces, quotes or brackets"));
    }
    let options = everything(options);
    let site = pipeline::read(&options)?;
    let view = View::of_site(&site);
    let file = places::page_file(&site, standing, path)?;
    let page = view
        .page_of(file)
        .ok_or_else(|| unusable(path, "it is no page of the site"))?;
    let ids = site.facts[page.id.0 as usize]
        .as_ref()
        .map(|facts| facts.ids.as_slice())
        .unwrap_or_default();
    if !ids.iter().any(|id| id == from) {
        let near = nearest::did_you_mean(from, ids.iter().map(String::as_str));
        return Err(MvError::Missing {
            path: format!("{path}#{from}"),
            help: near.map(|near| format!("; {near}")).unwrap_or_default(),
        });
    }
    if ids.iter().any(|id| id == to) {
        let help = format!(" on the page “{}”", page.title);
        return Err(MvError::Exists {
            path: format!("#{to}"),
            help,
        });
    }
    let parts = Parts::load(&options).map_err(pipeline::BuildError::from)?;
    let element = Element {
        parts: &parts,
        file,
        page: page.id,
        from,
        to,
    };
    let edit = element.edit(ids).ok_or_else(|| {
        unusable(
            from,
            "its text is not on this page itself, or another id of the page would change with it",
        )
    })?;
    let found = references::all(&site, &view);
    let links: Vec<Edit> = found
        .iter()
        .filter_map(|found| fragment(found, &view, file, (from, to)))
        .collect();
    let mut remarks = Vec::new();
    let parsed = page.source.map(|source| &site.parsed[source]);
    let name = format!("{}#{from} -> #{to}", page.url);
    let text = site.tree.text(file).unwrap_or_default();
    let added = parsed.and_then(|parsed| alias::edit(text, parsed, std::slice::from_ref(&name)));
    if added.is_none() {
        remarks.push(format!("write the alias `{name}` by hand"));
    }
    let (links_count, aliases) = (links.len(), usize::from(added.is_some()));
    let links = links.into_iter().chain(earlier(&view, page.id, (from, to)));
    let edits = links.chain([edit]).chain(added);
    let changes = changes(
        &site,
        edits,
        &places::Plan::default(),
        &options.source,
        &mut remarks,
    );
    Ok(Move {
        root: options.source.clone(),
        renames: Vec::new(),
        changes,
        links: links_count,
        aliases,
        remarks,
    })
}

fn unusable(path: &str, why: &str) -> MvError {
    MvError::Path {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

/// The edit of an address that leads to the id.
fn fragment(reference: &Reference, view: &View<'_>, file: FileId, (from, to): (&str, &str)) -> Option<Edit> {
    let written = view.tree.text(reference.file)?.get(reference.range.clone())?;
    let (path, id) = written.split_once('#')?;
    let leads = decode_path(id) == from
        && view.goal(reference.reader, reference.form, written) == Some(Goal::Page(file));
    let start = reference.range.start + path.len() + 1;
    leads.then(|| Edit {
        span: Span::new(reference.file, start, start + id.len()),
        text: to.to_owned(),
    })
}

/// The edits of aliases of the page that lead to the id.
fn earlier(view: &View<'_>, page: PageId, (from, to): (&str, &str)) -> Vec<Edit> {
    let edit = |moved: &MovedId| {
        let span = moved.span?;
        let written = view.tree.text(span.file)?.get(span.range())?;
        let arrow = written.find("->")?;
        let at = span.range().start + arrow + written[arrow..].find(from)?;
        Some(Edit {
            span: Span::new(span.file, at, at + from.len()),
            text: to.to_owned(),
        })
    };
    let moved = view.graph.moved_ids.iter();
    moved
        .filter(|moved| moved.to == page && moved.to_id == from)
        .filter_map(edit)
        .collect()
}

/// The element whose id changes.
struct Element<'p> {
    parts: &'p Parts,
    file: FileId,
    page: PageId,
    from: &'p str,
    to: &'p str,
}

impl Element<'_> {
    /// The edit after which the page has the new id in the place of the old one, and all others as before.
    fn edit(&self, ids: &[String]) -> Option<Edit> {
        let text = self.parts.tree.text(self.file)?;
        let wanted: Vec<&str> = self
            .own(ids)
            .map(|id| if id == self.from { self.to } else { id })
            .collect();
        let highlighter = Highlighter::new(Cache::default());
        self.written(text)
            .into_iter()
            .chain(self.headings(text))
            .find(|edit| {
                let mut new = text.to_owned();
                new.replace_range(edit.span.range(), &edit.text);
                self.ids_with(new, &highlighter)
                    .is_some_and(|ids| self.own(&ids).eq(wanted.iter().copied()))
            })
    }

    /// The ids of the page without those that its aliases make.
    fn own<'i>(&'i self, ids: &'i [String]) -> impl Iterator<Item = &'i str> {
        let is_made = |id: &&str| {
            let mut moved = self.parts.graph.moved_ids.iter();
            moved.any(|moved| moved.on == self.page && moved.id == *id)
        };
        ids.iter().map(String::as_str).filter(move |id| !is_made(id))
    }

    /// Edits of an id that is written: `{#id}`, `id="id"`.
    fn written(&self, text: &str) -> Vec<Edit> {
        let begins = |at: usize| text[..at].ends_with(['{', ' ', '"', '\'', '=', '#']);
        let ends = |at: usize| {
            !text[at..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        text.match_indices(self.from)
            .filter(|(at, id)| begins(*at) && ends(at + id.len()))
            .map(|(at, id)| self.replacing(at, at + id.len(), self.to.to_owned()))
            .collect()
    }

    /// Edits that give a heading of Markdown an id.
    fn headings(&self, text: &str) -> Vec<Edit> {
        let mut found = Vec::new();
        let lines: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .scan(0, |at, line| {
                let start = *at;
                *at += line.len();
                Some((start, line.trim_end()))
            })
            .collect();
        for (at, (start, line)) in lines.iter().enumerate() {
            let is_rule = |next: &str| {
                !next.is_empty() && (next.bytes().all(|b| b == b'=') || next.bytes().all(|b| b == b'-'))
            };
            let is_heading = line.trim_start().starts_with('#')
                || lines.get(at + 1).is_some_and(|(_, next)| is_rule(next.trim()));
            if !is_heading || line.is_empty() {
                continue;
            }
            let end = start + line.len();
            let attributes = line.rfind('{').filter(|_| line.ends_with('}'));
            found.push(match attributes {
                Some(brace) => self.replacing(start + brace + 1, start + brace + 1, format!("#{} ", self.to)),
                None => self.replacing(end, end, format!(" {{#{}}}", self.to)),
            });
        }
        found
    }

    fn replacing(&self, from: usize, to: usize, text: String) -> Edit {
        Edit {
            span: Span::new(self.file, from, to),
            text,
        }
    }

    /// The ids of the page if its file had another text.
    fn ids_with(&self, text: String, highlighter: &Highlighter) -> Option<Vec<String>> {
        let mut parts = self.parts.clone();
        let at = parts.graph.page(self.page).source?;
        let context = ParseContext::of(&parts.config, &parts.config.environment);
        let page = parts.inventory.pages.iter().find(|page| page.file == self.file)?;
        let parsed: ParsedPage = parse::parse(page.source(), &text, &context).0;
        Arc::make_mut(&mut parts.parsed)[at] = parsed;
        let tree: &mut SourceTree = Arc::make_mut(&mut parts.tree);
        let mut source = tree.get(self.file)?.clone();
        source.content = Content::Text(text.into());
        tree.replace(self.file, source);
        let context = parts.body_context(highlighter, &|_| true);
        Some(body::render(self.page, &context).0.facts.ids)
    }
}
