//! The `reflect` functions: kinds of values.

use super::{Args, Entry, Outcome};
use crate::host::Handle;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["reflect.IsMap"], |_, args| {
        is(args, |value| matches!(value, Value::Map(_)))
    }),
    (&["reflect.IsSlice"], |_, args| {
        is(args, |value| matches!(value, Value::List(_)))
    }),
    (&["reflect.IsPage"], |_, args| {
        is(args, |value| matches!(value, Value::Handle(Handle::Page(_))))
    }),
    (&["reflect.IsSite"], |_, args| {
        is(args, |value| matches!(value, Value::Handle(Handle::Site(_))))
    }),
    (&["reflect.IsResource"], |_, args| {
        is(args, |value| {
            matches!(
                value,
                Value::Handle(Handle::Resource(..) | Handle::Asset(_) | Handle::Page(_))
            )
        })
    }),
    (
        &[
            "reflect.IsImageResource",
            "reflect.IsImageResourceProcessable",
            "reflect.IsImageResourceWithMeta",
        ],
        |cx, args| {
            let kind = match args.value(0)? {
                Value::Handle(handle @ (Handle::Resource(..) | Handle::Asset(_))) => {
                    cx.host().resource(*handle, "ResourceType")
                }
                _ => None,
            };
            Ok(kind
                .as_ref()
                .and_then(Value::as_text)
                .is_some_and(|kind| &**kind == "image")
                .into())
        },
    ),
];

fn is(args: &Args<'_>, test: fn(&Value) -> bool) -> Outcome {
    Ok(test(args.value(0)?).into())
}
