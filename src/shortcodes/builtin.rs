//! Shortcodes in Rust: those that need the site rather than a template.

use hugo_template::RefForm;

use super::{Outcome, Shortcodes};
use crate::diag::{Code, Diagnostic, FileId, Severity};
use crate::graph::{RefAnswer, permalink, rel_permalink};
use crate::markup::dom::{By, Element, Node};
use crate::parse::Call;

/// Class of the number that `task` prints. Headings have a second id without it, which survives new tasks.
pub(crate) const TASK_LABEL: &str = "task-label";

/// The names of the shortcodes that are part of the program, in lower case.
pub const NAMES: &[&str] = &[
    "ref",
    "relref",
    "link",
    "param",
    "siteparam",
    "site_title",
    "highlight",
    "mermaid",
    "math",
    "katex",
    "onlywhen",
    "onlywhennot",
    "comment",
    "rawhtml",
    "include",
    "readfile",
    "children",
    "tabs",
    "tab",
    "tabpane",
    "output",
    "task",
    "agenda",
    "exercise",
    "instructor",
    "solution",
    "test",
    "var",
    "variables",
];

impl Shortcodes<'_> {
    /// Evaluates the call if it is built in. `name` is in lower case.
    pub(super) fn builtin(&mut self, file: FileId, call: &Call, name: &str) -> Option<Outcome> {
        Some(match name {
            "ref" => self.reference(call, RefForm::Absolute),
            "relref" => self.reference(call, RefForm::Relative),
            "link" => self.link(call),
            "param" => self.param(call),
            "siteparam" | "site_param" => self.site_param(call),
            "_param" => self.param_html(call),
            "site_title" => Outcome::Text(self.language().title.clone()),
            "highlight" => self.highlight(file, call),
            "output" => self.output(file, call),
            "mermaid" => self.mermaid(file, call),
            "math" | "katex" | "mathjax" | "latex" => self.math(file, call),
            "onlywhen" => inner_if(self.is_enabled(call)),
            "onlywhennot" => inner_if(!self.is_enabled(call)),
            "comment" | "nextprevlinks" => Outcome::Nothing,
            "test" if call.inner.is_some() => Outcome::Nothing,
            "rawhtml" | "html" => self.raw_html(file, call),
            "include" | "readfile" | "readandhighlight" => self.include(file, call),
            "task" if call.inner.is_none() => self.task(),
            "gist" | "tweet" | "twitter" | "x" | "instagram" => self.removed(call),
            "ghcontributors" | "github" | "surveymonkey" | "remotefile" => self.dropped(call),
            "var" => self.variable(call),
            "variables" | "vars" => self.variables(call),
            "year" => self.year(call),
            _ => return self.prepared(file, call, name),
        })
    }

    /// Evaluates the call if its template, wsgen's or the site's, needs more than the call: pages, tabs, columns.
    pub(super) fn prepared(&mut self, file: FileId, call: &Call, name: &str) -> Option<Outcome> {
        Some(match name {
            "children" | "section" | "toc-tree" | "workshop-list" => self.children(call),
            "tabs" | "tabpane" => self.tabs(file, call),
            // A site's own `tab` outside a group is its own affair.
            "tab" if !self.is_own_template(name) => self.tabs(file, call),
            "columns" => self.columns(file, call),
            "agenda" => self.agenda(call),
            "exercise" => self.exercise(file, call),
            "hint" | "solution" => return self.of_exercise(file, call, name),
            _ => return None,
        })
    }

    /// `ref` and `relref`: the URL of a page, absolute or not.
    fn reference(&mut self, call: &Call, form: RefForm) -> Outcome {
        match call.args.text(&["path"], Some(0)) {
            None => {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::ShortcodeArgument,
                        call.open_span,
                        format!("`{}` needs the page to link to", call.name),
                    )
                    .help("write the file's name: {{< relref \"20_page.md\" >}}"),
                );
                Outcome::Nothing
            }
            Some(target) if target.is_empty() => Outcome::Nothing,
            Some(target) => Outcome::Text(self.resolve(call, &target, form)),
        }
    }

    /// The URL that a target means; a miss is a finding and gives the configured URL.
    fn resolve(&mut self, call: &Call, target: &str, form: RefForm) -> String {
        let lang = call.args.text(&["lang"], None);
        let lang = lang.map(|key| (self.cx.config.language(&key), key));
        if let Some((None, key)) = &lang {
            self.missed(call, target, format!("there is no language `{key}`"), None);
            return self.cx.config.ref_links.not_found_url.clone();
        }
        let lang = lang.and_then(|(at, _)| at);
        match self.cx.graph.resolve_ref(self.page, target, lang) {
            RefAnswer::Found { page, fragment } => {
                let url = page.map_or_else(String::new, |page| self.page_url(page, form));
                fragment.map_or(url.clone(), |fragment| format!("{url}#{fragment}"))
            }
            RefAnswer::NotFound { nearest } => {
                let help = nearest
                    .first()
                    .map(|near| format!("did you mean `{}`?", self.cx.proposal(self.page, target, near)));
                self.missed(call, target, format!("no page is named `{target}`"), help);
                if let Some(finding) = self
                    .diagnostics
                    .last_mut()
                    .filter(|finding| finding.span.is_some())
                {
                    let span = finding.span.unwrap_or(call.open_span);
                    let proposals: Vec<String> = nearest
                        .iter()
                        .map(|near| self.cx.proposal(self.page, target, near))
                        .collect();
                    *finding = self.cx.mended(finding.clone(), span, target, &proposals);
                }
                self.cx.config.ref_links.not_found_url.clone()
            }
            RefAnswer::Ambiguous { candidates } => {
                let help = format!("write the path of the page you mean: {}", candidates.join(", "));
                let message = format!("`{target}` names {} pages", candidates.len());
                self.diagnostics
                    .push(self.ref_finding(Code::AmbiguousRef, call, message).help(help));
                self.cx.config.ref_links.not_found_url.clone()
            }
        }
    }

    fn page_url(&self, page: crate::graph::PageId, form: RefForm) -> String {
        let (config, path) = (self.cx.config, &self.cx.graph.page(page).url);
        match form {
            RefForm::Absolute => permalink(config, path),
            RefForm::Relative => rel_permalink(config, path),
        }
    }

    fn missed(&mut self, call: &Call, target: &str, message: String, help: Option<String>) {
        if let Some(left_out) = self.cx.left_out(self.page, target) {
            let finding = self.ref_finding(Code::BrokenRef, call, message + &left_out.text);
            return self.diagnostics.push(finding.help(left_out.help));
        }
        let finding = self.ref_finding(Code::BrokenRef, call, message);
        let help = help.unwrap_or_else(|| {
            format!(
                "`{target}` is looked for beside this page, from `content/`, and by name in the whole site"
            )
        });
        self.diagnostics.push(finding.help(help));
    }

    fn ref_finding(&self, code: Code, call: &Call, message: String) -> Diagnostic {
        let named = call
            .args
            .named
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("path"));
        let target = call.args.positional.first().or(named.map(|(_, arg)| arg));
        let mut finding = Diagnostic::error(code, target.map_or(call.open_span, |arg| arg.span), message);
        if !self.cx.config.ref_links.miss_is_error {
            finding.severity = Severity::Warning;
        }
        finding
    }

    /// `link` of docsy-plus: a link with the page's title.
    fn link(&mut self, call: &Call) -> Outcome {
        let Some(target) = call.args.text(&["path", "href"], Some(0)) else {
            return Outcome::Nothing;
        };
        let title = match self.cx.graph.resolve_ref(self.page, &target, None) {
            RefAnswer::Found { page: Some(page), .. } => self.cx.graph.page(page).title.clone(),
            _ => target.clone(),
        };
        let url = self.resolve(call, &target, RefForm::Relative);
        let link = Element::new("a", By::Markdown)
            .attr("href", url)
            .at(call.open_span);
        Outcome::Nodes(vec![link.with(vec![Node::text(title)]).into()])
    }

    /// `onlyWhen a b`: returns true if one of the words is in `params.enabledModule`.
    fn is_enabled(&mut self, call: &Call) -> bool {
        let enabled = self
            .param_value("enabledModule")
            .map(|value| value.to_string())
            .unwrap_or_default();
        call.args.positional.iter().any(|arg| {
            let word = arg.value.to_text();
            enabled.split_whitespace().any(|module| module == word)
        })
    }

    fn raw_html(&mut self, file: FileId, call: &Call) -> Outcome {
        let html = self.inner_text(file, call);
        html_of(call, &html)
    }

    /// `_param` of docsy: a parameter that holds HTML.
    fn param_html(&mut self, call: &Call) -> Outcome {
        match self.param(call) {
            Outcome::Text(html) => html_of(call, &html),
            other => other,
        }
    }

    /// `task` of docsy-plus: "Task 3.1:", counted in the page's section number.
    fn task(&mut self) -> Outcome {
        // Boxes of the same name are not numbered.
        let number = self.count("task n") + 1;
        let section = self
            .param_value("sectionnumber")
            .map(|value| format!("{value}."))
            .unwrap_or_default();
        let label = Element::new("span", By::Wsgen).attr("class", TASK_LABEL);
        Outcome::Nodes(vec![
            label
                .with(vec![Node::text(format!("Task {section}{number}:"))])
                .into(),
        ])
    }

    /// Shortcodes that Hugo had and took away: their target as a link.
    fn removed(&mut self, call: &Call) -> Outcome {
        if call.args.named.is_empty() && call.args.positional.is_empty() {
            let message = format!("`{}` needs an id", call.name);
            self.warn(Code::ShortcodeArgument, call, message);
            return Outcome::Nothing;
        }
        let id = |place| call.args.text(&["id"], Some(place)).unwrap_or_default();
        let user = call.args.text(&["user"], Some(0)).unwrap_or_default();
        let url = match &*call.name.to_lowercase() {
            "gist" => gist(call, &user),
            "instagram" => format!("https://www.instagram.com/p/{}/", id(0)),
            // The older form has the number alone.
            _ if call.args.named.is_empty() && call.args.at(1).is_none() => {
                format!("https://twitter.com/i/status/{user}")
            }
            _ => format!("https://twitter.com/{user}/status/{}", id(1)),
        };
        self.warn(
            Code::RemovedShortcode,
            call,
            format!(
                "`{}` would load something from another site; it is shown as a link",
                call.name
            ),
        );
        let link = Element::new("a", By::Wsgen)
            .attr("href", url.clone())
            .with(vec![Node::text(url)]);
        Outcome::Nodes(vec![link.into()])
    }

    /// The current year would make two builds of the same site differ.
    fn year(&mut self, call: &Call) -> Outcome {
        let message = "`year` prints the year of the build; it is left out";
        let finding = Diagnostic::warning(Code::RemovedShortcode, call.open_span, message);
        self.diagnostics.push(finding.help("write the year itself"));
        Outcome::Nothing
    }

    fn dropped(&mut self, call: &Call) -> Outcome {
        self.warn(
            Code::RemovedShortcode,
            call,
            format!(
                "`{}` needs another site while building or reading; it is left out",
                call.name
            ),
        );
        Outcome::Nothing
    }
}

/// HTML of an author as the result of a call.
pub(super) fn html_of(call: &Call, html: &str) -> Outcome {
    let mut tree = crate::markup::tree_builder::Tree::default();
    tree.html(crate::markup::html::pieces(html), Some(call.open_span));
    Outcome::Nodes(tree.finish())
}

/// The address of a gist, and of the file in it that the call names.
fn gist(call: &Call, user: &str) -> String {
    let id = call.args.text(&[], Some(1)).unwrap_or_default();
    let file = call.args.text(&["file"], Some(2)).filter(|file| !file.is_empty());
    let file = file.map(|file| format!("#file-{}", file.to_lowercase().replace('.', "-")));
    format!("https://gist.github.com/{user}/{id}{}", file.unwrap_or_default())
}

/// The inner text, or nothing.
fn inner_if(wanted: bool) -> Outcome {
    if wanted { Outcome::Inner } else { Outcome::Nothing }
}
