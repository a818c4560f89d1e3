//! Which variables a template may read.
//!
//! Tera tells the variables of a template, too, but none that is set first in a branch that may not be taken. So this goes
//! by the words of the text: that a variable's name is not there is certain, that it is there may mean something else.

use std::collections::BTreeSet;

use tera::Tera;

use super::assemble::Origins;

/// Prints all variables there are.
const ALL: &str = "__tera_context";

/// Whether the template `name`, or one that it includes or extends, may read `variable`.
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

/// Whether a component takes the variable from whoever calls it (`@page`). Of all others it sees its arguments alone.
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
