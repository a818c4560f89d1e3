//! Hugo's functions, by the names that templates call them with.
//!
//! A folder for each of Hugo's namespaces that has more than a few; each file lists its functions with all their
//! names in `FUNCTIONS`.

mod args;
pub(super) mod arithmetic;
mod collections;
mod compare;
mod crypto;
mod data;
mod files;
mod html;
mod lang;
mod make;
pub(super) mod order;
mod output;
mod path;
mod reflect;
mod regexes;
mod remarshal;
mod resources;
mod select;
mod sets;
mod site;
mod slices;
mod sorting;
mod strings;
mod time;
mod titles;
mod truncate;
mod unmarshal;
mod urls;

pub(super) use args::Args;
pub(super) use data::{json_text, plain_json};
pub(super) use unmarshal::unmarshalled;
pub(super) use urls::github_anchor;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

pub use crypto::md5_of;
pub use data::base64;

use super::error::Fault;
use super::eval::Context;
use super::value::Value;

/// The result of a function.
type Outcome = Result<Value, Fault>;

/// A function that gets all its arguments as values.
pub(super) type Plain = fn(&mut Context<'_>, &Args<'_>) -> Outcome;

/// A function of the language.
#[derive(Clone, Copy)]
pub(super) enum Function {
    /// A function of values only.
    Plain(Plain),
    /// A function that needs the evaluator.
    Special(Special),
}

/// Functions that the evaluator does itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    And,
    Or,
    Try,
    Partial,
    PartialCached,
    TemplateExists,
    AsTemplate,
    Current,
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("Plain"),
            Self::Special(special) => special.fmt(f),
        }
    }
}

/// A function with all its names.
type Entry = (&'static [&'static str], Plain);

const SPECIALS: [(&str, Special); 10] = [
    ("and", Special::And),
    ("or", Special::Or),
    ("try", Special::Try),
    ("partial", Special::Partial),
    ("partials.Include", Special::Partial),
    ("partialCached", Special::PartialCached),
    ("partials.IncludeCached", Special::PartialCached),
    ("resources.ExecuteAsTemplate", Special::AsTemplate),
    ("templates.Current", Special::Current),
    ("templates.Exists", Special::TemplateExists),
];

/// The functions of all files.
const LISTS: &[&[Entry]] = &[
    arithmetic::FUNCTIONS,
    collections::FUNCTIONS,
    compare::FUNCTIONS,
    crypto::FUNCTIONS,
    data::FUNCTIONS,
    files::FUNCTIONS,
    html::FUNCTIONS,
    lang::FUNCTIONS,
    make::FUNCTIONS,
    output::FUNCTIONS,
    path::FUNCTIONS,
    reflect::FUNCTIONS,
    regexes::FUNCTIONS,
    remarshal::FUNCTIONS,
    resources::FUNCTIONS,
    select::FUNCTIONS,
    sets::FUNCTIONS,
    site::FUNCTIONS,
    slices::FUNCTIONS,
    sorting::FUNCTIONS,
    strings::FUNCTIONS,
    time::FUNCTIONS,
    titles::FUNCTIONS,
    truncate::FUNCTIONS,
    unmarshal::FUNCTIONS,
    urls::FUNCTIONS,
];

static FUNCTIONS: LazyLock<HashMap<&'static str, Function>> = LazyLock::new(|| {
    let plain = LISTS.iter().copied().flatten();
    let plain =
        plain.flat_map(|(names, function)| names.iter().map(|name| (*name, Function::Plain(*function))));
    plain
        .chain(SPECIALS.map(|(name, special)| (name, Function::Special(special))))
        .collect()
});

/// The function of this name.
pub(super) fn find(name: &str) -> Option<Function> {
    FUNCTIONS.get(name).copied()
}

/// The names of all functions, sorted.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = FUNCTIONS.keys().copied().collect();
    names.sort_unstable();
    names
}

/// Hugo's namespaces whose functions are all unknown here. One that is called is reported by its full name.
const WITHOUT_FUNCTIONS: [&str; 6] = ["debug", "diagrams", "js", "openapi3", "publisher", "sanitize"];

static NAMESPACES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let known = FUNCTIONS.keys().filter_map(|name| name.split_once('.'));
    known
        .map(|(namespace, _)| namespace)
        .chain(WITHOUT_FUNCTIONS)
        .collect()
});

/// Returns true if `name.x` names a function.
pub(super) fn is_namespace(name: &str) -> bool {
    NAMESPACES.contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_functions() {
        let plain = LISTS.iter().copied().flatten();
        let names = plain.flat_map(|(names, _)| names.iter().copied());
        let mut seen = HashSet::new();
        for name in names.chain(SPECIALS.map(|(name, _)| name)) {
            assert!(seen.insert(name), "{name} is listed twice");
        }
    }

    #[test]
    fn namespaces_without_functions_have_none() {
        for name in WITHOUT_FUNCTIONS {
            assert!(
                !FUNCTIONS
                    .keys()
                    .any(|key| key.split_once('.').is_some_and(|(first, _)| first == name)),
                "{name}"
            );
        }
    }

    #[test]
    fn nothing_reaches_the_network() {
        assert!(find("resources.GetRemote").is_none());
    }
}
