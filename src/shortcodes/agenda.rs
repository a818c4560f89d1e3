//! `agenda`: the parts of the workshop with the times at which they begin.

mod schedule;

use serde::Serialize;

use self::schedule::{Item, Line, Rule, schedule};
use super::tera_frame::Slots;
use super::{Outcome, Shortcodes};
use crate::diag::{Code, Diagnostic};
use crate::graph::{Kind, Page, PageId, RefAnswer};
use crate::parse::Call;

/// Minutes in a day.
const DAY: u32 = 24 * 60;
/// Depth below which pages are scheduled as one.
const MAX_DEPTH: usize = 20;

/// A line, as templates see it.
#[derive(Debug, Serialize)]
struct LineView {
    /// Begin: `13:00`.
    from: String,
    /// End: `13:25`.
    to: String,
    /// Minutes, without breaks within.
    minutes: u32,
    /// Title of the page, or name of the break; empty for a break without a name.
    title: String,
    /// URL of the page; empty for a break.
    url: String,
    /// True for a break.
    is_break: bool,
    /// Depth below the scheduled part; 0 for its parts.
    depth: usize,
}

/// The agenda, as templates see it.
#[derive(Debug, Serialize)]
struct AgendaView {
    lines: Vec<LineView>,
    /// Minutes of all parts, without breaks.
    minutes: u32,
    /// Time at which the last part ends.
    end: String,
}

impl Shortcodes<'_> {
    /// `agenda start="13:00" depth=1 break="10m after 90m, 60m at 12:00 Lunch" of="20-build"`.
    pub(super) fn agenda(&mut self, call: &Call) -> Outcome {
        let start = self.agenda_start(call);
        let rules = self.agenda_rules(call);
        let depth = call.args.text(&["depth"], None);
        let depth = depth.and_then(|depth| depth.parse().ok()).unwrap_or(1_usize);
        let Some(root) = self.agenda_root(call) else {
            return Outcome::Nothing;
        };
        let items = self.items(root, 0);
        if items.is_empty() {
            let message = "no page says how long it takes, so there is nothing to schedule";
            let finding = Diagnostic::warning(Code::EmptyAgenda, call.open_span, message);
            self.diagnostics
                .push(finding.help("write `duration: 20m` into the front matter of pages"));
            return Outcome::Nothing;
        }
        let lines = schedule(&items, start, &rules);
        let end = lines.iter().map(|line| line.to).max().unwrap_or(start);
        let views: Vec<LineView> = lines
            .iter()
            .filter(|line| line.depth < depth || line.id.is_none())
            .map(|line| self.line_view(line, depth))
            .collect();
        let view = self.call_view(call);
        let more = AgendaView {
            lines: views,
            minutes: items.iter().map(|item| item.minutes).sum(),
            end: time_of_day(end),
        };
        self.render_with(call, "agenda", Slots::default(), &view, &more)
    }

    fn agenda_start(&mut self, call: &Call) -> u32 {
        let text = call.args.text(&["start"], Some(0)).unwrap_or_default();
        schedule::clock(&text).unwrap_or_else(|| {
            let message = if text.is_empty() {
                "`agenda` needs the time at which the workshop begins".to_owned()
            } else {
                format!("`{text}` is not a time of the day; the agenda begins at 9:00")
            };
            let finding = Diagnostic::warning(Code::ShortcodeArgument, call.open_span, message);
            self.diagnostics
                .push(finding.help("for example {{< agenda start=\"13:00\" >}}"));
            9 * 60
        })
    }

    fn agenda_rules(&mut self, call: &Call) -> Vec<Rule> {
        let text = call.args.text(&["break", "breaks"], None).unwrap_or_default();
        let mut rules = Vec::new();
        for written in text
            .split([',', ';', '、'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match Rule::parse(written) {
                Some(rule) => rules.push(rule),
                None => {
                    let message = format!("`{written}` is not a rule for breaks");
                    let finding = Diagnostic::warning(Code::ShortcodeArgument, call.open_span, message);
                    self.diagnostics
                        .push(finding.help("write `10m after 90m` or `60m at 12:00 Lunch`"));
                }
            }
        }
        rules
    }

    /// The part whose pages are scheduled: the one that the call names, else this page's own, else the workshop.
    fn agenda_root(&mut self, call: &Call) -> Option<PageId> {
        if let Some(target) = call.args.text(&["of", "part"], None) {
            return match self.cx.graph.resolve_ref(self.page, &target, None) {
                RefAnswer::Found { page: Some(page), .. } => Some(page),
                _ => {
                    let message = format!("no page is named `{target}`");
                    self.diagnostics
                        .push(Diagnostic::error(Code::BrokenRef, call.open_span, message));
                    None
                }
            };
        }
        let page = self.page();
        let home = self.cx.graph.sites[page.lang].home;
        let root = if page.kind == Kind::Section { page.id } else { home };
        // A site whose pages are all in one section begins there.
        match self.timed(root).as_slice() {
            [only] if root == home && !self.timed(only.id).is_empty() => Some(only.id),
            _ => Some(root),
        }
    }

    /// Pages below that are shown and take time.
    fn timed(&self, id: PageId) -> Vec<&Page> {
        let graph = self.cx.graph;
        let below = graph.page(id).children.iter().map(|id| graph.page(*id));
        below
            .filter(|page| !page.nav.hidden && page.minutes > 0)
            .collect()
    }

    fn items(&self, id: PageId, depth: usize) -> Vec<Item> {
        if depth == MAX_DEPTH {
            return Vec::new();
        }
        let item = |page: &Page| Item {
            minutes: page.minutes,
            pause: page
                .front
                .pause
                .as_ref()
                .map(|pause| (pause.minutes, pause.title.clone())),
            parts: self.items(page.id, depth + 1),
            id: page.id.0 as usize,
        };
        self.timed(id).into_iter().map(item).collect()
    }

    fn line_view(&self, line: &Line, depth: usize) -> LineView {
        let page = line.id.and_then(|id| self.cx.graph.pages.get(id));
        LineView {
            from: time_of_day(line.from),
            to: time_of_day(line.to),
            minutes: page.map_or(line.to - line.from, |page| page.minutes),
            title: page.map_or_else(|| line.label.clone(), |page| page.link_title.clone()),
            url: page.map_or_else(String::new, |page| {
                self.cx.graph.href(self.cx.config, self.page, &page.url)
            }),
            is_break: page.is_none(),
            depth: line.depth.min(depth),
        }
    }
}

fn time_of_day(minutes: u32) -> String {
    format!("{}:{:02}", minutes % DAY / 60, minutes % 60)
}
