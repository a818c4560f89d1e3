//! Files that a template makes of text: `resources.FromString` and `resources.Concat`. None of them is published.

use super::Object;
use crate::gotemplate::error::Fault;
use crate::gotemplate::eval::Context;
use crate::gotemplate::facts;
use crate::gotemplate::value::Value;

/// A file of a name and a text.
pub(in crate::gotemplate) struct Made {
    pub(in crate::gotemplate) name: String,
    pub(in crate::gotemplate) text: String,
}

impl Object for Made {
    fn type_name(&self) -> &'static str {
        "*resources.genericResource"
    }

    fn get(&self, _cx: &mut Context<'_>, name: &str, _args: &[Value]) -> Option<Result<Value, Fault>> {
        Some(Ok(match name {
            "Name" | "Title" => Value::str(format!("/{}", self.name.trim_start_matches('/'))),
            "Content" => Value::str(self.text.as_str()),
            "MediaType" => facts::media_type(&self.name),
            "ResourceType" => Value::str(facts::resource_type(&self.name)),
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
