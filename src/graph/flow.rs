//! The reader's way through the site: pages in lists, hidden pages, and the reading order.

use super::filter::is_wanted;
use super::node::Node;
use super::order::Order;
use super::tree::id;
use super::{Kind, Nav, PageId};
use crate::config::Config;
use crate::lang::PerLanguage;
use crate::parse::List;

/// The reader's way through the pages.
pub(super) struct Flow {
    /// Home page of each language.
    pub(super) homes: PerLanguage<PageId>,
    pub(super) children: Vec<Vec<PageId>>,
    pub(super) listed: Vec<bool>,
    pub(super) navs: Vec<Nav>,
    /// Reading order of each language.
    pub(super) reading: PerLanguage<Vec<PageId>>,
}

impl Flow {
    /// Computes it from the tree and the order.
    pub(super) fn new(nodes: &[Node], parents: &[Option<PageId>], order: &Order, config: &Config) -> Self {
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
        let homes = homes(nodes, config);
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
fn homes(nodes: &[Node], config: &Config) -> PerLanguage<PageId> {
    let mut homes = config.languages.map(|_| PageId(0));
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

/// The pages before and after each page in reading order.
pub(super) fn neighbours(reading: &[Vec<PageId>], pages: usize) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut neighbours = vec![(None, None); pages];
    for order in reading {
        for pair in order.windows(2) {
            neighbours[pair[0].0 as usize].1 = Some(pair[1]);
            neighbours[pair[1].0 as usize].0 = Some(pair[0]);
        }
    }
    neighbours
}

/// Returns true if lists hold a page; the list of its own section may hold more ([`is_child`]).
fn is_listed(node: &Node, config: &Config) -> bool {
    node.front.build.list == List::Always && !node.front.headless && node.is_enabled(config)
}

/// Returns true if the list of its own section holds a page.
fn is_child(node: &Node, config: &Config) -> bool {
    node.front.build.list != List::Never && !node.front.headless && node.is_enabled(config)
}

/// The pages depth-first from `home`. Pages below a hidden section are hidden too.
fn reading_order(
    home: PageId,
    children: &[Vec<PageId>],
    hidden: impl Fn(PageId) -> bool,
    rendered: impl Fn(PageId) -> bool,
) -> Vec<PageId> {
    let mut order = Vec::new();
    let mut ahead = vec![home];
    while let Some(page) = ahead.pop() {
        if page != home && hidden(page) {
            continue;
        }
        if rendered(page) {
            order.push(page);
        }
        ahead.extend(children[page.0 as usize].iter().rev());
    }
    order
}
