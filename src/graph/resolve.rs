//! Puts the parts together: nodes, titles, places, order, files, redirects, look-ups, menus.

use std::collections::HashMap;
use std::mem::take;

use jiff::Timestamp;

use super::aliases::Aliases;
use super::assemble::{Parts, assemble};
use super::assets::assets;
use super::cascade::Cascades;
use super::flow::Flow;
use super::input::Input;
use super::languages::translations;
use super::near::SiteMeasures;
use super::node::Node;
use super::order::{Collator, Order, date_members, dates, sort_keys};
use super::page_urls::{places, target};
use super::refs::RefAnswer;
use super::titles::titles;
use super::tree::{id, nodes, parents, sections};
use super::{Graph, LanguageSite, RefIndex, Target, aliases, menus, paths, script_links, taxonomy, times};
use crate::address::is_from_root;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::discover::Inventory;
use crate::lang::{LangId, PerLanguage};
use crate::parse::ParsedPage;
use crate::source::SourceTree;

/// Puts every page in its place. `parsed` has the pages of `inventory` in the same order; `now` decides on future and
/// expired pages.
pub fn resolve(
    inventory: &Inventory,
    parsed: &[ParsedPage],
    tree: &SourceTree,
    config: &Config,
    now: Timestamp,
) -> (Graph, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        inventory,
        parsed,
        tree,
        config,
    };
    let cascades = Cascades::new(input);
    let (mut nodes, left_out) = nodes(input, &cascades, now);
    let mut members = taxonomy::add(&mut nodes, &cascades, config);
    let titles = titles(&nodes, input);
    let sections = sections(&nodes);
    let parents = parents(&nodes, &sections);
    let places = places(&nodes, &titles, &parents, &members, input, &mut diagnostics);
    let files = assets(&nodes, &places, &sections, input);
    let collators = config.languages.map(Collator::of);
    let dates = dates(&nodes, &parents);
    let keys = sort_keys(&nodes, &titles, &dates, &collators, input);
    let order = Order {
        nodes: &nodes,
        titles: &titles,
        dates: &dates,
        keys: &keys,
        collators: &collators,
    };
    order.sort_members(&mut members);
    let flow = Flow::new(&nodes, &parents, &order, config);
    script_links::check(&nodes, input, &mut diagnostics);
    let minutes = times::minutes(&nodes, &flow, input, &mut diagnostics);
    let translations = translations(&nodes, config);
    let mut dates = dates;
    date_members(&mut dates, &members);
    let rendered = nodes.iter().map(|node| node.is_rendered(config)).collect();
    let parts = Parts {
        left_out,
        titles,
        places,
        parents,
        dates,
        flow,
        minutes,
        translations,
        rendered,
        files,
        members,
        sort_keys: keys,
    };
    let mut graph = finish(nodes, parts, input, &mut diagnostics);
    add_menus(&mut graph, &collators, config, &mut diagnostics);
    (graph, diagnostics)
}

/// The graph without its menus, which look pages up in it.
fn finish(nodes: Vec<Node>, mut parts: Parts, input: Input, diagnostics: &mut Diagnostics) -> Graph {
    let (aliases, targets) = targets(&nodes, &mut parts, input, diagnostics);
    let index = RefIndex::new(&nodes, take(&mut parts.files.by_source), input);
    let sites = input
        .config
        .languages
        .ids()
        .map(|lang| language_site(lang, &parts))
        .collect();
    let assets = take(&mut parts.files.files);
    let pool = take(&mut parts.files.pool);
    let sort_keys = take(&mut parts.sort_keys);
    let left_out = take(&mut parts.left_out);
    let mut graph = Graph {
        pages: assemble(nodes, parts),
        left_out,
        sites,
        aliases: aliases.redirects,
        moved_ids: Vec::new(),
        assets,
        pool,
        targets,
        index,
        measures: SiteMeasures::new(&input.config.languages),
        sort_keys,
    };
    diagnostics.extend(graph.move_ids(aliases.ids));
    graph
}

/// The target at each path: pages win over files, and files over redirects. Files that lose are not copied. Other paths
/// belong to the files of `assets/`.
fn targets(
    nodes: &[Node],
    parts: &mut Parts,
    input: Input,
    diagnostics: &mut Diagnostics,
) -> (Aliases, HashMap<String, Target>) {
    let files = &mut parts.files.files;
    let mut targets: HashMap<String, Target> = HashMap::with_capacity(nodes.len() + files.len());
    for (at, place) in parts
        .places
        .iter()
        .enumerate()
        .filter(|(at, _)| parts.rendered[*at])
    {
        targets.insert(target(place), Target::Page(id(at)));
    }
    files.retain(|(path, file)| {
        let page = targets.get(path);
        diagnostics.extend(page.and_then(|page| covered(page, *file, nodes, input.tree)));
        page.is_none()
    });
    targets.extend(
        files
            .iter()
            .map(|(path, file)| (path.clone(), Target::Asset(*file))),
    );
    let taken = |path: &str| targets.contains_key(path);
    let mut aliases = aliases::aliases(nodes, &parts.places, &parts.flow.homes, taken, input);
    diagnostics.append(&mut aliases.found);
    for (url, page) in &aliases.redirects {
        targets.insert(paths::output_path(url), Target::Alias(*page));
    }
    parts.files.pool.retain(|(path, _)| !targets.contains_key(path));
    for (path, file) in &parts.files.pool {
        targets.insert(path.clone(), Target::Asset(*file));
    }
    (aliases, targets)
}

/// The finding about a file of the site at the place of a page. Its span is the page's: the file may be none that is
/// read.
fn covered(page: &Target, file: FileId, nodes: &[Node], tree: &SourceTree) -> Option<Diagnostic> {
    let Target::Page(page) = page else { return None };
    let source = tree.get(file)?;
    let message = format!(
        "`{}` is not published, because this page has its place",
        source.path
    );
    let span = nodes[page.0 as usize].file.map(|page| Span::new(page, 0, 0));
    let finding = Diagnostic::warning(Code::DuplicateUrl, span, message);
    Some(finding.help("rename that file, or give the page another `slug` or `url`"))
}

fn language_site(lang: LangId, parts: &Parts) -> LanguageSite {
    LanguageSite {
        lang,
        home: parts.flow.homes[lang],
        reading_order: parts.flow.reading[lang].clone(),
        taxonomies: parts.members.taxonomies[lang].clone(),
        menus: Vec::new(),
    }
}

fn add_menus(
    graph: &mut Graph,
    collators: &PerLanguage<Collator>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    link_named_pages(graph);
    for (lang, collator) in collators.each() {
        let menus = menus::menus(graph, lang, collator, config, diagnostics);
        graph.sites[lang].menus = menus;
    }
}

/// Resolves the pages that front matter names: the menu entry of a page, and hextra's `prev` and `next` of the pager.
fn link_named_pages(graph: &mut Graph) {
    let mut found = Vec::new();
    for (at, page) in graph.pages.iter().enumerate() {
        let named = |target: Option<String>| match graph.resolve_ref(page.id, &target?, None) {
            RefAnswer::Found { page, .. } => page,
            _ => None,
        };
        let is_ref = ["manuallinkrelref", "menupageref"]
            .iter()
            .any(|key| page.params.text(key).is_some());
        let link = page.nav.manual_link.clone();
        let menu = named(link.filter(|link| is_ref || is_from_root(link)));
        let prev = named(page.params.text("prev"));
        let next = named(page.params.text("next"));
        if menu.or(prev).or(next).is_some() {
            found.push((at, menu, prev, next));
        }
    }
    for (at, menu, prev, next) in found {
        let page = &mut graph.pages[at];
        page.nav.manual_page = menu;
        page.prev = prev.or(page.prev);
        page.next = next.or(page.next);
    }
}
