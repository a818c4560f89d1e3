//! Fields of a site.

use super::{list, scratch};
use crate::error::Fault;
use crate::eval::Context;
use crate::functions::Args;
use crate::host::Handle;
use crate::value::Value;

/// A field of a site, asked of the host or derived from its facts.
pub(super) fn get(
    cx: &mut Context<'_>,
    site: u32,
    name: &str,
    args: &[Value],
) -> Option<Result<Value, Fault>> {
    if name == "GetPage" {
        return Some(get_page(cx, site, &Args::new(args)));
    }
    if name == "Param" {
        return Some(Args::new(args).text(0).and_then(|path| param(cx, site, &path)));
    }
    if let Some(value) = cx.host().site(site, name) {
        return Some(Ok(value));
    }
    let host = cx.host();
    let fact = |name: &str| host.site(site, name).unwrap_or_default();
    Some(Ok(match name {
        "Store" | "Scratch" => scratch::value(host.store(None)),
        "Current" | "Site" => Value::Handle(Handle::Site(site)),
        "LanguageCode" => return Some(super::at_path(cx, &fact("Language"), "LanguageCode")),
        "LanguagePrefix" | "GoogleAnalytics" | "DisqusShortname" | "RSSLink" => "".into(),
        "IsMultiLingual" | "IsMultilingual" => (count(&fact("Languages")) > 1).into(),
        "IsServer" => false.into(),
        "BuildDrafts" => false.into(),
        "Hugo" => Value::Object(std::sync::Arc::new(super::Hugo)),
        "Author" | "Authors" | "Social" => fact("Params"),
        "Pages" | "AllPages" => fact("RegularPages"),
        "RegularPages" => return Some(only_regular(cx, &fact("Pages"))),
        "Config" => Value::map([("Privacy", Value::Nil), ("Services", Value::Nil)]),
        "MainSections" => return Some(super::at_path(cx, &fact("Params"), "mainsections")),
        "LastChange" | "Lastmod" => fact("Lastmod"),
        _ => return None,
    }))
}

/// The page of a term, by its name in `.Site.Taxonomies`.
pub(super) fn term(cx: &Context<'_>, name: &str) -> Value {
    let host = cx.host();
    let site = host.current_site();
    let Some(Value::Map(taxonomies)) = host.site(site, "Taxonomies") else {
        return Value::Nil;
    };
    let name = name.replace(' ', "-");
    let found = taxonomies
        .entries()
        .keys()
        .find_map(|plural| host.get_page(site, None, &format!("/{plural}/{name}")));
    found.map_or(Value::Nil, Value::page)
}

fn count(list: &Value) -> usize {
    match list {
        Value::List(list) => list.items().len(),
        Value::Map(map) => map.entries().len(),
        _ => 0,
    }
}

fn only_regular(cx: &mut Context<'_>, pages: &Value) -> Result<Value, Fault> {
    let Value::List(pages) = pages else {
        return Ok(Value::Nil);
    };
    list::filter(cx, pages.items(), |cx, page| {
        Ok(super::field(cx, page, "IsPage", &[])?.is_true())
    })
}

/// `GetPage "path"`, and the old form `GetPage "section" "path"`.
fn get_page(cx: &Context<'_>, site: u32, args: &Args<'_>) -> Result<Value, Fault> {
    let path = match args.len() {
        0 => return Err(Fault::failed("GetPage wants a path")),
        1 => args.text(0)?.to_string(),
        _ => args.texts()?.split_off(1).join("/"),
    };
    let path = path.strip_prefix("./").unwrap_or(&path);
    let home = path.is_empty() || path == "/" || path == ".";
    let path = if home { "/" } else { path };
    Ok(cx
        .host()
        .get_page(site, None, path)
        .map_or(Value::Nil, Value::page))
}

/// A parameter of a site by its dotted path.
pub(super) fn param(cx: &mut Context<'_>, site: u32, path: &str) -> Result<Value, Fault> {
    let params = cx.host().site(site, "Params").unwrap_or_default();
    super::at_path(cx, &params, path)
}
