//! Puts the parts together: nodes, titles, places, order, files, redirects, look-ups, menus.

use std::collections::HashMap;

use jiff::Timestamp;

use super::assets::{Assets, assets};
use super::cascade::Cascades;
use super::filter::is_wanted;
use super::index::index;
use super::languages::translations;
use super::node::Node;
use super::order::{Collator, Dates, Order, dates, is_child, is_listed, reading_order, sort_keys};
use super::paths::normal;
use super::refs::RefAnswer;
use super::taxonomy::Members;
use super::titles::Titles;
use super::tree::{id, nodes, parents, sections};
use super::urls::{Folders, Place, by_precedence, places, target};
use super::{
    Graph, Kind, LanguageSite, Nav, Page, PageId, RefIndex, Target, aliases, menus, paths, taxonomy,
};
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::discover::Inventory;
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
    let cascades = Cascades::new(inventory, parsed, config);
    let mut nodes = nodes(inventory, parsed, &cascades, config, now);
    let mut members = taxonomy::add(&mut nodes, &cascades, config);
    let sections = sections(&nodes);
    let parents = parents(&nodes, &sections);
    let titles: Vec<Titles> = nodes
        .iter()
        .map(|node| Titles::new(node, node.source.and_then(|source| parsed.get(source)), config))
        .collect();
    let places = {
        let mut folders = Folders::new(inventory, parsed, &config.urls);
        places(&nodes, &titles, &parents, &mut folders, config, &mut diagnostics)
    };
    let mut files = assets(inventory, &nodes, &places, &sections, tree, config);
    let collators: Vec<Collator> = config
        .languages
        .iter()
        .map(|language| Collator::new(&language.key))
        .collect();
    let dates = dates(&nodes, &parents);
    let keys = sort_keys(
        &nodes,
        &titles,
        &dates,
        &paths_of(&nodes, inventory, tree),
        &collators,
    );
    let order = Order {
        nodes: &nodes,
        titles: &titles,
        dates: &dates,
        keys: &keys,
        collators: &collators,
    };
    sort_members(&mut members, &nodes, &order);
    let flow = Flow::new(&nodes, &parents, &order, config);
    let translations = translations(&nodes, config);
    let precedence = by_precedence(&nodes);
    let base_path = paths::decode_path(&config.base_url.path).into_owned();
    let index = RefIndex {
        languages: index(&nodes, &precedence, inventory, tree, config.languages.len()),
        resources: std::mem::take(&mut files.by_source),
        keys: config
            .languages
            .iter()
            .map(|language| language.key.to_lowercase())
            .collect(),
        base_path,
    };
    let rendered: Vec<bool> = nodes.iter().map(|node| node.is_rendered(config)).collect();
    let (aliases, targets) = targets(&nodes, &places, &rendered, &flow.homes, &mut files, config);
    let sites = sites(&flow, &members, config);
    let parts = Parts {
        titles,
        places,
        parents,
        dates,
        flow,
        translations,
        rendered,
        files: files.resources,
    };
    let pages = assemble(nodes, parts, &mut members);
    let mut graph = Graph {
        pages,
        sites,
        aliases,
        assets: files.files,
        targets,
        index,
    };
    link_menu_entries(&mut graph);
    for (lang, collator) in collators.iter().enumerate() {
        let menus = menus::menus(&graph, lang, collator, config, &mut diagnostics);
        graph.sites[lang].menus = menus;
    }
    (graph, diagnostics)
}

/// The paths that the sort compares last: in Hugo's normal form, with extension.
fn paths_of(nodes: &[Node], inventory: &Inventory, tree: &SourceTree) -> Vec<String> {
    let path = |node: &Node| {
        let file = node
            .source
            .and_then(|source| tree.get(inventory.pages[source].file));
        file.map_or_else(
            || format!("{}/_index.md", node.path),
            |file| format!("/{}", normal(&file.target)),
        )
    };
    nodes.iter().map(path).collect()
}

fn sort_members(members: &mut Members, nodes: &[Node], order: &Order) {
    for (page, list) in &mut members.of {
        match nodes[page.0 as usize].kind {
            Kind::Taxonomy => order.sort_by_title(list),
            _ => order.sort(list),
        }
    }
}

/// How a reader goes through the pages.
struct Flow {
    homes: Vec<PageId>,
    children: Vec<Vec<PageId>>,
    listed: Vec<bool>,
    navs: Vec<Nav>,
    /// By language.
    reading: Vec<Vec<PageId>>,
}

impl Flow {
    fn new(nodes: &[Node], parents: &[Option<PageId>], order: &Order, config: &Config) -> Self {
        let wanted: Vec<bool> = nodes
            .iter()
            .map(|node| is_wanted(&node.params, &config.languages[node.lang].params))
            .collect();
        let navs = navs(nodes, &wanted, config);
        let child: Vec<bool> = nodes
            .iter()
            .zip(&wanted)
            .map(|(node, wanted)| *wanted && is_child(node, config))
            .collect();
        let listed: Vec<bool> = nodes
            .iter()
            .zip(&wanted)
            .map(|(node, wanted)| *wanted && is_listed(node, config))
            .collect();
        let children = order.children(parents, &child, config);
        let homes = homes(nodes, config.languages.len());
        let hidden = |page: PageId| navs[page.0 as usize].hidden;
        let rendered = |page: PageId| nodes[page.0 as usize].is_rendered(config);
        let reading = homes
            .iter()
            .map(|home| reading_order(*home, &children, hidden, rendered))
            .collect();
        Self {
            homes,
            children,
            listed,
            navs,
            reading,
        }
    }
}

fn navs(nodes: &[Node], wanted: &[bool], config: &Config) -> Vec<Nav> {
    let nav = |(node, wanted): (&Node, &bool)| {
        let site = &config.languages[node.lang].params;
        let mut nav = Nav::new(&node.params, node.front.page_type.as_deref(), site);
        nav.hidden |= !wanted;
        nav
    };
    nodes.iter().zip(wanted).map(nav).collect()
}

/// The home page of each language. Every language has one, because missing ones have been added.
fn homes(nodes: &[Node], languages: usize) -> Vec<PageId> {
    let mut homes = vec![PageId(0); languages];
    for (at, node) in nodes
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, node)| node.kind == Kind::Home)
    {
        homes[node.lang] = id(at);
    }
    homes
}

/// What is at each path: pages win over files, and files over redirects. Files that lose are not copied.
fn targets(
    nodes: &[Node],
    places: &[Place],
    rendered: &[bool],
    homes: &[PageId],
    files: &mut Assets,
    config: &Config,
) -> (Vec<(String, PageId)>, HashMap<String, Target>) {
    let mut targets: HashMap<String, Target> = HashMap::with_capacity(nodes.len() + files.files.len());
    for (at, place) in places.iter().enumerate().filter(|(at, _)| rendered[*at]) {
        targets.insert(target(place), Target::Page(id(at)));
    }
    files.files.retain(|(path, _)| !targets.contains_key(path));
    targets.extend(
        files
            .files
            .iter()
            .map(|(path, file)| (path.clone(), Target::Asset(*file))),
    );
    let aliases = aliases::aliases(nodes, places, homes, |path| targets.contains_key(path), config);
    for (url, page) in &aliases {
        targets.insert(paths::output_path(url), Target::Alias(*page));
    }
    (aliases, targets)
}

fn sites(flow: &Flow, members: &Members, config: &Config) -> Vec<LanguageSite> {
    (0..config.languages.len())
        .map(|lang| LanguageSite {
            lang,
            home: flow.homes[lang],
            reading_order: flow.reading[lang].clone(),
            taxonomies: members.taxonomies[lang].clone(),
            menus: Vec::new(),
        })
        .collect()
}

/// Everything about pages, by their index.
struct Parts {
    titles: Vec<Titles>,
    places: Vec<Place>,
    parents: Vec<Option<PageId>>,
    dates: Vec<Dates>,
    flow: Flow,
    translations: Vec<Vec<PageId>>,
    rendered: Vec<bool>,
    files: Vec<Vec<super::Resource>>,
}

fn assemble(nodes: Vec<Node>, parts: Parts, members: &mut Members) -> Vec<Page> {
    let Parts {
        titles,
        places,
        parents,
        dates,
        flow,
        translations,
        rendered,
        files,
    } = parts;
    let mut neighbours = neighbours(&flow, nodes.len());
    let Flow {
        children,
        listed,
        navs,
        ..
    } = flow;
    let (mut titles, mut places) = (titles.into_iter(), places.into_iter());
    let (mut children, mut navs) = (children.into_iter(), navs.into_iter());
    let (mut translations, mut files) = (translations.into_iter(), files.into_iter());
    let mut pages = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.into_iter().enumerate() {
        let (Some(title), Some(place), Some(children), Some(nav)) =
            (titles.next(), places.next(), children.next(), navs.next())
        else {
            break;
        };
        let (prev, next) = std::mem::take(&mut neighbours[at]);
        pages.push(Page {
            id: id(at),
            lang: node.lang,
            kind: node.kind,
            source: node.source,
            path: node.path,
            dir: node.dir.into_owned(),
            bundle: node.bundle,
            url: place.url,
            title: title.title,
            link_title: title.link,
            front: node.front,
            params: node.params,
            date: dates[at].date,
            lastmod: dates[at].lastmod,
            parent: parents[at],
            children,
            prev: prev.filter(|_| !nav.no_prev),
            next: next.filter(|_| !nav.no_next),
            nav,
            translations: translations.next().unwrap_or_default(),
            resources: files.next().unwrap_or_default(),
            rendered: rendered[at],
            listed: listed[at],
            members: members.of.remove(&id(at)).unwrap_or_default(),
        });
    }
    pages
}

/// The pages before and after each page in reading order.
fn neighbours(flow: &Flow, pages: usize) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut neighbours = vec![(None, None); pages];
    for order in &flow.reading {
        for pair in order.windows(2) {
            neighbours[pair[0].0 as usize].1 = Some(pair[1]);
            neighbours[pair[1].0 as usize].0 = Some(pair[0]);
        }
    }
    neighbours
}

/// Menu entries that lead to another page by a ref get its URL.
fn link_menu_entries(graph: &mut Graph) {
    let mut links: Vec<(usize, String)> = Vec::new();
    for (at, page) in graph.pages.iter().enumerate() {
        let target = ["manuallinkrelref", "menupageref"]
            .iter()
            .find_map(|key| page.params.text(key));
        let Some(target) = target.filter(|_| page.nav.manual_link.is_some()) else {
            continue;
        };
        if let RefAnswer::Found {
            page: Some(found), ..
        } = graph.resolve_ref(page.id, &target, None)
        {
            links.push((at, graph.page(found).url.clone()));
        }
    }
    for (at, url) in links {
        graph.pages[at].nav.manual_link = Some(url);
    }
}
