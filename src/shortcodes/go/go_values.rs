//! Values of front matter and configuration as values of Go templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use hugo_template::{Map, Value, parse_time};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use spanned_data::{Data, Map as DataMap, Value as DataValue};

use crate::graph::Page;
use crate::parse::{ArgValue, FrontMatter};

/// A value as templates see it. Texts stay texts; dates among them are fields of the page, not params.
pub(super) fn value(from: &DataValue) -> Value {
    match &from.data {
        Data::Null => Value::Nil,
        Data::Bool(flag) => Value::Bool(*flag),
        Data::Int(number) => Value::Int(*number),
        Data::Float(number) => Value::Float(*number),
        Data::Str(text) | Data::Date(text) => Value::str(text.as_str()),
        Data::List(items) => Value::list(items.iter().map(value).collect()),
        Data::Map(map) => params(map),
    }
}

/// A table whose keys are looked up in any case.
pub(super) fn params(map: &DataMap) -> Value {
    Value::Map(Map::params(
        map.iter().map(|entry| (entry.key.clone(), value(&entry.value))),
    ))
}

/// An argument of a call.
pub(crate) fn argument(from: &ArgValue) -> Value {
    match from {
        ArgValue::Str(text) => Value::str(text.as_str()),
        ArgValue::Int(number) => Value::Int(*number),
        ArgValue::Float(number) => Value::Float(*number),
        ArgValue::Bool(flag) => Value::Bool(*flag),
    }
}

/// A moment; Go's zero time for none.
pub(super) fn time(at: Option<Timestamp>, zone: &TimeZone) -> Value {
    // The first of January of year 1 in UTC, which `.IsZero` of templates looks for.
    let zero = Timestamp::from_second(-62_135_596_800).unwrap_or(Timestamp::MIN);
    Value::Time(Arc::new(at.unwrap_or(zero).to_zoned(zone.clone())))
}

/// A date of a page: the names that front matter may give it, its own first, and the field that holds it.
pub(super) type Date = (&'static [&'static str], fn(&FrontMatter) -> Option<Timestamp>);

pub(super) const DATE: Date = (&["date"], |front| front.date);
pub(super) const LASTMOD: Date = (&["lastmod", "modified"], |front| front.lastmod);
pub(super) const PUBLISH_DATE: Date = (&["publishdate", "pubdate", "published"], |front| {
    front.publish_date
});
pub(super) const EXPIRY_DATE: Date = (&["expirydate", "unpublishdate"], |front| front.expiry_date);

/// A date of a page, in the time zone that it was written with.
pub(super) fn date(page: &Page, (names, of): Date, zone: &TimeZone) -> Value {
    // Lists without dates of their own have the newest one below them.
    let at = of(&page.front).or(match names[0] {
        "date" => page.date,
        "lastmod" => page.lastmod,
        _ => None,
    });
    let names = [DATE, LASTMOD, PUBLISH_DATE, EXPIRY_DATE].map(|(names, _)| names);
    let mut written = names.into_iter().flatten().filter_map(|name| {
        let text = page.params.get(name)?.to_text()?;
        parse_time(&text, zone)
    });
    let written = written.find(|written| Some(written.timestamp()) == at);
    written.map_or_else(|| time(at, zone), |written| Value::Time(Arc::new(written)))
}

/// The params of a page with those that Hugo adds: the values of its own fields.
pub(super) fn page_params(page: &Page, zone: &TimeZone) -> Value {
    let own = page
        .params
        .iter()
        .map(|entry| (entry.key.clone(), value(&entry.value)));
    let mut all: BTreeMap<String, Value> = own.collect();
    for date_of in [DATE, LASTMOD, PUBLISH_DATE, EXPIRY_DATE] {
        let (names, of) = date_of;
        let is_readable = |value: &Value| {
            value
                .as_text()
                .is_none_or(|text| parse_time(text, zone).is_some())
        };
        if of(&page.front).is_some() && all.get(names[0]).is_none_or(is_readable) {
            all.insert(names[0].to_owned(), date(page, date_of, zone));
        }
    }
    all.insert("draft".to_owned(), Value::Bool(page.front.draft));
    let cjk = page.front.is_cjk_language.unwrap_or_default();
    all.insert("iscjklanguage".to_owned(), Value::Bool(cjk));
    for (name, value) in &mut all {
        match name.as_str() {
            "title" => *value = Value::str(page.title.as_str()),
            "weight" => *value = Value::Int(page.front.weight),
            "keywords" => *value = Value::texts(page.front.keywords.iter().map(String::as_str)),
            _ => {}
        }
    }
    Value::Map(Map::params(all))
}
