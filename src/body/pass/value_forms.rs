//! Forms for the values of readers, where the shortcode `variables` left its place.

use std::collections::BTreeMap;

use crate::markup::dom::{Node, for_each_element};
use crate::markup::role::Role;
use crate::markup::values::{self, Variable};

/// Fills every such place with the form for the variables with its names, or for all of the page. Returns true if there
/// is one.
pub(crate) fn apply(nodes: &mut [Node], all: &[Variable], texts: &BTreeMap<&str, &str>) -> bool {
    let mut any = false;
    for_each_element(nodes, &mut |element| {
        let Some(Role::ValuesForm(names)) = element.role.as_deref() else {
            return;
        };
        any = true;
        let wanted: Vec<Variable> = if names.is_empty() {
            all.to_vec()
        } else {
            names
                .iter()
                .flat_map(|name| all.iter().filter(move |variable| variable.name == *name))
                .cloned()
                .collect()
        };
        *element = values::form(&wanted, texts).flag("open");
    });
    any
}
