//! Functions and filters that read the call in templates of shortcodes: `arg`, `flag`, `md`, `token` and `qr`.
//!
//! A shortcode takes its arguments by other names and in other places in each theme; `arg` and `flag` look through all
//! of them.

use tera::value::Key;
use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

/// Adds these functions and filters to `tera`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function("arg", arg);
    tera.register_function("flag", flag);
    tera.register_filter("md", md);
    tera.register_filter("token", token);
    tera.register_filter("qr", super::camera_code::qr);
}

/// `arg(names=["title", "name"], at=1, default="x")`: the first of the named arguments that is set, else the
/// positional one, as text; none when there is neither and no default.
fn arg(kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let call = Arguments::of(state)?;
    let names = kwargs.get::<Vec<&str>>("names")?.unwrap_or_default();
    let at = kwargs.get::<usize>("at")?;
    let found = call
        .named(&names)
        .or_else(|| at.and_then(|at| call.positional().get(at)));
    Ok(match found {
        Some(value) => Value::normal_string(&value.to_string()),
        None => kwargs.get::<Value>("default")?.unwrap_or_else(Value::none),
    })
}

/// `flag(names=["open"], at=1, default=false)`: true if a named argument or the positional one is true, or if one of
/// the names is among the positional ones.
fn flag(kwargs: Kwargs, state: &State<'_>) -> TeraResult<bool> {
    let call = Arguments::of(state)?;
    let names = kwargs.must_get::<Vec<&str>>("names")?;
    if let Some(value) = call.named(&names) {
        return Ok(is_true(value));
    }
    let at = kwargs.get::<usize>("at")?;
    if at.and_then(|at| call.positional().get(at)).is_some_and(is_true) {
        return Ok(true);
    }
    let written = |value: &Value| {
        names
            .iter()
            .any(|name| value.to_string().eq_ignore_ascii_case(name))
    };
    // A first word is a title rather than a flag.
    let among = call.positional().iter().skip(1).any(written);
    Ok(among || kwargs.get::<bool>("default")?.unwrap_or(false))
}

fn is_true(value: &Value) -> bool {
    value
        .as_bool()
        .unwrap_or_else(|| value.to_string().eq_ignore_ascii_case("true") || value.to_string() == "1")
}

/// The arguments of the call that is rendered, borrowed from its values: reading them as a map and a list would copy
/// both.
struct Arguments {
    named: Value,
    positional: Value,
}

impl Arguments {
    fn of(state: &State<'_>) -> TeraResult<Self> {
        Ok(Self {
            named: state.get("named")?.unwrap_or_else(Value::none),
            positional: state.get("args")?.unwrap_or_else(Value::none),
        })
    }

    fn named<'a>(&'a self, names: &[&'a str]) -> Option<&'a Value> {
        let named = self.named.as_map()?;
        names.iter().find_map(|name| named.get(&Key::Str(name)))
    }

    fn positional(&self) -> &[Value] {
        self.positional.as_array().unwrap_or_default()
    }
}

/// `label | md`: the text as inline Markdown; `label | md(block=true)` as blocks. The body reads the Markdown: it finds
/// the element that is printed here and replaces it by the result.
fn md(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    if text.is_safe() {
        return Ok(text.into_value());
    }
    let block = kwargs.get::<bool>("block")?.unwrap_or(false);
    let open = if block { "<md block>" } else { "<md>" };
    let escaped = state.escape(text.as_str())?;
    Ok(Value::safe_string(&format!("{open}{escaped}</md>")))
}

/// `kind | token`: an author's word as part of a class name: `[Tip]` is `tip`.
fn token(text: &str, _: Kwargs, _: &State<'_>) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let parts: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tera::Context;

    fn rendered(template: &str) -> String {
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("t.html", template).unwrap();
        let mut context = Context::new();
        context.insert("args", &serde_json::json!(["Title", "open", 3]));
        context.insert(
            "named",
            &serde_json::json!({ "color": "<b>", "expanded": "TRUE", "n": 5 }),
        );
        tera.render("t.html", &context).unwrap()
    }

    #[test]
    fn an_argument_is_found_by_name_then_by_place() {
        assert_eq!(rendered("{{ arg(names=['style', 'color'], at=0) }}"), "&lt;b&gt;");
        assert_eq!(rendered("{{ arg(names=['style'], at=0) }}"), "Title");
        assert_eq!(
            rendered("{{ arg(names=['n']) | replace(from='5', to='6') }}"),
            "6"
        );
    }

    #[test]
    fn an_argument_that_is_not_there_is_its_default_or_none() {
        assert_eq!(rendered("{{ arg(names=['x'], at=9, default='d') }}"), "d");
        assert_eq!(
            rendered("{% if arg(names=['x']) is none %}none{% endif %}"),
            "none"
        );
        assert_eq!(rendered("{{ arg(names=['x']) or 'other' }}"), "other");
    }

    #[test]
    fn a_flag_may_be_named_or_a_word() {
        assert_eq!(rendered("{{ flag(names=['expanded']) }}"), "true");
        assert_eq!(rendered("{{ flag(names=['open']) }}"), "true");
        assert_eq!(rendered("{{ flag(names=['title']) }}"), "false");
        assert_eq!(rendered("{{ flag(names=['x'], default=true) }}"), "true");
    }

    #[test]
    fn markdown_is_left_to_the_body() {
        assert_eq!(rendered("{{ '**a** <b>' | md }}"), "<md>**a** &lt;b&gt;</md>");
        assert_eq!(rendered("{{ 'a' | md(block=true) }}"), "<md block>a</md>");
        assert_eq!(rendered("{{ '<i>a</i>' | safe | md }}"), "<i>a</i>");
    }

    #[test]
    fn a_token_has_nothing_that_would_end_a_class() {
        assert_eq!(
            rendered("{{ '[Tip]' | token }} {{ ' a \"b\" c' | token }} {{ '注意' | token }}"),
            "tip a-b-c 注意"
        );
    }
}
