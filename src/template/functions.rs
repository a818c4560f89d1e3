//! Functions and filters that templates may use beyond Tera's own.

use tera::value::Key;
use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::parse::title::{Piece, pieces};
use crate::phrases::phrases;

/// Adds the functions to `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("asset", asset);
    tera.register_filter("fill", fill);
    tera.register_filter("time", time);
    tera.register_filter("phrases", by_phrases);
}

/// `asset(path="css/site.css")`: URL of a file of the theme. Published names hold a hash of the content, which the
/// variable `assets` maps from the plain path.
fn asset(kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let path = kwargs.must_get::<&str>("path")?;
    // As a value, because asking for a map copies it.
    let assets = state.get::<Value>("assets")?;
    let urls = assets.as_ref().and_then(Value::as_map);
    match urls.and_then(|urls| urls.get(&Key::Str(path))) {
        Some(url) => Ok(url.clone()),
        None => Err(tera::Error::message(format!(
            "neither the site nor the theme has a file `static/{path}`"
        ))),
    }
}

/// `text | fill(n=3)`: puts values into the `{n}` of an interface text.
fn fill(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = behind.split_once('}').unwrap_or_default();
        rest = match kwargs.get::<Value>(name)? {
            Some(value) => {
                out.push_str(&value.to_string());
                after
            }
            None => {
                out.push('{');
                behind
            }
        };
    }
    out.push_str(rest);
    Ok(out)
}

/// `minutes | time(t=t)`: a time in the words of the page's language, for example `1 h 30 min`. `t` are the interface
/// texts.
fn time(minutes: i64, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let texts = kwargs.must_get::<&tera::Map>("t")?;
    let text = |key: &str| {
        let text = texts.get(&Key::Str(key)).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let fill =
        |text: String, name: &str, value: i64| text.replace(&format!("{{{name}}}"), &value.to_string());
    let (hours, rest) = (minutes / 60, minutes % 60);
    Ok(match (hours, rest) {
        (0, _) => fill(text("minutes"), "n", rest),
        (_, 0) => fill(text("hours"), "h", hours),
        _ => fill(fill(text("hours_minutes"), "h", hours), "n", rest),
    })
}

/// `title | phrases`: a text that may break between the phrases of Japanese, with what is between backticks as code;
/// escaped, safe.
fn by_phrases(text: StringInput<'_>, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    if text.is_safe() {
        return Ok(text.into_value());
    }
    let mut out = String::new();
    for piece in pieces(text.as_str()) {
        match piece {
            Piece::Text(text) => {
                for (at, phrase) in phrases(text).into_iter().enumerate() {
                    out.push_str(if at > 0 { "<wbr>" } else { "" });
                    out.push_str(&state.escape(phrase)?);
                }
            }
            Piece::Code(code) => {
                out.extend(["<code>", &*state.escape(code)?, "</code>"]);
            }
        }
    }
    Ok(Value::safe_string(&out))
}
