//! Tabs in the dialects of five themes: a group and its tabs, or a lone tab.

use serde::Serialize;

use super::expansion::Prefix;
use super::tera_frame::Slots;
use super::{Outcome, Shortcodes};
use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::markup::dom::Node;
use crate::parse::{Call, Inner, Segment};

/// The finding about a text in a group of tabs, called `name`, that is in none of them.
pub(crate) fn misplaced(name: &str, span: Span) -> Diagnostic {
    let message = format!("this text of `{name}` is in no tab; it is shown beside the tabs");
    Diagnostic::warning(Code::MisplacedText, span, message).help("move it into a tab, or out of the group")
}

/// A tab, as templates see it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TabView {
    title: String,
    icon: String,
    selected: bool,
    disabled: bool,
    inner: String,
}

/// A group of tabs.
#[derive(Debug, Serialize)]
struct TabsView<'a> {
    tabs: &'a [TabView],
    group: String,
}

impl Shortcodes<'_> {
    pub(super) fn tabs(&mut self, file: FileId, call: &Call) -> Outcome {
        let mut slots = Slots::default();
        if call.name.eq_ignore_ascii_case("tab") {
            let tab = self.tab(file, call, call, 0, &mut slots);
            return self.render_tabs(call, &[tab], slots);
        }
        let (tabs, before, after) = self.tabs_of(file, call, &mut slots);
        if tabs.is_empty() {
            // A group without tabs still shows what is in it.
            return Outcome::Nodes(self.inner_nodes(file, call));
        }
        let before = self.misplaced(file, call, &before);
        let after = self.misplaced(file, call, &after);
        match self.render_tabs(call, &tabs, slots) {
            Outcome::Nodes(group) => Outcome::Nodes(before.into_iter().chain(group).chain(after).collect()),
            other => other,
        }
    }

    /// The tabs directly inside the group, and the text before, between and behind them.
    fn tabs_of(
        &mut self,
        file: FileId,
        call: &Call,
        slots: &mut Slots,
    ) -> (Vec<TabView>, Vec<Segment>, Vec<Segment>) {
        let segments = call
            .inner
            .as_ref()
            .map(|inner| inner.segments.as_slice())
            .unwrap_or_default();
        let mut tabs = Vec::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut held = 0;
        for (at, segment) in segments.iter().enumerate() {
            if let Some(tab) = as_tab(segment) {
                let ended = self.ended(tab, &segments[at + 1..]);
                held = ended.as_ref().map_or(at, |(_, held)| at + held);
                let tab = ended.as_ref().map_or(tab, |(tab, _)| tab);
                let number = tabs.len();
                tabs.push(self.nested(call, |this| this.tab(file, tab, call, number, slots)));
            } else if tabs.is_empty() {
                before.push(segment.clone());
            } else if at > held {
                after.push(segment.clone());
            }
        }
        self.name_from_items(call, &mut tabs);
        (tabs, before, after)
    }

    /// Nodes of the text in the group that is in no tab. Themes show none of it; readers get it beside the group.
    fn misplaced(&mut self, file: FileId, call: &Call, segments: &[Segment]) -> Vec<Node> {
        if segments.iter().all(|segment| self.is_blank(segment)) {
            return Vec::new();
        }
        let prefix = Prefix::of_inner(self.cx.text(file), call, segments);
        let nodes = self.nested(call, |this| this.nodes(file, segments, &prefix));
        if nodes.iter().all(Node::is_blank) {
            return Vec::new();
        }
        let mut spans = segments
            .iter()
            .map(|segment| self.without_margin(span_of(segment)));
        let span = spans.find(|span| !span.range().is_empty() && !self.is_comment(*span));
        let span = span.unwrap_or(call.open_span);
        self.diagnostics.push(misplaced(&call.name, span));
        nodes
    }

    fn is_comment(&self, span: Span) -> bool {
        let text = self.cx.text(span.file).get(span.range()).unwrap_or_default();
        text.starts_with("<!--") && text.ends_with("-->")
    }

    /// The place of a text without the white space around it.
    fn without_margin(&self, span: Span) -> Span {
        let text = self.cx.text(span.file).get(span.range()).unwrap_or_default();
        let start = span.range().start + text.len() - text.trim_start().len();
        Span::new(span.file, start, start + text.trim().len())
    }

    /// A tab without closing tag, ended where the next one begins, and the number of segments behind it that it holds.
    /// `None` if there is no such text.
    fn ended(&mut self, tab: &Call, behind: &[Segment]) -> Option<(Call, usize)> {
        if tab.inner.is_some() || tab.args.named("include").is_some() {
            return None;
        }
        let len = behind
            .iter()
            .take_while(|segment| as_tab(segment).is_none())
            .count();
        let segments = &behind[..len];
        if segments.iter().all(|segment| self.is_blank(segment)) {
            return None;
        }
        let end = segments.last().map_or(tab.open_span, span_of).range().end;
        let mut ended = tab.clone();
        ended.span = Span::new(tab.span.file, tab.span.range().start, end);
        ended.inner = Some(Inner {
            span: Span::new(tab.span.file, tab.open_span.range().end, end),
            segments: segments.to_vec(),
        });
        let message = format!("`{}` has no closing tag", tab.name);
        let finding = Diagnostic::warning(Code::UnclosedShortcode, tab.open_span, message);
        let help = format!("add a tag with `/{}` where its text ends", tab.name);
        self.diagnostics.push(finding.help(help));
        Some((ended, len))
    }

    fn is_blank(&self, segment: &Segment) -> bool {
        let Segment::Text(span) = segment else {
            return false;
        };
        let text = self.cx.text(span.file).get(span.range());
        text.is_none_or(|text| text.trim().is_empty())
    }

    /// Tabs of finished contents.
    pub(super) fn tabs_with(&mut self, call: &Call, tabs: Vec<(String, Vec<Node>)>) -> Outcome {
        let mut slots = Slots::default();
        let views = tabs
            .into_iter()
            .enumerate()
            .map(|(number, (title, nodes))| TabView {
                title,
                icon: String::new(),
                selected: number == 0,
                disabled: false,
                inner: slots.add(nodes, String::new()),
            });
        let views: Vec<TabView> = views.collect();
        self.render_tabs(call, &views, slots)
    }

    /// hextra's older form: `{{< tabs items="A,B" >}}`.
    fn name_from_items(&self, call: &Call, tabs: &mut [TabView]) {
        let items = call.args.text(&["items"], None).unwrap_or_default();
        for (tab, name) in tabs
            .iter_mut()
            .zip(items.split(',').map(str::trim).filter(|name| !name.is_empty()))
        {
            name.clone_into(&mut tab.title);
        }
    }

    fn tab(&mut self, file: FileId, tab: &Call, group: &Call, number: usize, slots: &mut Slots) -> TabView {
        let nodes = self.tab_nodes(file, tab, group);
        let first = group
            .args
            .text(&["defaultIndex"], None)
            .and_then(|index| index.parse().ok())
            .unwrap_or(0);
        TabView {
            title: title_of(tab, number),
            icon: tab.args.text(&["icon"], None).unwrap_or_default(),
            selected: tab.args.flag(&["selected"], number == first),
            disabled: tab.args.flag(&["disabled"], false),
            inner: slots.add(nodes, String::new()),
        }
    }

    /// A tab's content: a file, code, or Markdown.
    fn tab_nodes(&mut self, file: FileId, tab: &Call, group: &Call) -> Vec<Node> {
        if let Some(path) = tab.args.text(&["include"], None) {
            return match self.find_file(file, &path) {
                Some(included) => self.nested(tab, |this| this.included_nodes(included)),
                None => {
                    self.warn(
                        Code::IncludeNotFound,
                        tab,
                        format!("there is no file `{path}` to include"),
                    );
                    Vec::new()
                }
            };
        }
        let language = tab
            .args
            .text(&["codelang", "lang", "language"], None)
            .or_else(|| {
                let header = group.args.flag(&["langEqualsHeader"], false);
                let header = header.then(|| tab.args.text(&["header"], Some(0)));
                header.flatten().map(|header| header.to_lowercase())
            })
            .or_else(|| group.args.text(&["lang"], None));
        if tab.args.named("codelang").is_some() || self.is_code_pane(tab, group) {
            let code = self.inner_code(file, tab);
            // docsy uses disabled tabs without content as labels.
            if code.0.trim().is_empty() {
                return Vec::new();
            }
            return vec![self.code_block(tab, language.unwrap_or_default(), "", code)];
        }
        self.inner_nodes(file, tab)
    }

    /// docsy: the tabs of a `tabpane` hold code unless `text` says otherwise, or the tab is a `{{% %}}` call.
    fn is_code_pane(&self, tab: &Call, group: &Call) -> bool {
        let text = tab.args.flag(
            &["text"],
            group
                .args
                .flag(&["text"], tab.delimiter == crate::parse::Delimiter::Percent),
        );
        group.name.eq_ignore_ascii_case("tabpane") && !text
    }

    fn render_tabs(&mut self, call: &Call, tabs: &[TabView], slots: Slots) -> Outcome {
        let view = self.call_view(call);
        let more = TabsView {
            tabs,
            group: group_of(call),
        };
        self.render_with(call, "tabs", slots, &view, &more)
    }
}

/// The key that tabs share which are switched together. docsy's panes are all in one group, unless they ask for another
/// or none.
fn group_of(call: &Call) -> String {
    let group = call.args.text(&["groupid", "persist", "id", "name"], Some(0));
    if !call.name.eq_ignore_ascii_case("tabpane") {
        return group.unwrap_or_default();
    }
    let group = group.unwrap_or_else(|| "header".to_owned());
    if group == "disabled" { String::new() } else { group }
}

/// The label of a tab.
pub(crate) fn title_of(tab: &Call, number: usize) -> String {
    let title = tab.args.text(&["title", "name", "header", "tabName"], Some(0));
    let title = title.filter(|title| !title.is_empty());
    title.unwrap_or_else(|| format!("Tab {}", number + 1))
}

fn as_tab(segment: &Segment) -> Option<&Call> {
    match segment {
        Segment::Call(call) if call.name.eq_ignore_ascii_case("tab") => Some(call),
        _ => None,
    }
}

fn span_of(segment: &Segment) -> Span {
    match segment {
        Segment::Text(span) | Segment::Escaped { span, .. } => *span,
        Segment::Call(call) => call.span,
    }
}
