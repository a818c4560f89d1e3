//! Files of `assets/`. Nothing is fetched, built or written here.

use super::{Args, Entry, Outcome};
use crate::gotemplate::eval::Context;
use crate::gotemplate::objects;
use crate::gotemplate::value::Value;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["resources.Get"], |cx, args| {
        let path = args.text(0)?;
        Ok(cx
            .host()
            .asset(path.trim_start_matches('/'))
            .map_or(Value::Nil, Value::Handle))
    }),
    (&["resources.GetMatch"], |cx, args| {
        Ok(matching(cx, args)?.into_iter().next().unwrap_or_default())
    }),
    (&["resources.Match"], |cx, args| {
        matching(cx, args).map(Value::list)
    }),
    (&["resources.ByType"], by_type),
    // What would be a smaller or renamed file is the file itself.
    (
        &[
            "resources.Minify",
            "minify",
            "resources.Fingerprint",
            "fingerprint",
            "resources.PostProcess",
        ],
        |_, args| args.last().cloned(),
    ),
];

fn all(cx: &Context<'_>) -> Vec<Value> {
    cx.host().assets().into_iter().map(Value::Handle).collect()
}

fn matching(cx: &mut Context<'_>, args: &Args<'_>) -> Result<Vec<Value>, crate::gotemplate::Fault> {
    let files = all(cx);
    objects::matching(cx, &files, &args.text(0)?)
}

fn by_type(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    Ok(Value::list(objects::by_type(cx, &all(cx), &args.text(0)?)))
}
