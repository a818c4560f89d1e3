//! The dot of a content adapter, Hugo's `_content.gotmpl`: it adds pages and files.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Object, Scratch, at_path, scratch};
use crate::cast;
use crate::error::Fault;
use crate::eval::Context;
use crate::functions::Args;
use crate::host::Handle;
use crate::value::{Map, Value};

/// The pages and files that a content adapter adds.
#[derive(Default)]
pub struct Adapter {
    added: Mutex<Vec<Added>>,
    in_all_languages: AtomicBool,
    scratch: Arc<Scratch>,
}

/// An addition of a content adapter.
#[derive(Debug, Clone)]
pub struct Added {
    /// A page, or a file beside pages.
    pub kind: AddedKind,
    /// Its path from the adapter's folder, as written.
    pub path: String,
    /// All fields besides path and content.
    pub fields: BTreeMap<Arc<str>, Value>,
    /// Media type of the text; empty if none is given.
    pub media_type: String,
    /// Its content.
    pub content: AddedContent,
}

/// The kinds of what an adapter adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddedKind {
    /// A page.
    Page,
    /// A file beside pages.
    Resource,
}

/// The content of an added page or file.
#[derive(Debug, Clone)]
pub enum AddedContent {
    /// Text in the template.
    Text(String),
    /// The content of a file of the site.
    File(Handle),
}

impl Adapter {
    /// The adapter as a dot.
    pub fn dot(self: Arc<Self>) -> Value {
        Value::Object(Arc::new(self))
    }

    /// The pages and files added so far, in order.
    pub fn added(&self) -> Vec<Added> {
        self.added.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns true if the pages are wanted in all languages.
    pub fn is_in_all_languages(&self) -> bool {
        self.in_all_languages.load(Ordering::Relaxed)
    }

    fn add(&self, cx: &mut Context<'_>, args: &[Value], kind: AddedKind) -> Result<Value, Fault> {
        cx.charge(20)?;
        let Value::Map(map) = Args::new(args).value(0)? else {
            return Err(Fault::failed("a page or a file is added with a dictionary"));
        };
        let mut fields = map.entries().clone();
        let path = match fields.remove("path") {
            Some(path) => cast::text(&path)?.to_string(),
            None => return Err(Fault::failed("what is added wants a path")),
        };
        let content = fields.remove("content").unwrap_or_default();
        let (media_type, content) = content_of(cx, &content)?;
        let added = Added {
            kind,
            path,
            fields,
            media_type,
            content,
        };
        self.added
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(added);
        Ok(Value::str(""))
    }
}

/// `(dict "mediaType" "text/markdown" "value" …)`: the type, and the text or the file.
fn content_of(cx: &mut Context<'_>, content: &Value) -> Result<(String, AddedContent), Fault> {
    let Value::Map(content) = content else {
        return Ok((String::new(), AddedContent::Text(text_of(content)?)));
    };
    let part = |name: &str| content.get(name).cloned().unwrap_or_default();
    let media_type = text_of(&part("mediaType"))?;
    let content = match part("value") {
        Value::Handle(handle @ (Handle::Asset(_) | Handle::Resource(..))) => AddedContent::File(handle),
        value @ (Value::Object(_) | Value::Handle(_)) => {
            AddedContent::Text(text_of(&at_path(cx, &value, "Content")?)?)
        }
        value => AddedContent::Text(text_of(&value)?),
    };
    Ok((media_type, content))
}

fn text_of(value: &Value) -> Result<String, Fault> {
    Ok(cast::text(value)?.to_string())
}

impl Object for Arc<Adapter> {
    fn type_name(&self) -> &str {
        "*pagesfromdata.PagesFromTemplate"
    }

    fn get(&self, cx: &mut Context<'_>, name: &str, args: &[Value]) -> Option<Result<Value, Fault>> {
        Some(match name {
            "AddPage" => self.add(cx, args, AddedKind::Page),
            "AddResource" => self.add(cx, args, AddedKind::Resource),
            "EnableAllLanguages" | "EnableAllDimensions" => {
                self.in_all_languages.store(true, Ordering::Relaxed);
                Ok(Value::str(""))
            }
            "Site" => Ok(Value::Handle(Handle::Site(cx.host().current_site()))),
            "Store" => Ok(scratch::value(self.scratch.clone())),
            _ => return None,
        })
    }

    fn print(&self) -> String {
        String::new()
    }
}

/// Fields as front matter in JSON.
pub fn front_matter(fields: BTreeMap<Arc<str>, Value>) -> String {
    crate::functions::plain_json(&Value::Map(Map::new(fields)))
}
