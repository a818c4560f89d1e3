//! The variables that a template may read.
//!
//! Tera tells the variables of a template, too, but none that is set first in a branch that may not be taken. So the
//! words of the text decide: a variable whose name is absent is never read, one whose name is there may be.

use std::collections::BTreeSet;

use tera::Tera;

use super::assemble::Origins;

/// The variable that prints all others.
const ALL: &str = "__tera_context";

/// Returns true if the template `name`, or one that it includes or extends, may read `variable`.
pub(super) fn mentions(tera: &Tera, origins: &Origins, name: &str, variable: &str) -> bool {
    let mut waiting = vec![name];
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(text) = origins.text(name) else {
            return true;
        };
        if words(text).any(|word| word == variable || word == ALL) {
            return true;
        }
        let strings = text.split(['"', '\'', '`']);
        waiting.extend(strings.filter(|string| tera.contains_template(string) && seen.insert(*string)));
    }
    is_implicit(tera, variable)
}

/// Returns true if a component takes the variable from its caller (`@page`). Of all others it sees its arguments alone.
fn is_implicit(tera: &Tera, variable: &str) -> bool {
    let components = tera.get_component_names();
    let mut definitions = components.filter_map(|name| tera.get_component_definition(name));
    definitions.any(|component| {
        let mut arguments = component.args().iter();
        arguments.any(|argument| argument.is_implicit() && argument.name() == variable)
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}
