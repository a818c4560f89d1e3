//! `.Related` and its siblings: the pages of a list that share values of their parameters with another page.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::error::Fault;
use crate::eval::Context;
use crate::functions::{Args, order};
use crate::host::Handle;
use crate::print;
use crate::value::Value;

/// The values to look for, each with its parameter.
type Wanted = BTreeSet<(String, String)>;

/// `.Related PAGE`, `.RelatedIndices PAGE NAME …`, `.RelatedTo (keyVals NAME VALUE …) …`. Pages that share most come
/// first, then the newest.
pub(super) fn get(
    cx: &mut Context<'_>,
    pages: &[Value],
    method: &str,
    args: &Args<'_>,
) -> Result<Value, Fault> {
    let mut wanted = Wanted::new();
    let mut but = None;
    if method == "RelatedTo" {
        for pair in args.all() {
            let key = super::field(cx, pair, "Key", &[])?;
            let values = super::field(cx, pair, "Values", &[])?;
            want(&mut wanted, &print::plain(&key), &values);
        }
    } else {
        let page = document(args.value(0)?);
        let names: Vec<String> = match method {
            "RelatedIndices" => args.all()[1..].iter().map(print::plain).collect(),
            _ => indices(cx),
        };
        for name in names {
            let values = super::at_path(cx, &page, &format!("Params.{name}"))?;
            want(&mut wanted, &name, &values);
        }
        but = Some(page);
    }
    let is_itself = |page: &Value| match (page, &but) {
        (Value::Handle(Handle::Page(a)), Some(Value::Handle(Handle::Page(b)))) => a == b,
        _ => false,
    };
    let mut ranked = Vec::new();
    for page in pages.iter().filter(|page| !is_itself(page)) {
        let shared = shared(cx, page, &wanted)?;
        if shared > 0 {
            ranked.push((shared, super::field(cx, page, "Date", &[])?, page.clone()));
        }
    }
    ranked.sort_by(|a, b| {
        Reverse(a.0)
            .cmp(&Reverse(b.0))
            .then_with(|| order::for_sorting(&b.1, &a.1))
    });
    Ok(Value::list(ranked.into_iter().map(|(_, _, page)| page).collect()))
}

/// The page itself, or the page in a dictionary with options.
fn document(value: &Value) -> Value {
    match value {
        Value::Map(options) => options.get("document").cloned().unwrap_or_default(),
        page => page.clone(),
    }
}

fn indices(cx: &Context<'_>) -> Vec<String> {
    let host = cx.host();
    match host.site(host.current_site(), "RelatedIndices") {
        Some(Value::List(names)) => names.items().iter().map(print::plain).collect(),
        _ => vec!["keywords".to_owned()],
    }
}

fn want(wanted: &mut Wanted, name: &str, values: &Value) {
    let mut add = |value: &Value| wanted.insert((name.to_lowercase(), print::plain(value).to_lowercase()));
    match values {
        Value::Nil => {}
        Value::List(values) => values.items().iter().for_each(|value| {
            add(value);
        }),
        value => {
            add(value);
        }
    }
}

/// Number of the wanted values that a page has.
fn shared(cx: &mut Context<'_>, page: &Value, wanted: &Wanted) -> Result<usize, Fault> {
    let names: BTreeSet<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
    let mut own = Wanted::new();
    for name in names {
        cx.charge(1)?;
        let values = super::at_path(cx, page, &format!("Params.{name}"))?;
        want(&mut own, name, &values);
    }
    Ok(own.intersection(wanted).count())
}
