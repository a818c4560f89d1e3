//! `param` and its relatives: parameters of the page and the site.

use spanned_data::{Data, Value};

use super::{Outcome, Shortcodes};
use crate::config::Language;
use crate::diag::{Code, Diagnostic, nearest};
use crate::parse::Call;

impl Shortcodes<'_> {
    /// The language of the page.
    pub(super) fn language(&self) -> &Language {
        &self.cx.config.languages[self.page().lang]
    }

    /// The parameter with this dotted path: the page's, else the site's.
    pub(super) fn param_value(&self, path: &str) -> Option<Value> {
        let page = self.page().params.get_path(path);
        page.or_else(|| self.language().params.get_path(path)).cloned()
    }

    pub(super) fn param(&mut self, call: &Call) -> Outcome {
        let Some(name) = call.args.text(&["name"], Some(0)) else {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::ShortcodeArgument,
                    call.open_span,
                    "`param` needs the name of a parameter",
                )
                .help("for example {{< param \"version\" >}}"),
            );
            return Outcome::Nothing;
        };
        // The title and its like are fields rather than params, but are looked up the same way.
        match self.param_value(&name).or_else(|| self.page_field(&name)) {
            Some(value) => Outcome::Text(value.to_string()),
            None => self.missing(call, &name),
        }
    }

    fn page_field(&self, name: &str) -> Option<Value> {
        let text = match &*name.to_lowercase() {
            "title" => self.page().title.clone(),
            "linktitle" => self.page().link_title.clone(),
            _ => return None,
        };
        Some(Value {
            data: Data::Str(text),
            span: 0..0,
        })
    }

    pub(super) fn site_param(&mut self, call: &Call) -> Outcome {
        let Some(name) = call.args.text(&["name"], Some(0)) else {
            return Outcome::Nothing;
        };
        match self.language().params.get_path(&name).map(Value::to_string) {
            Some(text) => Outcome::Text(text),
            None => self.missing(call, &name),
        }
    }

    fn missing(&mut self, call: &Call, name: &str) -> Outcome {
        let known = self
            .page()
            .params
            .iter()
            .chain(self.language().params.iter())
            .map(|entry| entry.key.as_str());
        let message = format!("neither the page nor the site sets the parameter `{name}`");
        let finding = Diagnostic::warning(Code::MissingParam, call.open_span, message);
        let help = match nearest::nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("set `{name}` in the front matter, or under `[params]` in the configuration"),
        };
        self.diagnostics.push(finding.help(help));
        Outcome::Nothing
    }
}
