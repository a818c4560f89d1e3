//! The dot of a shortcode's template.

use std::sync::{Arc, OnceLock};

use super::scratch::{self, Scratch};
use super::{Object, page};
use crate::error::Fault;
use crate::eval::Context;
use crate::functions::Args;
use crate::host::Handle;
use crate::print;
use crate::value::{Map, Value};

/// The arguments of a call: quoted ones are texts, bare ones may be numbers or `true`.
#[derive(Debug, Clone, Default)]
pub enum Arguments {
    /// No arguments.
    #[default]
    None,
    /// `{{< x a b >}}`
    Positional(Vec<Value>),
    /// `{{< x a=b >}}`, names as written.
    Named(Vec<(String, Value)>),
}

/// The place of a call, for `.Position`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// Path of the file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1.
    pub column: usize,
    /// Number of bytes before it.
    pub offset: usize,
}

/// A shortcode call, the dot of its template.
///
/// Calls inside it are run before it and see it as their `.Parent`; so it exists before its inner text does, which
/// [`Shortcode::set_inner`] adds.
pub struct Shortcode {
    name: String,
    page: u32,
    arguments: Arguments,
    ordinal: usize,
    position: Position,
    parent: Option<Arc<Shortcode>>,
    scratch: Arc<Scratch>,
    inner: OnceLock<Inner>,
}

struct Inner {
    text: Arc<str>,
    deindented: Arc<str>,
}

impl Shortcode {
    /// A call on a page. `ordinal` counts from 0 among the calls of the same parent.
    pub fn new(
        name: impl Into<String>,
        page: u32,
        arguments: Arguments,
        ordinal: usize,
        position: Position,
    ) -> Self {
        let (scratch, inner) = (Arc::new(Scratch::new()), OnceLock::new());
        Self {
            name: name.into(),
            page,
            arguments,
            ordinal,
            position,
            parent: None,
            scratch,
            inner,
        }
    }

    /// Sets the call around this one.
    #[must_use]
    pub fn inside(self, parent: Arc<Self>) -> Self {
        Self {
            parent: Some(parent),
            ..self
        }
    }

    /// Sets a `.Scratch` that outlives the call: a call and the parent that calls inside of it see share one.
    #[must_use]
    pub fn sharing(self, scratch: Arc<Scratch>) -> Self {
        Self { scratch, ..self }
    }

    /// Sets the text between the tags, and that text without the indentation of the call. Later calls have no effect.
    pub fn set_inner(&self, text: impl Into<Arc<str>>, deindented: impl Into<Arc<str>>) {
        // A second text would have to come from a second run of the same call, which makes a new one.
        drop(self.inner.set(Inner {
            text: text.into(),
            deindented: deindented.into(),
        }));
    }

    /// The call as a dot.
    pub fn dot(self: Arc<Self>) -> Value {
        Value::Object(Arc::new(self))
    }

    fn inner(&self, part: impl Fn(&Inner) -> &Arc<str>) -> Value {
        Value::html(
            self.inner
                .get()
                .map_or_else(|| Arc::from(""), |inner| part(inner).clone()),
        )
    }

    /// `.Get`: a missing name gives an empty text; a number asked of named arguments gives nil.
    fn argument(&self, key: &Value) -> Result<Value, Fault> {
        Ok(match (&self.arguments, key) {
            (Arguments::None, _) => Value::Nil,
            (Arguments::Positional(values), Value::Int(at)) => {
                let value = usize::try_from(*at).ok().and_then(|at| values.get(at));
                value.cloned().unwrap_or_else(|| Value::str(""))
            }
            (Arguments::Named(values), Value::Str(name) | Value::Safe(_, name)) => {
                let value = values.iter().find(|(known, _)| **known == **name);
                value.map_or_else(|| Value::str(""), |(_, value)| value.clone())
            }
            (_, Value::Int(_) | Value::Str(_) | Value::Safe(..)) => Value::Nil,
            _ => return Err(Fault::failed("Get wants a number or a text")),
        })
    }

    fn params(&self) -> Value {
        match &self.arguments {
            Arguments::None => Value::list(Vec::new()),
            Arguments::Positional(values) => Value::list(values.clone()),
            Arguments::Named(values) => {
                let entries = values
                    .iter()
                    .map(|(name, value)| (name.as_str().into(), value.clone()));
                Value::Map(Map::new(entries.collect()))
            }
        }
    }
}

impl Object for Arc<Shortcode> {
    fn type_name(&self) -> &str {
        "*hugolib.ShortcodeWithPage"
    }

    fn get(&self, cx: &mut Context<'_>, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
        Some(Ok(match name {
            "Get" => return Some(Args::new(args).value(0).and_then(|key| self.argument(key))),
            "Ref" | "RelRef" => return page::get(cx, self.page, name, args),
            "Inner" => self.inner(|inner| &inner.text),
            "InnerDeindent" => self.inner(|inner| &inner.deindented),
            "Params" => self.params(),
            "IsNamedParams" => matches!(self.arguments, Arguments::Named(_)).into(),
            "Parent" => self.parent.clone().map_or(Value::Nil, Shortcode::dot),
            "Name" => self.name.as_str().into(),
            "Ordinal" => self.ordinal.into(),
            "Position" => Value::Object(Arc::new(self.position.clone())),
            "Page" => Value::page(self.page),
            "Site" => Value::Handle(Handle::Site(cx.host().current_site())),
            "Scratch" | "Store" => scratch::value(self.scratch.clone()),
            _ => return None,
        }))
    }

    fn print(&self) -> String {
        self.name.clone()
    }
}

impl Object for Position {
    fn type_name(&self) -> &str {
        "text.Position"
    }

    fn get(&self, _cx: &mut Context<'_>, name: &str, _args: &[Value]) -> Option<Result<Value, Fault>> {
        Some(Ok(match name {
            "Filename" => self.file.as_str().into(),
            "LineNumber" => self.line.into(),
            "ColumnNumber" => self.column.into(),
            "Offset" => self.offset.into(),
            "String" => self.print().into(),
            _ => return None,
        }))
    }

    /// `"content/a.md:3:1"`, quotes included, as Hugo prints it.
    fn print(&self) -> String {
        let Self {
            file, line, column, ..
        } = self;
        print::quote(&format!("{file}:{line}:{column}"))
    }
}
