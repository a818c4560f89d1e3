//! The end of the stage: puts parallel lists together as pages.

use std::mem::take;

use super::assets::Assets;
use super::flow::{Flow, neighbours};
use super::node::Node;
use super::order::{Dates, SortKey};
use super::page_place::Place;
use super::taxonomy::Members;
use super::titles::Titles;
use super::tree::id;
use super::{LeftOut, Page, PageId};

/// All facts about pages, by their index.
pub(super) struct Parts {
    pub(super) left_out: Vec<(usize, LeftOut)>,
    pub(super) titles: Vec<Titles>,
    pub(super) places: Vec<Place>,
    pub(super) parents: Vec<Option<PageId>>,
    pub(super) dates: Vec<Dates>,
    pub(super) flow: Flow,
    pub(super) minutes: Vec<u32>,
    pub(super) translations: Vec<Vec<PageId>>,
    pub(super) rendered: Vec<bool>,
    pub(super) files: Assets,
    pub(super) members: Members,
    pub(super) sort_keys: Vec<SortKey>,
}

/// The pages of all nodes.
pub(super) fn assemble(nodes: Vec<Node>, mut parts: Parts) -> Vec<Page> {
    let neighbours = neighbours(&parts.flow.reading, nodes.len());
    nodes
        .into_iter()
        .zip(neighbours)
        .enumerate()
        .map(|(at, (node, neighbours))| parts.page(at, node, neighbours))
        .collect()
}

impl Parts {
    fn page(&mut self, at: usize, node: Node, (prev, next): (Option<PageId>, Option<PageId>)) -> Page {
        let titles = take(&mut self.titles[at]);
        let nav = take(&mut self.flow.navs[at]);
        Page {
            id: id(at),
            lang: node.lang,
            kind: node.kind,
            source: node.source,
            path: node.path,
            dir: node.dir.into_owned(),
            bundle: node.bundle,
            url: take(&mut self.places[at].url),
            title: titles.title,
            link_title: titles.link,
            coded_titles: titles.coded,
            front: node.front,
            params: node.params,
            date: self.dates[at].date,
            lastmod: self.dates[at].lastmod,
            parent: self.parents[at],
            children: take(&mut self.flow.children[at]),
            prev: prev.filter(|_| !nav.no_prev),
            next: next.filter(|_| !nav.no_next),
            nav,
            minutes: self.minutes[at],
            translations: take(&mut self.translations[at]),
            resources: take(&mut self.files.resources[at]),
            rendered: self.rendered[at],
            listed: self.flow.listed[at],
            members: self.members.of.remove(&id(at)).unwrap_or_default(),
            terms: self.members.terms.remove(&id(at)).unwrap_or_default(),
        }
    }
}
