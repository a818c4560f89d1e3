//! `include` and `readfile`: the text of another file of the site.

use super::excerpt::{Lack, excerpt};
use super::expansion::Prefix;
use super::{Outcome, Shortcodes};
use crate::budget::{self, Cost};
use crate::diag::{Code, Diagnostic, FileId, nearest};
use crate::graph::{Page, RefAnswer, edit_url};
use crate::markup::dom::{self, By, Element, Node};
use crate::markup::marks;
use crate::parse::{self, ArgValue, Call};
use crate::source::{Component, SourceTree};

impl Shortcodes<'_> {
    /// The file as Markdown, or as code where the call says so.
    pub(super) fn include(&mut self, file: FileId, call: &Call) -> Outcome {
        let Some(path) = call.args.text(&["file", "path"], Some(0)) else {
            self.warn(
                Code::ShortcodeArgument,
                call,
                format!("`{}` needs the file to show", call.name),
            );
            return Outcome::Nothing;
        };
        if call.args.flag(&["draft"], false) && !self.cx.config.include.drafts {
            return Outcome::Nothing;
        }
        let Some(included) = self.find_file(file, &path) else {
            self.not_found(call, &path);
            return Outcome::Nothing;
        };
        if self.over_limit(call, cost(self.cx.text(included)), Some(included)) {
            return Outcome::Nothing;
        }
        let language = call.args.text(&["lang", "language", "codelang"], None);
        let part = ["region", "lines"].map(|name| call.args.text(&[name], None));
        if part.iter().any(Option::is_some) {
            return self.part(call, &path, included, &part, language);
        }
        if call
            .args
            .flag(&["code"], call.name.eq_ignore_ascii_case("readAndHighlight"))
            || (call.args.named("language").is_some() && !path.ends_with(".md"))
        {
            let text = self.cx.text(included).to_owned();
            return Outcome::Nodes(vec![self.code_block(
                call,
                language.unwrap_or_default(),
                "",
                (text, Vec::new()),
            )]);
        }
        let own = self.page().source.map(|source| self.cx.parsed[source].file);
        if own == Some(included) || self.including.contains(&included) {
            let message = format!("`{path}` includes itself");
            self.diagnostics
                .push(Diagnostic::error(Code::NestedTooDeeply, call.open_span, message));
            return Outcome::Nothing;
        }
        if self.is_in_code(call) {
            let text = self.included_text(included);
            return Outcome::Nodes(vec![Node::text(text)]);
        }
        let mut nodes = self.included_nodes(included);
        if hides_heading(call) {
            drop_heading(&mut nodes);
        }
        Outcome::Nodes(nodes)
    }

    /// Takes `cost` from the page's budget. Returns true if there is not so much left; the call that crosses the limit is
    /// a finding, with the pages and files that led there.
    pub(super) fn over_limit(&mut self, call: &Call, cost: Cost, file: Option<FileId>) -> bool {
        let is_over = budget::spend(cost).is_err();
        if is_over {
            self.tell_limit(call, file);
        }
        is_over
    }

    /// Tells that the call has crossed a limit, if nobody has.
    pub(super) fn tell_limit(&mut self, call: &Call, file: Option<FileId>) {
        let (cx, own) = (self.cx, [self.page]);
        let pages = self
            .showing
            .iter()
            .chain(&own)
            .filter(|_| !self.showing.is_empty());
        let pages = pages.filter_map(|page| Some(cx.parsed[cx.graph.page(*page).source?].file));
        let files = pages.chain(self.including.iter().copied()).chain(file);
        let chain: Vec<String> = files
            .filter_map(|file| Some(format!("`{}`", cx.tree.get(file)?.path)))
            .collect();
        self.diagnostics.extend(budget::finding(call.open_span, &chain));
    }

    /// A part of a file as code, with its path above and a link to it below.
    fn part(
        &mut self,
        call: &Call,
        path: &str,
        file: FileId,
        [region, lines]: &[Option<String>; 2],
        language: Option<String>,
    ) -> Outcome {
        let text = match excerpt(self.cx.text(file), region.as_deref(), lines.as_deref()) {
            Ok(text) => text,
            Err(lack) => {
                self.diagnostics
                    .push(lacking(call, path, region.as_deref(), &lack));
                return Outcome::Nothing;
            }
        };
        if self.is_in_code(call) {
            return Outcome::Nodes(vec![Node::text(text)]);
        }
        let own = self.cx.tree.path(file).unwrap_or_default();
        let name = own.rsplit('/').next().unwrap_or_default();
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let title = call
            .args
            .text(&["title", "filename"], None)
            .unwrap_or_else(|| name.to_owned());
        let options = format!("title=\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""));
        let code = (text, Vec::new());
        let mut nodes = vec![self.code_block(call, language.unwrap_or(extension), &options, code)];
        let site = &self.cx.config.languages[self.page().lang].params;
        if let Some(url) = edit_url(own, &self.page().params, site) {
            let link = Element::new("a", By::Wsgen)
                .attr("href", url)
                .with(vec![Node::text(own)]);
            let line = Element::new("p", By::Wsgen).attr("class", "code-source");
            nodes.push(line.with(vec![link.into()]).into());
        }
        Outcome::Nodes(nodes)
    }

    /// A file's Markdown with its own calls; front matter left out.
    pub(super) fn included_nodes(&mut self, file: FileId) -> Vec<Node> {
        let (segments, mut found) = parse::included(file, self.cx.text(file));
        self.diagnostics.append(&mut found);
        self.including.push(file);
        let nodes = self.nodes(file, &segments, &Prefix::default());
        self.including.pop();
        // The next call finds out.
        let _ = budget::spend(Cost::nodes(dom::count(&nodes)));
        nodes
    }

    /// A file's text as it is shown in code, with its own calls; front matter and the last line break left out.
    fn included_text(&mut self, file: FileId) -> String {
        let (segments, mut found) = parse::included(file, self.cx.text(file));
        self.diagnostics.append(&mut found);
        self.including.push(file);
        let expansion = self.expand(file, &segments, &Prefix::default());
        self.including.pop();
        let text = marks::exchange_text(&expansion.text, &expansion.table);
        text.trim_end_matches(['\n', '\r']).to_owned()
    }

    /// A path beside the page or the file that includes, below `content/`, or from the site's root; or, without an
    /// extension, the file of a page.
    pub(super) fn find_file(&self, from: FileId, path: &str) -> Option<FileId> {
        self.file_at(from, path).or_else(|| {
            if path.rsplit('/').next().is_none_or(|name| name.contains('.')) {
                return None;
            }
            match self.cx.graph.resolve_ref(self.page, path, None) {
                RefAnswer::Found { page: Some(page), .. } => {
                    let source = self.cx.graph.page(page).source?;
                    Some(self.cx.parsed[source].file)
                }
                _ => None,
            }
        })
    }

    fn file_at(&self, from: FileId, path: &str) -> Option<FileId> {
        file_at(self.cx.tree, self.page(), from, path)
    }

    fn not_found(&mut self, call: &Call, path: &str) {
        let files = self
            .cx
            .tree
            .iter(Component::Content)
            .map(|(_, file)| file.path.as_str());
        let finding = Diagnostic::warning(
            Code::IncludeNotFound,
            call.open_span,
            format!("there is no file `{path}` to include"),
        );
        let help = match nearest::nearest(path, files) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "paths are read from the page's folder, or from the site's root with a leading slash"
                .to_owned(),
        };
        self.diagnostics.push(finding.help(help));
    }
}

/// The cost of a file: it is read, too.
fn cost(text: &str) -> Cost {
    const EACH: usize = 256;
    Cost::bytes(text.len() + EACH).and(Cost::steps(1))
}

/// The finding about a part of a file that is not there.
fn lacking(call: &Call, path: &str, region: Option<&str>, lack: &Lack) -> Diagnostic {
    let region = region.unwrap_or_default();
    let (code, message, help) = match lack {
        Lack::Unreadable => (
            Code::ShortcodeArgument,
            "`lines` are no lines".to_owned(),
            "write `lines=\"3-12\"`, `lines=\"7\"` or `lines=\"3-\"`".to_owned(),
        ),
        Lack::Short(count) => (
            Code::IncludeNotFound,
            format!("`{path}` does not have these lines"),
            format!("its last line is {count}"),
        ),
        Lack::Unknown(near, names) => (
            Code::IncludeNotFound,
            format!("`{path}` has no region `{region}`"),
            match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => {
                    format!("a region begins with a comment `region {region}` and ends with `endregion`")
                }
                None => format!("its regions are {}", names.join(", ")),
            },
        ),
        Lack::Open => (
            Code::IncludeNotFound,
            format!("the region `{region}` in `{path}` has no end"),
            "write a comment `endregion` below it".to_owned(),
        ),
    };
    Diagnostic::warning(code, call.open_span, message).help(help)
}

/// relearn's `hidefirstheading`, and `showfirstheading` of its older versions.
fn hides_heading(call: &Call) -> bool {
    let second = call.args.at(1).is_some_and(ArgValue::is_true);
    call.name.eq_ignore_ascii_case("include")
        && (call.args.flag(&["hidefirstheading"], second) || !call.args.flag(&["showfirstheading"], true))
}

/// Removes the heading at the beginning of a text.
fn drop_heading(nodes: &mut Vec<Node>) {
    let first = nodes.iter().position(|node| !node.is_blank());
    let heading = first.filter(|at| {
        nodes[*at]
            .as_element()
            .is_some_and(|element| matches!(&*element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    });
    if let Some(at) = heading {
        nodes.remove(at);
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path from a folder, `.` and `..` resolved; never above the root.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The file that `path` names in a call of `include` in the file `from`, which is a part of `page`.
pub(crate) fn file_at(tree: &SourceTree, page: &Page, from: FileId, path: &str) -> Option<FileId> {
    let stem_folder = page.path.trim_start_matches('/');
    let beside = tree.get(from).map_or("", |file| folder(&file.target));
    let trimmed = path.trim_start_matches('/');
    let inside = trimmed.strip_prefix("content/").unwrap_or(trimmed);
    let candidates = [
        join(beside, path),
        join(&page.dir, path),
        join(stem_folder, path),
        join("", trimmed),
        join("", inside),
    ];
    let content = candidates
        .iter()
        .find_map(|path| tree.find(Component::Content, path));
    content
        .or_else(|| {
            tree.iter(Component::Content)
                .find(|(_, file)| file.path == trimmed)
                .map(|(id, _)| id)
        })
        .or_else(|| {
            tree.find(
                Component::Assets,
                trimmed.strip_prefix("assets/").unwrap_or(trimmed),
            )
        })
        .or_else(|| {
            tree.find(
                Component::Static,
                trimmed.strip_prefix("static/").unwrap_or(trimmed),
            )
        })
        .or_else(|| {
            let others = [trimmed.to_owned(), join(beside, path)];
            others.iter().find_map(|path| tree.find(Component::Other, path))
        })
        .filter(|file| tree.text(*file).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leaves_the_site() {
        assert_eq!(join("docs/a", "../b.md"), "docs/b.md");
        assert_eq!(join("docs", "../../../etc/x"), "etc/x");
    }
}
