//! Variables: values that readers fill in, such as the name of their project. The page shows a default until the
//! theme's script puts the reader's value into the same element, in text, code and links.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::code_block::{CodeBlock, Placeholder};
use super::dom::{By, Element, Node};
use super::role::Role;
use crate::diag::Span;

/// Attribute that names the variable of a `<var>` element.
const NAME: &str = "data-name";
/// Attribute of links whose target holds variables: the pieces of the target as a JSON array of text, name, default,
/// text, and so on.
pub(crate) const TARGET: &str = "data-target";

/// A variable that a page uses, or asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name; case counts.
    pub name: String,
    /// The value shown until the reader fills in another.
    pub default: Option<String>,
    /// The label in the form.
    pub label: Option<String>,
    /// Span of its first use.
    pub span: Span,
}

impl Variable {
    /// The element that shows the value; the name where there is no default.
    pub(crate) fn element(&self) -> Element {
        let shown = self.default.as_ref().unwrap_or(&self.name);
        let element = element(&self.name, self.default.is_some());
        element.with(vec![Node::text(shown.clone())])
    }
}

/// An empty element for a value.
fn element(name: &str, has_default: bool) -> Element {
    let role = Role::Value {
        name: name.to_owned(),
        has_default,
    };
    let element = Element::new("var", By::Wsgen).attr(NAME, name).with_role(role);
    if has_default {
        element
    } else {
        element.flag("data-unset")
    }
}

impl Placeholder {
    /// The variable that `nodes` show, with its place in a text.
    pub(crate) fn of(nodes: &[Node], range: Range<usize>) -> Option<Self> {
        let [Node::Element(element)] = nodes else {
            return None;
        };
        let Some(Role::Value { name, has_default }) = element.role.as_deref() else {
            return None;
        };
        (!range.is_empty()).then(|| Self {
            range,
            name: name.clone(),
            has_default: *has_default,
        })
    }

    /// The element for it, without its text.
    pub(crate) fn element(&self) -> Element {
        element(&self.name, self.has_default)
    }
}

impl CodeBlock {
    /// The code as text, with elements for readers' values.
    pub(crate) fn nodes(&self) -> Vec<Node> {
        nodes(&self.text, &self.placeholders)
    }
}

/// The text as nodes, with an element for each placeholder.
pub(crate) fn nodes(text: &str, placeholders: &[Placeholder]) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(2 * placeholders.len() + 1);
    let mut done = 0;
    for placeholder in placeholders {
        if let (Some(before), Some(shown)) = (
            text.get(done..placeholder.range.start),
            text.get(placeholder.range.clone()),
        ) {
            nodes.push(Node::text(before));
            nodes.push(placeholder.element().with(vec![Node::text(shown)]).into());
            done = placeholder.range.end;
        }
    }
    nodes.push(Node::text(text.get(done..).unwrap_or_default()));
    nodes
}

/// The value of [`TARGET`] for a link's target.
pub(crate) fn target(url: &str, placeholders: &[Placeholder]) -> String {
    let mut pieces = Vec::with_capacity(3 * placeholders.len() + 1);
    let mut done = 0;
    for placeholder in placeholders {
        pieces.push(&url[done..placeholder.range.start]);
        pieces.push(placeholder.name.as_str());
        pieces.push(&url[placeholder.range.clone()]);
        done = placeholder.range.end;
    }
    pieces.push(&url[done..]);
    serde_json::Value::from(pieces).to_string()
}

/// Removes entries that repeat an earlier one.
pub(crate) fn dedup(all: &mut Vec<Variable>) {
    let mut seen = HashSet::new();
    all.retain(|variable| {
        seen.insert((
            variable.name.clone(),
            variable.default.clone(),
            variable.label.clone(),
        ))
    });
}

/// The variables in `all`, each once, in order of their first use, with the first default and label that one has.
fn once(all: &[Variable]) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    for variable in all {
        match found.iter_mut().find(|other| other.name == variable.name) {
            None => found.push(variable.clone()),
            Some(first) => {
                first.default = first.default.take().or_else(|| variable.default.clone());
                first.label = first.label.take().or_else(|| variable.label.clone());
            }
        }
    }
    found
}

/// The form for `variables`: a folding box with a line that shows the values, and a field for each. `texts` are the
/// interface texts.
pub(crate) fn form(variables: &[Variable], texts: &BTreeMap<&str, &str>) -> Element {
    let text = |key: &str| Node::text(texts.get(key).copied().unwrap_or_default());
    let new = |name: &'static str| Element::new(name, By::Wsgen);
    let variables = once(variables);
    let mut values = Vec::new();
    for variable in &variables {
        values.push(variable.element().into());
        values.push(Node::text(" "));
    }
    let summary = new("summary").with(vec![
        new("b").with(vec![text("variables")]).into(),
        Node::text(" "),
        new("span").attr("class", "variables-now").with(values).into(),
    ]);
    let mut children = vec![summary.into()];
    children.extend(variables.iter().map(|variable| field(variable).into()));
    let note = new("p").attr("class", "variables-note");
    children.push(note.with(vec![text("variables_note")]).into());
    new("details").attr("class", "variables").with(children)
}

fn field(variable: &Variable) -> Element {
    let new = |name: &'static str| Element::new(name, By::Wsgen);
    let code = new("code").with(vec![Node::text(variable.name.clone())]);
    let name = match &variable.label {
        Some(label) => vec![Node::text(format!("{label} ")), code.into()],
        None => vec![code.into()],
    };
    let input = new("input")
        .attr("name", variable.name.clone())
        .attr("placeholder", variable.default.clone().unwrap_or_default())
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false");
    new("label").with(vec![new("span").with(name).into(), input.into()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::markup::dom::write_nodes;

    fn variable(name: &str, default: Option<&str>) -> Variable {
        Variable {
            name: name.into(),
            default: default.map(str::to_owned),
            label: None,
            span: Span::new(FileId(0), 0, 1),
        }
    }

    fn html(nodes: &[Node]) -> String {
        let mut out = String::new();
        write_nodes(nodes, &mut out);
        out
    }

    #[test]
    fn a_variable_shows_its_default_or_its_name() {
        assert_eq!(
            html(&[variable("A", Some("<x>")).element().into()]),
            "<var data-name=\"A\">&lt;x&gt;</var>"
        );
        assert_eq!(
            html(&[variable("A\"", None).element().into()]),
            "<var data-name=\"A&quot;\" data-unset>A\"</var>"
        );
    }

    #[test]
    fn a_variable_is_known_by_its_element() {
        let nodes = [variable("A", None).element().into()];
        let found = Placeholder::of(&nodes, 2..3).unwrap();
        assert_eq!(
            (found.name.as_str(), found.range, found.has_default),
            ("A", 2..3, false)
        );
        let theirs = Element::new("var", By::Html).attr(NAME, "A");
        assert_eq!(Placeholder::of(&[theirs.into()], 2..3), None);
    }

    #[test]
    fn targets_are_told_in_pieces() {
        let of = |range: Range<usize>, name: &str| Placeholder {
            range,
            name: name.into(),
            has_default: true,
        };
        assert_eq!(
            target("http://h:80/\"x", &[of(7..8, "HOST"), of(9..11, "PORT")]),
            r#"["http://","HOST","h",":","PORT","80","/\"x"]"#
        );
    }

    #[test]
    fn a_variable_is_listed_once_with_what_any_use_says() {
        let all = [
            variable("A", None),
            variable("B", Some("b")),
            variable("A", Some("a")),
        ];
        let found: Vec<_> = once(&all)
            .into_iter()
            .map(|variable| (variable.name, variable.default))
            .collect();
        assert_eq!(
            found,
            [("A".into(), Some("a".into())), ("B".into(), Some("b".into()))]
        );
    }
}
