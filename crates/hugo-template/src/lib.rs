#![doc = include_str!("../README.md")]

// The text of a template is lexed and parsed into a tree (`ast`), the tree is walked (`eval`), and what it prints is escaped
// for the place it stands in (`escape`).
mod ast;
mod cast;
mod error;
mod escape;
mod eval;
mod from_data;
mod functions;
mod host;
mod lexer;
mod literal;
mod media;
mod objects;
mod parser;
mod print;
mod printf;
mod time;
pub mod title_case;
mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

/// A data file as a value, by the extension of its name; `None` for one that cannot be read.
pub fn unmarshalled(text: &str, extension: &str) -> Option<Value> {
    functions::unmarshalled(text, extension)
}

pub use error::{Cause, ExecError, Fault, TemplateError};
pub use eval::{Context, Limits, Message, Output, Severity};
pub use functions::{base64, md5_of, names as function_names};
pub use host::{Handle, Host, RefForm, RefQuery, RenderOptions, TextForm, UrlForm};
pub use media::{media_type, resource_type};
pub use objects::{
    Adapter, Added, AddedContent, AddedKind, Arguments, Object, Position, Scratch, Shortcode, front_matter,
};
pub use time::{parse as parse_time, zero as zero_time};
pub use value::{List, Map, Safe, Value};

/// A parsed template.
#[derive(Debug)]
pub struct Template {
    name: String,
    body: ast::Block,
    defines: BTreeMap<Arc<str>, ast::Block>,
    escapes: bool,
    uses_inner: bool,
    hugo_config: Option<Arc<str>>,
    unknown: Vec<(Arc<str>, usize)>,
}

impl Template {
    /// Parses a template whose output is HTML and is escaped.
    pub fn parse(name: impl Into<String>, text: &str) -> Result<Self, TemplateError> {
        let parsed = parser::parse(text)?;
        let uses_inner = parsed
            .fields
            .iter()
            .any(|field| matches!(&**field, "Inner" | "InnerDeindent"));
        Ok(Self {
            name: name.into(),
            body: parsed.body,
            defines: parsed.defines,
            escapes: true,
            uses_inner,
            hugo_config: parsed.hugo_config,
            unknown: parsed.unknown,
        })
    }

    /// Parses a template whose output is plain text or Markdown (`layouts/shortcodes/x.md`): nothing is escaped.
    pub fn parse_text(name: impl Into<String>, text: &str) -> Result<Self, TemplateError> {
        Ok(Self {
            escapes: false,
            ..Self::parse(name, text)?
        })
    }

    /// The name given to the parser.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns true if it reads `.Inner` or `.InnerDeindent`, so that its calls need a closing tag.
    pub fn uses_inner(&self) -> bool {
        self.uses_inner
    }

    /// Returns true if it declares `"version": 1` in `$_hugo_config`: the inner text of a `{{% %}}` call is then
    /// rendered before the template sees it.
    pub fn wants_rendered_inner(&self) -> bool {
        let config = self
            .hugo_config
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        config.is_some_and(|config: serde_json::Value| config["version"] == 1)
    }

    /// The functions it names that do not exist here, with their byte offsets, in order.
    pub fn unknown_functions(&self) -> impl Iterator<Item = (&str, usize)> {
        self.unknown.iter().map(|(name, offset)| (&**name, *offset))
    }

    /// Runs the template with `dot`.
    pub fn execute(&self, dot: &Value, host: &dyn Host, limits: Limits) -> Result<Output, ExecError> {
        eval::execute(self, dot, host, limits)
    }
}
