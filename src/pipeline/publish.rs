//! Stages 5 to 7, page by page: a page is converted, rendered and written before the next one begins, so that the
//! pages of a large site are never in memory together. What stays of a text are its facts, and the parts that files
//! about the whole site show.

use std::borrow::Cow;

use rayon::prelude::*;

use super::destination::Sink;
use super::{Clock, Parts, Progress, Stage};
use crate::body::{self, PageFacts};
use crate::diag::{Diagnostics, FileId};
use crate::graph::{PageId, output_path};
use crate::highlight::Highlighter;
use crate::render::{self, AllPages, PageParts, Renderer};
use crate::search;

/// A page that has a file of its own.
struct Rendered {
    id: PageId,
    path: String,
    source: Option<FileId>,
}

/// Stage 5 for every page, and the check of links between them. Facts are indexed by page; pages that no file makes
/// have none.
pub(super) fn convert(
    parts: &Parts,
    highlighter: &Highlighter,
    progress: &dyn Progress,
) -> (Vec<Option<PageFacts>>, Diagnostics) {
    let site_files = Renderer::new(parts.render_context()).site_files();
    let has_site_file = |path: &str| site_files.has(path);
    let context = parts.body_context(highlighter, &has_site_file);
    let pages = parts.graph.pages.par_iter();
    let results: Vec<_> = pages
        .map(|page| {
            let (body, found) = body::render(page.id, &context);
            progress.step();
            (page.source.map(|_| body.facts), found)
        })
        .collect();
    let (facts, found): (Vec<_>, Vec<_>) = results.into_iter().unzip();
    let mut diagnostics: Diagnostics = found.into_iter().flatten().collect();
    diagnostics.extend(body::check_together(&parts.graph, &borrowed(&facts)));
    diagnostics.extend(body::check_settings(&parts.graph, &parts.config, &has_site_file));
    (facts, diagnostics)
}

/// Stages 5 to 7 for the whole site. Gives the facts about all texts, as [`convert`] does. The search is made where
/// there is a cache for it.
pub(super) fn publish(
    parts: &Parts,
    highlighter: &Highlighter,
    search: Option<&search::Cache>,
    sink: &mut Sink<'_>,
    clock: &mut Clock<'_>,
) -> (Vec<Option<PageFacts>>, Diagnostics) {
    let graph = &parts.graph;
    // What comes first stays: a static `robots.txt` of the author comes before ours.
    let (renderer, ()) = rayon::join(
        || Renderer::new(parts.render_context()),
        || sink.put(&render::copies(parts.render_context())),
    );
    let (mut facts, page_parts, mut diagnostics) = pages(parts, &renderer, highlighter, sink, clock.progress);
    clock.begin(Stage::Rest, 0);
    let pages = AllPages {
        facts: &borrowed(&facts),
        parts: &page_parts,
    };
    let texts = search.map(|cache| {
        (
            search::Texts::new(graph, &parts.config, &parts.texts, pages.facts),
            cache,
        )
    });
    let index = || texts.map(|(texts, cache)| search::index(&texts, cache));
    let (index, (found, (files, more))) = rayon::join(index, || {
        rayon::join(
            || body::check_together(graph, pages.facts),
            || renderer.make_site_files(pages),
        )
    });
    diagnostics.extend(found);
    diagnostics.extend(more);
    let site_files = renderer.site_files();
    let has_site_file = |path: &str| site_files.has(path);
    diagnostics.extend(body::check_settings(graph, &parts.config, &has_site_file));
    sink.put(&files);
    sink.put(&index.unwrap_or_default());
    sink.put_last(&renderer);
    for (page, facts) in graph.pages.iter().zip(&mut facts) {
        *facts = facts.take().filter(|_| page.source.is_some());
    }
    (facts, diagnostics)
}

/// Stages 5 to 7 for every page. Gives the facts about each text and the parts that site files show, both indexed by
/// page.
fn pages(
    parts: &Parts,
    renderer: &Renderer<'_>,
    highlighter: &Highlighter,
    sink: &mut Sink<'_>,
    progress: &dyn Progress,
) -> (Vec<Option<PageFacts>>, Vec<PageParts>, Diagnostics) {
    let site_files = renderer.site_files();
    let has_site_file = |path: &str| site_files.has(path);
    let context = parts.body_context(highlighter, &has_site_file);
    let (rendered, others): (Vec<_>, Vec<_>) = parts.graph.pages.iter().partition(|page| page.rendered);
    let rendered: Vec<Rendered> = rendered
        .into_iter()
        .map(|page| Rendered {
            id: page.id,
            path: output_path(&page.url),
            source: page.source.map(|source| parts.parsed[source].file),
        })
        .collect();
    let convert = |id: PageId| {
        let result = body::render(id, &context);
        progress.step();
        result
    };
    let mut made = sink.put_each(
        &rendered,
        |page| (&page.path, page.source),
        |page| {
            let (body, mut found) = convert(page.id);
            let (file, more) = renderer.page(page.id, Some(&body));
            found.extend(more);
            let parts_of_page = renderer.parts(page.id, &body);
            (
                Cow::Owned(file.content),
                (page.id, body.facts, parts_of_page, found),
            )
        },
    );
    // Their files are left out, and their mistakes are not.
    made.par_extend(others.into_par_iter().map(|page| {
        let (body, found) = convert(page.id);
        (page.id, body.facts, PageParts::default(), found)
    }));
    // In the order of the graph.
    made.sort_by_key(|(id, ..)| *id);
    let (mut facts, mut page_parts) = (Vec::with_capacity(made.len()), Vec::with_capacity(made.len()));
    let mut diagnostics = Diagnostics::new();
    for (_, of_page, parts_of_page, found) in made {
        facts.push(Some(of_page));
        page_parts.push(parts_of_page);
        diagnostics.extend(found);
    }
    (facts, page_parts, diagnostics)
}

fn borrowed(facts: &[Option<PageFacts>]) -> Vec<Option<&PageFacts>> {
    facts.iter().map(Option::as_ref).collect()
}
