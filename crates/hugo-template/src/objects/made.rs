//! Files that a template makes of text: `resources.FromString` and `resources.Concat`. None of them is published.

use super::Object;
use crate::error::Fault;
use crate::eval::Context;
use crate::media;
use crate::value::Value;

/// A file of a name and a text.
pub(crate) struct Made {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Object for Made {
    fn type_name(&self) -> &'static str {
        "*resources.genericResource"
    }

    fn get(&self, _cx: &mut Context<'_>, name: &str, _args: &[Value]) -> Option<Result<Value, Fault>> {
        Some(Ok(match name {
            "Name" | "Title" => Value::str(format!("/{}", self.name.trim_start_matches('/'))),
            "Content" => Value::str(self.text.as_str()),
            "MediaType" => media::media_type(&self.name),
            "ResourceType" => Value::str(media::resource_type(&self.name)),
            "RelPermalink" | "Permalink" | "Publish" => {
                return Some(Err(Fault::unsupported(format!(
                    "{name} of a resource made of text"
                ))));
            }
            _ => return None,
        }))
    }

    fn print(&self) -> String {
        self.name.clone()
    }
}
