//! The functions and filters that count the work of templates, for the calls that [`super::metered`] adds.
//!
//! Each gives the value that it is given, and fails when the page's budget is spent.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::budget::{self, Cost};

/// Bytes of an entry of a list or map besides its text.
const ENTRY: u64 = 16;

/// Adds them to `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("__turn", turn);
    tera.register_function("__turns", turns);
    tera.register_function("__size", size);
    tera.register_function("__printed", printed);
    tera.register_function("__kept", kept);
    tera.register_function("__built", size);
    tera.register_filter("__sized", sized);
    tera.register_filter("__replace", replace);
    tera.register_filter("__indent", indent);
    tera.register_filter("__join", join);
}

/// One run of a part with `text` bytes of text.
fn turn(kwargs: Kwargs, _: &State<'_>) -> TeraResult<&'static str> {
    let text = kwargs.get::<u64>("text")?.unwrap_or_default();
    spend(1, text)?;
    Ok("")
}

/// A loop over `of` through `text` bytes of text. All turns are paid before the first.
fn turns(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let text = kwargs.get::<u64>("text")?.unwrap_or_default();
    let value = argument(&kwargs)?;
    let turns = length(&value);
    spend(turns, turns.saturating_mul(text))?;
    Ok(value)
}

/// A value whose whole content is compared, printed or copied.
fn size(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let value = argument(&kwargs)?;
    spend(1, whole_size(&value))?;
    Ok(value)
}

/// A value that has been printed.
fn printed(kwargs: Kwargs, state: &State<'_>) -> TeraResult<&'static str> {
    size(kwargs, state)?;
    Ok("")
}

/// A value that a variable keeps: lists are shared, texts may be new.
fn kept(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let value = argument(&kwargs)?;
    spend(1, own_size(&value))?;
    Ok(value)
}

/// The input or the result of a filter.
fn sized(value: Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    spend(1, own_size(&value))?;
    Ok(value)
}

fn replace(value: Value, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let (from, to) = (kwargs.get::<&str>("from")?, kwargs.get::<&str>("to")?);
    if let (Some(text), Some(from), Some(to)) = (value.as_str(), from, to) {
        let found = text.matches(from).count() as u64;
        spend(1, found.saturating_mul(to.len() as u64))?;
    }
    state.call_filter("replace", &value, kwargs)
}

fn indent(value: Value, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let width = kwargs.get::<u64>("width")?.unwrap_or(4);
    if let Some(text) = value.as_str() {
        let lines = text.lines().count() as u64;
        spend(1, lines.saturating_mul(width.min(1000)))?;
    }
    state.call_filter("indent", &value, kwargs)
}

fn join(value: Value, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = kwargs.get::<&str>("sep")?.map_or(0, str::len) as u64;
    spend(
        1,
        whole_size(&value).saturating_add(between.saturating_mul(length(&value))),
    )?;
    state.call_filter("join", &value, kwargs)
}

fn argument(kwargs: &Kwargs) -> TeraResult<Value> {
    Ok(kwargs.get::<Value>("of")?.unwrap_or_else(Value::undefined))
}

/// The number of turns that a loop over a value takes.
fn length(value: &Value) -> u64 {
    let entries = value.as_array().map(<[Value]>::len);
    let entries = entries.or_else(|| value.as_map().map(tera::Map::len));
    entries.or_else(|| value.as_str().map(str::len)).unwrap_or(1) as u64
}

/// Bytes of a text, or of a list without what its entries hold.
fn own_size(value: &Value) -> u64 {
    match value.as_str() {
        Some(text) => text.len() as u64,
        None => ENTRY.saturating_mul(length(value)),
    }
}

/// Bytes of a value with all that it holds, counted as far as the budget goes: values that share their parts may have a
/// size without end.
fn whole_size(value: &Value) -> u64 {
    let (mut size, most) = (0_u64, budget::bytes_left());
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        size = size.saturating_add(own_size(value)).saturating_add(1);
        if size > most {
            break;
        }
        waiting.extend(value.as_array().unwrap_or_default());
        waiting.extend(value.as_map().into_iter().flat_map(tera::Map::values));
    }
    size
}

fn spend(steps: u64, bytes: u64) -> TeraResult<()> {
    let cost = Cost {
        steps,
        bytes,
        ..Cost::default()
    };
    budget::spend(cost).map_err(|over| tera::Error::message(over.to_string()))
}
