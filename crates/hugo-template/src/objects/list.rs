//! Methods of lists of pages and of resources.

use std::cmp::Ordering;

use super::resource;
use crate::error::Fault;
use crate::eval::Context;
use crate::functions::{Args, order};
use crate::host::Handle;
use crate::time;
use crate::value::{List, Value};

/// A method of a list.
pub(super) fn get(
    cx: &mut Context<'_>,
    list: &List,
    name: &str,
    args: &[Value],
) -> Option<Result<Value, Fault>> {
    let items = list.items();
    let args = Args::new(args);
    Some(match name {
        // The pages of a term are such a list, and are asked for by this name too.
        "Pages" => Ok(Value::List(list.clone())),
        // Of the ids of a page's headings.
        "Contains" => args.text(0).map(|text| (count_of(items, &text) > 0).into()),
        "Count" if args.len() == 1 => args.text(0).map(|text| count_of(items, &text).into()),
        "Len" | "Count" => Ok(items.len().into()),
        "Reverse" => Ok(Value::list(items.iter().rev().cloned().collect())),
        "Limit" => args
            .int(0)
            .map(|most| Value::list(items.iter().take(clamp(most)).cloned().collect())),
        "ByParam" => args.text(0).and_then(|path| by_param(cx, items, &path)),
        "ByTitle" | "ByLinkTitle" | "ByDate" | "ByPublishDate" | "ByExpiryDate" | "ByLastmod"
        | "ByLanguage" | "ByName" => by(cx, items, if name == "ByName" { "LinkTitle" } else { &name[2..] }),
        "ByLength" => by(cx, items, "Len"),
        "ByWeight" => sort_pages(cx, items),
        "GroupBy" => args
            .text(0)
            .and_then(|path| group_by(cx, items, &path, is_descending(&args, 1))),
        "GroupByParam" => args.text(0).and_then(|path| {
            let path = format!("Params.{path}");
            let having = keyed(cx, items, &path)?
                .into_iter()
                .filter(|(value, _)| !matches!(value, Value::Nil));
            let having: Vec<Value> = having.map(|(_, item)| item).collect();
            group_by(cx, &having, &path, is_descending(&args, 1))
        }),
        "GroupByDate" | "GroupByPublishDate" | "GroupByLastmod" | "GroupByExpiryDate" => {
            let layout = args.text(0);
            layout.and_then(|layout| group_by_date(cx, items, &name[7..], &layout, args.get(1)))
        }
        "Next" | "Prev" => Ok(beside(items, args.get(0), name == "Next")),
        "Get" => args.text(0).map(|name| resource::get(cx, items, &name)),
        "GetMatch" => args
            .text(0)
            .and_then(|glob| resource::matching(cx, items, &glob))
            .map(|found| found.into_iter().next().unwrap_or_default()),
        "Match" => args
            .text(0)
            .and_then(|glob| resource::matching(cx, items, &glob))
            .map(Value::list),
        "ByType" => args
            .text(0)
            .map(|kind| Value::list(resource::by_type(cx, items, &kind))),
        "Related" | "RelatedIndices" | "RelatedTo" => Err(Fault::unsupported(format!(".Pages.{name}"))),
        _ => return None,
    })
}

fn count_of(items: &[Value], text: &str) -> usize {
    items
        .iter()
        .filter(|item| item.as_text().is_some_and(|item| **item == *text))
        .count()
}

fn clamp(most: i64) -> usize {
    usize::try_from(most).unwrap_or(0)
}

fn is_descending(args: &Args<'_>, at: usize) -> bool {
    args.get(at)
        .and_then(Value::as_text)
        .is_some_and(|order| order.eq_ignore_ascii_case("desc"))
}

/// The items that a test holds for.
pub(super) fn filter<'h>(
    cx: &mut Context<'h>,
    items: &[Value],
    mut test: impl FnMut(&mut Context<'h>, &Value) -> Result<bool, Fault>,
) -> Result<Value, Fault> {
    let mut kept = Vec::new();
    for item in items {
        if test(cx, item)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

/// Sorted by a field, ascending; equal ones keep their order.
fn by(cx: &mut Context<'_>, items: &[Value], path: &str) -> Result<Value, Fault> {
    let mut keyed = keyed(cx, items, path)?;
    keyed.sort_by(|(a, _), (b, _)| order::for_sorting(a, b));
    Ok(Value::list(keyed.into_iter().map(|(_, item)| item).collect()))
}

/// Sorted by a parameter; pages without it come last.
fn by_param(cx: &mut Context<'_>, items: &[Value], path: &str) -> Result<Value, Fault> {
    let mut keyed = keyed(cx, items, &format!("Params.{path}"))?;
    let missing = |key: &Value| matches!(key, Value::Nil);
    keyed.sort_by(|(a, _), (b, _)| missing(a).cmp(&missing(b)).then_with(|| order::for_sorting(a, b)));
    Ok(Value::list(keyed.into_iter().map(|(_, item)| item).collect()))
}

fn keyed(cx: &mut Context<'_>, items: &[Value], path: &str) -> Result<Vec<(Value, Value)>, Fault> {
    items
        .iter()
        .map(|item| Ok((super::at_path(cx, item, path)?, item.clone())))
        .collect()
}

/// Hugo's default order: weight (0 last), newest date, title, path.
pub(crate) fn sort_pages(cx: &mut Context<'_>, items: &[Value]) -> Result<Value, Fault> {
    let mut keyed = Vec::new();
    for item in items {
        let mut key = |name: &str| super::field(cx, item, name, &[]);
        keyed.push((
            [key("Weight")?, key("Date")?, key("LinkTitle")?, key("Path")?],
            item.clone(),
        ));
    }
    keyed.sort_by(|(a, _), (b, _)| {
        let weight = |key: &Value| matches!(key, Value::Int(0) | Value::Nil);
        weight(&a[0])
            .cmp(&weight(&b[0]))
            .then_with(|| order::for_sorting(&a[0], &b[0]))
            .then_with(|| order::for_sorting(&b[1], &a[1]))
            .then_with(|| order::for_sorting(&a[2], &b[2]))
            .then_with(|| order::for_sorting(&a[3], &b[3]))
    });
    Ok(Value::list(keyed.into_iter().map(|(_, item)| item).collect()))
}

/// Groups in the order of their keys, with pages in their order in the list.
fn group_by(cx: &mut Context<'_>, items: &[Value], path: &str, descending: bool) -> Result<Value, Fault> {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for (key, item) in keyed(cx, items, path)? {
        push_to_group(&mut groups, key, item);
    }
    groups.sort_by(|(a, _), (b, _)| order::for_sorting(a, b));
    if descending {
        groups.reverse();
    }
    Ok(group_values(groups))
}

fn push_to_group(groups: &mut Vec<(Value, Vec<Value>)>, key: Value, item: Value) {
    match groups
        .iter_mut()
        .find(|(known, _)| order::for_sorting(known, &key) == Ordering::Equal)
    {
        Some((_, members)) => members.push(item),
        None => groups.push((key, vec![item])),
    }
}

fn group_values(groups: Vec<(Value, Vec<Value>)>) -> Value {
    let groups = groups
        .into_iter()
        .map(|(key, pages)| Value::map([("Key", key), ("Pages", Value::list(pages))]));
    Value::list(groups.collect())
}

/// Groups by a date as it is written, newest first unless asked otherwise.
fn group_by_date(
    cx: &mut Context<'_>,
    items: &[Value],
    field: &str,
    layout: &str,
    direction: Option<&Value>,
) -> Result<Value, Fault> {
    let mut keyed = keyed(cx, items, field)?;
    keyed.sort_by(|(a, _), (b, _)| order::for_sorting(b, a));
    if direction
        .and_then(Value::as_text)
        .is_some_and(|order| order.eq_ignore_ascii_case("asc"))
    {
        keyed.reverse();
    }
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for (date, item) in keyed {
        let key = match &date {
            Value::Time(at) => time::format(at, layout),
            _ => String::new(),
        };
        push_to_group(&mut groups, key.into(), item);
    }
    Ok(group_values(groups))
}

/// The page before or after another in a list. As in Hugo, the next page is the one before it in the list.
fn beside(items: &[Value], page: Option<&Value>, next: bool) -> Value {
    let same = |item: &Value| match (item, page) {
        (Value::Handle(Handle::Page(a)), Some(Value::Handle(Handle::Page(b)))) => a == b,
        _ => false,
    };
    let found = items.iter().position(same).and_then(|at| {
        if next {
            at.checked_sub(1)
        } else {
            at.checked_add(1)
        }
    });
    found.and_then(|at| items.get(at)).cloned().unwrap_or_default()
}

/// Returns which names a glob matches: `*` stays within a folder, `**` does not, case is ignored.
pub(crate) fn match_glob(
    cx: &mut Context<'_>,
    glob: &str,
    names: impl Iterator<Item = String>,
) -> Result<Vec<bool>, Fault> {
    let regex = cx
        .regex(&glob_pattern(glob))
        .map_err(|_| Fault::failed(format!("bad glob {glob:?}")))?;
    Ok(names
        .map(|name| regex.is_match(name.trim_start_matches('/')))
        .collect())
}

/// A glob as a regular expression. In Hugo's globs `**` crosses folders wherever it stands.
fn glob_pattern(glob: &str) -> String {
    let mut pattern = String::from("(?is)^");
    let mut braces = 0_usize;
    let mut chars = glob.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.next_if_eq(&'*').is_some() => pattern.push_str(".*"),
            '*' => pattern.push_str("[^/]*"),
            '?' => pattern.push_str("[^/]"),
            '{' => {
                braces += 1;
                pattern.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                pattern.push(')');
            }
            ',' if braces > 0 => pattern.push('|'),
            '[' => {
                pattern.push('[');
                if chars.next_if_eq(&'!').is_some() {
                    pattern.push('^');
                }
            }
            ']' | '-' => pattern.push(c),
            '\\' => pattern.push_str(&regex::escape(
                &chars.next().map(String::from).unwrap_or_default(),
            )),
            _ => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern.push('$');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_hugo() {
        let cases = [
            ("*.png", "a.png", true),
            ("*.png", "x/a.png", false),
            ("**.png", "x/a.png", true),
            ("**tabs/a*", "x/tabs/a.md", true),
            ("images/*", "images/A.JPG", true),
            ("{a,b}.txt", "b.txt", true),
            ("[!a]*.txt", "bcd.txt", true),
            ("a+b", "a+b", true),
            ("**.PNG", "a.png", true),
        ];
        for (glob, name, expected) in cases {
            let regex = regex::Regex::new(&glob_pattern(glob)).unwrap();
            assert_eq!(regex.is_match(name), expected, "{glob} {name}");
        }
    }
}
