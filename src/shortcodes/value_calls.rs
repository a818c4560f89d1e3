//! `var` and `variables`: values of readers, and the form for them.

use spanned_data::Data;

use super::{Outcome, Shortcodes};
use crate::diag::{Code, Diagnostic};
use crate::markup::dom::{By, Element};
use crate::markup::role::Role;
use crate::markup::values::Variable;
use crate::parse::{ArgValue, Call};

impl Shortcodes<'_> {
    /// `var NAME [DEFAULT]`: the reader's value of a variable. A default and a label can also stand in
    /// `params.vars.NAME`, as text or as a table with `default` and `label`.
    pub(super) fn variable(&mut self, call: &Call) -> Outcome {
        let name = call.args.text(&["name"], Some(0)).unwrap_or_default();
        if name.trim().is_empty() {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::ShortcodeArgument,
                    call.open_span,
                    "`var` needs the name of a variable",
                )
                .help("for example {{< var \"PROJECT_ID\" \"my-project\" >}}"),
            );
            return Outcome::Nothing;
        }
        let mut variable = self.described(name.trim(), call);
        if let Some(default) = call.args.text(&["default"], Some(1)) {
            variable.default = Some(one_line(&default)).filter(|text| !text.is_empty());
        }
        if let Some(label) = call.args.text(&["label"], Some(2)) {
            variable.label = Some(label);
        }
        let element = variable.element();
        self.variables.push(variable);
        Outcome::Nodes(vec![element.into()])
    }

    /// `variables [NAME…]`: the form, for the variables with these names or for all of the page. A pass puts it in when
    /// they are known.
    pub(super) fn variables(&mut self, call: &Call) -> Outcome {
        let names: Vec<String> = call
            .args
            .positional
            .iter()
            .map(|arg| ArgValue::to_text(&arg.value))
            .filter(|name| !name.trim().is_empty())
            .collect();
        for name in &names {
            let variable = self.described(name.trim(), call);
            self.variables.push(variable);
        }
        let place = Element::new("div", By::Wsgen).with_role(Role::ValuesForm(names));
        Outcome::Nodes(vec![place.into()])
    }

    /// A variable with default and label from the page's or the site's params.
    fn described(&self, name: &str, call: &Call) -> Variable {
        let (mut default, mut label) = (None, None);
        if let Some(value) = self.param_value(&format!("vars.{name}")) {
            match &value.data {
                Data::Map(map) => {
                    default = map.get("default").map(ToString::to_string);
                    label = map.get("label").map(ToString::to_string);
                }
                _ => default = Some(value.to_string()),
            }
        }
        Variable {
            name: name.to_owned(),
            default: default
                .map(|text| one_line(&text))
                .filter(|text| !text.is_empty()),
            label,
            span: call.open_span,
        }
    }
}

/// Puts a value on one line, since values stand within lines of code.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}
