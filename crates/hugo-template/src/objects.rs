//! Fields and methods: of maps, lists, times, of the host's objects, and of [`Object`]s.

mod adapter;
mod hugo;
mod list;
mod made;
mod named;
mod page;
mod resource;
mod scratch;
mod shortcode;
mod site;
mod taxonomy;
mod time;

pub use adapter::{Adapter, Added, AddedContent, AddedKind, front_matter};
pub use scratch::Scratch;
pub use shortcode::{Arguments, Position, Shortcode};

pub(super) use hugo::Hugo;
pub(super) use made::Made;
pub(super) use page::{reference, rendered};
pub(super) use resource::{by_type, matching};
pub(super) use scratch::value as new_scratch;

use super::error::Fault;
use super::eval::Context;
use super::functions::Args;
use super::host::Handle;
use super::value::{Map, Value};

/// A value with fields and methods of its own.
pub trait Object: Send + Sync {
    /// Go's name of its type.
    fn type_name(&self) -> &str;

    /// A field, or a method called with `args`. `None` when it has none of that name.
    fn get(&self, cx: &mut Context<'_>, name: &str, args: &[Value]) -> Option<Result<Value, Fault>>;

    /// Its printed form.
    fn print(&self) -> String;

    /// Returns true if it counts as true for `if`.
    fn is_true(&self) -> bool {
        true
    }

    /// The items that `range` visits.
    fn items(&self) -> Option<Vec<Value>> {
        None
    }

    /// Its value as a number, for those with a number beside their name.
    fn as_int(&self) -> Option<i64> {
        None
    }
}

/// `.name` of a value, called with `args`. A field of nil is nil.
pub(super) fn field(cx: &mut Context<'_>, of: &Value, name: &str, args: &[Value]) -> Result<Value, Fault> {
    cx.charge(1)?;
    cx.charge_for(args)?;
    let found = match of {
        Value::Nil if args.is_empty() => return Ok(Value::Nil),
        Value::Map(map) if name == "Get" && args.len() == 1 => Some(first_of(map, args)),
        Value::Map(map) if args.is_empty() => {
            let found = map.get(name).cloned();
            return Ok(found.or_else(|| taxonomy::get(cx, map, name)).unwrap_or_default());
        }
        Value::List(list) => list::get(cx, list, name, args),
        Value::Time(at) => time::get(at, name, args),
        Value::Str(text) => time::of_text(text, name, args),
        Value::Duration(nanos) => time::get_of_duration(*nanos, name, args),
        Value::Handle(Handle::Page(page)) => page::get(cx, *page, name, args),
        Value::Handle(Handle::Site(site)) => site::get(cx, *site, name, args),
        Value::Handle(handle) => resource::field(cx, *handle, name, args),
        Value::Object(object) => object.clone().get(cx, name, args),
        _ => None,
    };
    found.unwrap_or_else(|| Err(no_field(of, name, args)))
}

/// `.Get "name"` of a URL's query: the first value of that name, or an empty text.
fn first_of(map: &Map, args: &[Value]) -> Result<Value, Fault> {
    Ok(match map.get(&Args::new(args).text(0)?) {
        Some(Value::List(values)) => values.items().first().cloned().unwrap_or_default(),
        Some(value) => value.clone(),
        None => Value::str(""),
    })
}

fn no_field(of: &Value, name: &str, args: &[Value]) -> Fault {
    match of {
        Value::Handle(Handle::Page(_)) => Fault::unsupported(format!(".Page.{name}")),
        Value::Handle(Handle::Site(_)) => Fault::unsupported(format!(".Site.{name}")),
        Value::Handle(_) => Fault::unsupported(format!("{name} of a resource")),
        Value::Nil => Fault::failed(format!("nothing has no method {name}")),
        Value::Map(_) if !args.is_empty() => {
            Fault::failed(format!("{name} is no method but takes arguments"))
        }
        _ => Fault::failed(format!("can't evaluate field {name} in type {}", of.type_name())),
    }
}

/// The value at a dotted path: `Params.author.name`.
pub(super) fn at_path(cx: &mut Context<'_>, of: &Value, path: &str) -> Result<Value, Fault> {
    let mut value = of.clone();
    for name in path.trim_start_matches('.').split('.') {
        value = field(cx, &value, name, &[])?;
    }
    Ok(value)
}
