//! Files of `assets/`. Nothing is fetched, built or written here.

use std::sync::Arc;

use super::{Args, Entry, Outcome};
use crate::eval::Context;
use crate::value::Value;
use crate::{cast, objects};

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
    (&["resources.FromString"], |_, args| {
        made(args.text(0)?.to_string(), args.text(1)?.to_string())
    }),
    (&["resources.Concat"], |cx, args| {
        let mut text = String::new();
        if let Value::List(files) = args.value(1)? {
            for file in files.items() {
                text.push_str(&cast::text(&objects::at_path(cx, file, "Content")?)?);
            }
        }
        cx.charge(text.len() as u64 / 64)?;
        made(args.text(0)?.to_string(), text)
    }),
    // What filters make of a picture is the picture itself.
    (
        &[
            "images.AutoOrient",
            "images.Brightness",
            "images.ColorBalance",
            "images.Colorize",
            "images.Contrast",
            "images.Dither",
            "images.Filter",
            "images.Gamma",
            "images.GaussianBlur",
            "images.Grayscale",
            "images.Hue",
            "images.Invert",
            "images.Mask",
            "images.Opacity",
            "images.Overlay",
            "images.Padding",
            "images.Pixelate",
            "images.Process",
            "images.Saturation",
            "images.Sepia",
            "images.Sigmoid",
            "images.Text",
            "images.UnsharpMask",
        ],
        |_, args| Ok(args.last().cloned().unwrap_or_default()),
    ),
    // What would be a smaller or renamed file is the file itself.
    (
        &[
            "resources.Minify",
            "minify",
            "resources.Fingerprint",
            "fingerprint",
            "resources.PostProcess",
            "resources.Copy",
        ],
        |_, args| args.last().cloned(),
    ),
];

fn made(name: String, text: String) -> Outcome {
    Ok(Value::Object(Arc::new(objects::Made { name, text })))
}

fn all(cx: &Context<'_>) -> Vec<Value> {
    cx.host().assets().into_iter().map(Value::Handle).collect()
}

fn matching(cx: &mut Context<'_>, args: &Args<'_>) -> Result<Vec<Value>, crate::Fault> {
    let files = all(cx);
    objects::matching(cx, &files, &args.text(0)?)
}

fn by_type(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    Ok(Value::list(objects::by_type(cx, &all(cx), &args.text(0)?)))
}
