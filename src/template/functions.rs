//! Functions and filters that templates may use beyond Tera's own.

use tera::value::Key;
use tera::{Kwargs, State, Tera, TeraResult};

/// Adds the functions to `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("asset", asset);
    tera.register_filter("fill", fill);
}

/// `asset(path="css/site.css")`: URL of a file of the theme. Published names hold a hash of the content, which the
/// variable `assets` maps from the plain path.
fn asset(kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let path = kwargs.must_get::<&str>("path")?;
    let assets = state.get::<tera::Map>("assets")?.unwrap_or_default();
    match assets.get(&Key::Str(path)) {
        Some(url) => Ok(url.to_string()),
        None => Err(tera::Error::message(format!(
            "the theme has no file `static/{path}`"
        ))),
    }
}

/// `text | fill(n=3)`: puts values into the `{n}` of an interface text.
fn fill(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut text = text.to_owned();
    for (name, value) in kwargs.iter() {
        if let Some(name) = name.as_str() {
            text = text.replace(&format!("{{{name}}}"), &value.to_string());
        }
    }
    Ok(text)
}
