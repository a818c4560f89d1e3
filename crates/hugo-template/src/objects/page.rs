//! Fields of a page: the host's facts, and fields derived from them.

use super::{Object, list, scratch, site};
use crate::cast;
use crate::error::{Cause, Fault};
use crate::eval::{Context, Severity};
use crate::functions::Args;
use crate::host::{Handle, RefForm, RefQuery, RenderOptions, TextForm};
use crate::value::Value;

/// A field of a page, or a method called with `args`.
pub(super) fn get(
    cx: &mut Context<'_>,
    page: u32,
    name: &str,
    args: &[Value],
) -> Option<Result<Value, Fault>> {
    if let Some(result) = method(cx, page, name, &Args::new(args)) {
        return Some(result);
    }
    match cx.host().page(page, name) {
        Some(value) => Some(Ok(value)),
        None => derived(cx, page, name),
    }
}

/// A fact that every host knows.
fn fact(cx: &Context<'_>, page: u32, name: &str) -> Value {
    cx.host().page(page, name).unwrap_or_default()
}

fn text_fact(cx: &Context<'_>, page: u32, name: &str) -> String {
    fact(cx, page, name)
        .as_text()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn method(cx: &mut Context<'_>, page: u32, name: &str, args: &Args<'_>) -> Option<Result<Value, Fault>> {
    Some(match name {
        "Param" => args.text(0).and_then(|path| param(cx, page, &path)),
        "GetPage" => args.text(0).map(|path| get_page(cx, page, &path)),
        "Ref" => reference(cx, page, args, RefForm::Absolute),
        "RelRef" => reference(cx, page, args, RefForm::Relative),
        "HasShortcode" => args
            .text(0)
            .map(|name| cx.host().has_shortcode(page, &name).into()),
        "RenderShortcodes" => cx
            .charge(200)
            .and_then(|()| cx.host().page_text(page, TextForm::Markdown)),
        "GetTerms" => args.text(0).map(|taxonomy| {
            let terms = cx.host().terms(page, &taxonomy);
            Value::list(terms.into_iter().map(Value::page).collect())
        }),
        "RenderString" => render_string(cx, page, args),
        "Scratch" | "Store" => Ok(scratch::value(cx.host().store(Some(page)))),
        "IsAncestor" | "IsDescendant" | "InSection" | "Eq" | "HasMenuCurrent" | "IsMenuCurrent" => {
            relation(cx, page, name, args)
        }
        "Ancestors" if cx.host().page(page, name).is_none() => ancestors(cx, page),
        _ => return None,
    })
}

/// Fields derived from others, and the old names of fields.
fn derived(cx: &mut Context<'_>, page: u32, name: &str) -> Option<Result<Value, Fault>> {
    let kind = |cx: &Context<'_>| text_fact(cx, page, "Kind");
    let part_of_file = |cx: &mut Context<'_>, part: &str| super::at_path(cx, &fact(cx, page, "File"), part);
    Some(Ok(match name {
        "Page" => Value::page(page),
        "IsHome" => (kind(cx) == "home").into(),
        "IsPage" => (kind(cx) == "page").into(),
        "IsSection" => (kind(cx) == "section").into(),
        "IsNode" => (kind(cx) != "page").into(),
        "IsTranslated" => fact(cx, page, "Translations").is_true().into(),
        "LinkTitle" | "Name" => fact(cx, page, "Title"),
        "URL" => fact(cx, page, "RelPermalink"),
        "Lang" => return Some(super::at_path(cx, &fact(cx, page, "Language"), "Lang")),
        "Dir" => return Some(part_of_file(cx, "Dir")),
        "UniqueID" => return Some(part_of_file(cx, "UniqueID")),
        "Content" | "ContentWithoutSummary" => {
            return Some(
                cx.charge(200)
                    .and_then(|()| cx.host().page_text(page, TextForm::Html)),
            );
        }
        "Hugo" => Value::Object(std::sync::Arc::new(super::Hugo)),
        "ReadingTime" => ((cast::int(&fact(cx, page, "WordCount")).unwrap_or(0) + 212) / 213).into(),
        "FuzzyWordCount" => fuzzy(cast::int(&fact(cx, page, "WordCount")).unwrap_or(0)).into(),
        "Len" => fact(cx, page, "Content")
            .as_text()
            .map_or(0, |text| text.len())
            .into(),
        "Truncated" => false.into(),
        "PrevPage" => fact(cx, page, "Prev"),
        "NextPage" => fact(cx, page, "Next"),
        "OutputFormats" => Value::Object(std::sync::Arc::new(OutputFormats { page })),
        "GitInfo" | "CodeOwners" | "AlternativeOutputFormats" | "Sitemap" => Value::Nil,
        "Site" => Value::Handle(Handle::Site(cx.host().current_site())),
        "Data" => Value::map([("Pages", fact(cx, page, "Pages"))]),
        "RegularPages" => return Some(of_kind(cx, page, &["page"])),
        "Sections" => return Some(of_kind(cx, page, &["section"])),
        "PublishDate" | "ExpiryDate" | "Lastmod" => fact(cx, page, "Date"),
        "Layout" | "Slug" | "Summary" | "Description" | "Plain" | "RawContent" => "".into(),
        "Draft" => false.into(),
        _ => return None,
    }))
}

/// Number of words, rounded up to hundreds.
fn fuzzy(words: i64) -> i64 {
    if words == 0 { 0 } else { (words + 100) / 100 * 100 }
}

fn of_kind(cx: &mut Context<'_>, page: u32, kinds: &[&str]) -> Result<Value, Fault> {
    let Value::List(pages) = fact(cx, page, "Pages") else {
        return Ok(Value::Nil);
    };
    list::filter(cx, pages.items(), |cx, page| {
        let kind = super::field(cx, page, "Kind", &[])?;
        Ok(kind.as_text().is_some_and(|kind| kinds.contains(&&**kind)))
    })
}

/// `.Param`: of the page, else of the site.
fn param(cx: &mut Context<'_>, page: u32, path: &str) -> Result<Value, Fault> {
    let value = super::at_path(cx, &fact(cx, page, "Params"), path)?;
    match value {
        Value::Nil => site::param(cx, cx.host().current_site(), path),
        value => Ok(value),
    }
}

fn get_page(cx: &Context<'_>, page: u32, path: &str) -> Value {
    let host = cx.host();
    host.get_page(host.current_site(), Some(page), path)
        .map_or(Value::Nil, Value::page)
}

/// `.Ref "path"` and `.Ref (dict "path" "x" "lang" "ja")`. A miss is a message, as in Hugo.
pub(crate) fn reference(
    cx: &mut Context<'_>,
    page: u32,
    args: &Args<'_>,
    form: RefForm,
) -> Result<Value, Fault> {
    let options = match args.value(0)? {
        Value::Map(map) => map.clone(),
        // The old form: the path, and perhaps an output format.
        Value::List(list) => [("path", list.items().first().cloned().unwrap_or_default())].into(),
        path => [("path", path.clone())].into(),
    };
    let entry = |name: &str| {
        let value = options.get(name).or_else(|| options.get(&name.to_lowercase()));
        value.map(cast::text).transpose()
    };
    let path = entry("path")?.ok_or_else(|| Fault::failed("a reference without a path"))?;
    let lang = entry("lang")?.filter(|lang| !lang.is_empty());
    let query = RefQuery {
        path: &path,
        lang: lang.as_deref(),
        form,
    };
    match cx.host().reference(page, &query) {
        Err(fault) if fault.cause == Cause::Failed => {
            cx.say(Severity::Error, fault.message);
            Ok(Value::str(""))
        }
        result => result.map(Value::from),
    }
}

/// `.RenderString "text"`, `.RenderString (dict "display" "block") "text"`, or with the text piped in.
fn render_string(cx: &mut Context<'_>, page: u32, args: &Args<'_>) -> Result<Value, Fault> {
    let (options, text) = match args.len() {
        1 => (None, args.text(0)?),
        2 => (args.get(0), args.text(1)?),
        _ => return Err(Fault::failed("RenderString wants a text")),
    };
    let display = match options {
        Some(Value::Map(map)) => map.get("display").and_then(Value::as_text),
        _ => None,
    };
    let block = display.is_some_and(|display| &**display == "block");
    rendered(cx, page, &text, RenderOptions { block })
}

/// Renders Markdown by the host; it costs more than other calls.
pub(crate) fn rendered(
    cx: &mut Context<'_>,
    page: u32,
    text: &str,
    options: RenderOptions,
) -> Result<Value, Fault> {
    cx.charge(20 + text.len() as u64 / 16)?;
    cx.host().render_string(page, text, options).map(Value::html)
}

fn ancestors(cx: &mut Context<'_>, page: u32) -> Result<Value, Fault> {
    let mut above = Vec::new();
    let mut at = fact(cx, page, "Parent");
    while let Value::Handle(Handle::Page(parent)) = at {
        // A parent that is its own ancestor would be a mistake of the host; the steps end it.
        cx.charge(1)?;
        above.push(Value::page(parent));
        at = fact(cx, parent, "Parent");
    }
    Ok(Value::list(above))
}

fn relation(cx: &mut Context<'_>, page: u32, name: &str, args: &Args<'_>) -> Result<Value, Fault> {
    let other = match args.value(0) {
        Ok(Value::Handle(Handle::Page(other))) => *other,
        _ => return Ok(false.into()),
    };
    let above = |cx: &mut Context<'_>, of: u32, page: u32| -> Result<bool, Fault> {
        let Value::List(above) = ancestors(cx, of)? else {
            return Ok(false);
        };
        Ok(above
            .items()
            .iter()
            .any(|item| matches!(item, Value::Handle(Handle::Page(id)) if *id == page)))
    };
    Ok(match name {
        "IsAncestor" => above(cx, other, page)?,
        "IsDescendant" => above(cx, page, other)?,
        "InSection" => text_fact(cx, page, "Section") == text_fact(cx, other, "Section"),
        "Eq" => page == other,
        _ => false,
    }
    .into())
}

/// `.OutputFormats` of a page: pages have one, which is HTML.
struct OutputFormats {
    page: u32,
}

impl OutputFormats {
    fn html(&self, cx: &Context<'_>) -> Value {
        Value::map([
            ("Name", "html".into()),
            ("RelPermalink", fact(cx, self.page, "RelPermalink")),
            ("Permalink", fact(cx, self.page, "Permalink")),
        ])
    }
}

impl Object for OutputFormats {
    fn type_name(&self) -> &str {
        "page.OutputFormats"
    }

    fn get(&self, cx: &mut Context<'_>, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
        let wanted = Args::new(args).text(0);
        (name == "Get").then(|| {
            Ok(if wanted?.eq_ignore_ascii_case("html") {
                self.html(cx)
            } else {
                Value::Nil
            })
        })
    }

    fn print(&self) -> String {
        String::new()
    }
}
