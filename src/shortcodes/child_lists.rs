//! `children` and its relatives: lists of the pages below.

use serde::Serialize;

use super::{Outcome, Shortcodes};
use crate::graph::{Page, PageId};
use crate::parse::Call;

/// A page in a list, as templates see it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChildView {
    title: String,
    url: String,
    description: String,
    icon: String,
    level: usize,
    children: Vec<ChildView>,
}

/// The arguments of such a call.
struct Wanted {
    depth: usize,
    hidden: bool,
    description: bool,
    sort: Option<String>,
}

impl Wanted {
    fn of(call: &Call) -> Self {
        let depth = call
            .args
            .text(&["depth"], None)
            .and_then(|text| text.parse().ok())
            .unwrap_or(if call.name.eq_ignore_ascii_case("toc-tree") {
                usize::MAX
            } else {
                1
            });
        Self {
            depth,
            hidden: call.args.flag(&["showhidden"], false),
            description: call.args.flag(&["description", "summary"], false)
                || call
                    .args
                    .positional
                    .iter()
                    .any(|arg| arg.value.to_text() == "summary"),
            sort: call.args.text(&["sort"], None).map(|sort| sort.to_lowercase()),
        }
    }
}

impl Shortcodes<'_> {
    /// The pages below this one, shown by the template of the call's name.
    pub(super) fn children(&mut self, call: &Call) -> Outcome {
        let wanted = Wanted::of(call);
        let list = self.below(self.page, &wanted, 1);
        let name = if self.cx.templates.shortcode(&call.name) {
            call.name.to_lowercase()
        } else {
            "children".to_owned()
        };
        self.render_list(call, &name, &list)
    }

    fn below(&self, of: PageId, wanted: &Wanted, level: usize) -> Vec<ChildView> {
        let graph = self.cx.graph;
        let mut pages: Vec<&Page> = graph.page(of).children.iter().map(|id| graph.page(*id)).collect();
        pages.retain(|page| page.rendered && (wanted.hidden || !page.nav.hidden));
        match wanted.sort.as_deref() {
            Some("length") => pages.sort_by_key(|page| self.length(page)),
            by => sort(&mut pages, by),
        }
        pages
            .into_iter()
            .map(|page| self.child(page, wanted, level))
            .collect()
    }

    fn child(&self, page: &Page, wanted: &Wanted, level: usize) -> ChildView {
        let deeper = level < wanted.depth && level < crate::shortcodes::MAX_DEPTH;
        ChildView {
            title: page.link_title.clone(),
            url: self.cx.graph.href(self.cx.config, self.page, &page.url),
            description: if wanted.description {
                self.description(page)
            } else {
                String::new()
            },
            icon: page
                .params
                .get("icon")
                .and_then(spanned_data::Value::to_text)
                .unwrap_or_default(),
            level,
            children: if deeper {
                self.below(page.id, wanted, level + 1)
            } else {
                Vec::new()
            },
        }
    }

    /// The length of a page's body as it stands in its file.
    fn length(&self, page: &Page) -> usize {
        page.source.map_or(0, |source| {
            let parsed = &self.cx.parsed[source];
            self.cx
                .text(parsed.file)
                .len()
                .saturating_sub(parsed.front_span.range().end)
        })
    }

    /// The description of a page, else the beginning of its text.
    fn description(&self, page: &Page) -> String {
        let front = page.front.description.as_ref().or(page.front.summary.as_ref());
        match (front, page.source) {
            (Some(text), _) => text.clone(),
            (None, Some(source)) => super::rough_text::excerpt(self.cx, &self.cx.parsed[source]),
            (None, None) => String::new(),
        }
    }
}

fn sort(pages: &mut [&Page], by: Option<&str>) {
    match by {
        Some("name" | "title" | "linktitle") => pages.sort_by_key(|page| page.link_title.to_lowercase()),
        Some("date") => pages.sort_by_key(|page| page.front.date),
        Some("publishdate") => pages.sort_by_key(|page| page.front.publish_date),
        Some("modifieddate" | "lastmod") => pages.sort_by_key(|page| page.front.lastmod),
        Some("expirydate") => pages.sort_by_key(|page| page.front.expiry_date),
        // Pages are in the order of weight already.
        _ => {}
    }
}
