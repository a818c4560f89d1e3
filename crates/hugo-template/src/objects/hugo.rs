//! The `hugo` function.

use super::Object;
use crate::error::Fault;
use crate::eval::Context;
use crate::host::Handle;
use crate::objects::scratch;
use crate::value::Value;

/// The Hugo whose behaviour this crate follows; themes compare with it.
const VERSION: &str = "0.168.0";

/// The value of the function `hugo`.
pub(crate) struct Hugo;

impl Object for Hugo {
    fn type_name(&self) -> &str {
        "hugo.HugoInfo"
    }

    fn get(&self, cx: &mut Context<'_>, name: &str, _args: &[Value]) -> Option<Result<Value, Fault>> {
        let environment = cx.host().environment();
        Some(Ok(match name {
            "Version" => VERSION.into(),
            "Environment" => environment.into(),
            "IsProduction" => (environment == "production").into(),
            "IsDevelopment" => (environment == "development").into(),
            "IsServer" | "IsMultihost" | "IsMultiHost" => false.into(),
            "IsExtended" => true.into(),
            "CommitHash" | "BuildDate" | "WorkingDir" => "".into(),
            "Generator" => Value::html(format!(r#"<meta name="generator" content="Hugo {VERSION}">"#)),
            "IsMultilingual" => {
                let site = Value::Handle(Handle::Site(cx.host().current_site()));
                return Some(super::field(cx, &site, "IsMultiLingual", &[]));
            }
            "Data" | "Sites" => {
                let site = Value::Handle(Handle::Site(cx.host().current_site()));
                return Some(super::field(cx, &site, name, &[]));
            }
            "Store" => scratch::value(cx.host().store(None)),
            _ => return None,
        }))
    }

    fn print(&self) -> String {
        VERSION.to_owned()
    }
}
