//! Forms for the values of readers, where the shortcode `variables` left its place.

use std::collections::BTreeMap;

use crate::body::dom::{By, Node, for_each_element};
pub(crate) use crate::body::shortcode::variables::FORM;
use crate::body::shortcode::variables::FORM_NAMES;
use crate::body::variables::{self, Variable};

/// Fills every such place with the form for the variables with its names, or for all of the page. Tells whether there
/// is one.
pub(crate) fn apply(nodes: &mut [Node], all: &[Variable], texts: &BTreeMap<&str, &str>) -> bool {
    let mut any = false;
    for_each_element(nodes, &mut |element| {
        if element.by != By::Wsgen || element.take(FORM).is_none() {
            return;
        }
        any = true;
        let names = element.take(FORM_NAMES);
        let wanted: Vec<Variable> = match &names {
            None => all.to_vec(),
            Some(names) => names
                .lines()
                .flat_map(|name| all.iter().filter(move |variable| variable.name == name))
                .cloned()
                .collect(),
        };
        *element = variables::form(&wanted, texts, true);
    });
    any
}
