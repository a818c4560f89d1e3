//! HTML: trusted texts, escaping, Markdown.

use super::{Args, Entry, Outcome};
use crate::error::Fault;
use crate::eval::Context;
use crate::host::RenderOptions;
use crate::value::{Safe, Value};
use crate::{cast, escape, objects, print};

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["transform.ToMath"], to_math),
    (&["safeHTML", "safe.HTML"], |_, args| safe(args, Safe::Html)),
    (&["safeHTMLAttr", "safe.HTMLAttr"], |_, args| {
        safe(args, Safe::Attr)
    }),
    (&["safeURL", "safe.URL"], |_, args| safe(args, Safe::Url)),
    (&["safeJS", "safe.JS"], |_, args| safe(args, Safe::Js)),
    (&["safeJSStr", "safe.JSStr"], |_, args| safe(args, Safe::JsStr)),
    (&["safeCSS", "safe.CSS"], |_, args| safe(args, Safe::Css)),
    (&["css.Quoted"], |_, args| {
        Ok(Value::Safe(Safe::Css, args.text(0)?))
    }),
    (&["css.Unquoted"], |_, args| {
        Ok(Value::Safe(Safe::Css, args.text(0)?))
    }),
    (&["htmlEscape", "transform.HTMLEscape", "html"], |_, args| {
        Ok(escape::html(&args.text(0)?).into())
    }),
    (&["transform.XMLEscape"], |_, args| {
        Ok(escape::html(&args.text(0)?).into())
    }),
    (&["htmlUnescape", "transform.HTMLUnescape"], |_, args| {
        Ok(escape::unescape_html(&args.text(0)?).into())
    }),
    (&["js"], |_, args| Ok(escape::js_string(&joined(args)).into())),
    (&["plainify", "transform.Plainify"], |_, args| {
        Ok(Value::html(strip_html(&args.text(0)?)))
    }),
    (&["markdownify", "transform.Markdownify"], markdownify),
    (&["emojify", "transform.Emojify"], |_, args| {
        Ok(Value::html(with_emojis(&args.text(0)?)))
    }),
    (&["highlight", "transform.Highlight"], highlight),
    (&["transform.CanHighlight"], |_, args| {
        Ok((!args.text(0)?.is_empty()).into())
    }),
];

/// The values of Go's builtins `html` and `js` as one text.
fn joined(args: &Args<'_>) -> String {
    args.all().iter().map(print::plain).collect()
}

fn safe(args: &Args<'_>, kind: Safe) -> Outcome {
    Ok(Value::Safe(kind, args.text(0)?))
}

fn markdownify(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let page = cx.host().current_page();
    objects::rendered(cx, page, &args.text(0)?, RenderOptions::default())
}

/// `transform.ToMath TEX [(dict "displayMode" true)]`.
fn to_math(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let tex = args.text(0)?;
    cx.charge(tex.len() as u64 / 4)?;
    let display = match args.get(1) {
        Some(Value::Map(options)) => options.get("displayMode").is_some_and(Value::is_true),
        _ => false,
    };
    cx.host().math(&tex, display).map(Value::html)
}

/// `highlight CODE LANG [OPTIONS]`; options are a text or a map.
fn highlight(cx: &mut Context<'_>, args: &Args<'_>) -> Outcome {
    let (code, lang) = (
        args.text(0)?,
        args.get(1).map(cast::text).transpose()?.unwrap_or_default(),
    );
    cx.charge(20 + code.len() as u64 / 8)?;
    let options = match args.get(2) {
        Some(Value::Map(options)) => {
            let pairs = options
                .entries()
                .iter()
                .map(|(key, value)| format!("{key}={}", print::plain(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        Some(other) => cast::text(other)?.to_string(),
        None => String::new(),
    };
    let html: Result<String, Fault> = cx.host().highlight(&code, &lang, &options);
    Ok(Value::html(html?))
}

/// `:smile:` as an emoji; other text between colons stays.
fn with_emojis(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        out.push_str(before);
        let found = after
            .split_once(':')
            .and_then(|(name, after)| Some((emojis::get_by_shortcode(name)?, after)));
        match found {
            Some((emoji, after)) => {
                out.push_str(emoji.as_str());
                rest = after;
            }
            None => {
                out.push(':');
                rest = after;
            }
        }
    }
    out + rest
}

/// The text without tags. Ends of paragraphs become line breaks, and a run of white space becomes one space.
pub(super) fn strip_html(text: &str) -> String {
    if !text.contains(['<', '>']) {
        return text.to_owned();
    }
    let marked = text
        .replace('\n', " ")
        .replace("</p>", "\n")
        .replace("<br>", "\n")
        .replace("<br />", "\n");
    let mut out = String::new();
    let mut after_space = false;
    for c in escape::strip_tags(&marked).chars() {
        if !(c.is_whitespace() && after_space) {
            out.push(c);
        }
        after_space = c.is_whitespace();
    }
    out
}
