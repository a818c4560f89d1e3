//! Params of the site as templates see them: those that a template names and nobody has set are nothing, as in Hugo.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// `params` with the paths `named` in it. A key in another case is the one in lower case.
pub(super) fn with_named(mut params: Value, named: &BTreeSet<String>) -> Value {
    for path in named {
        let mut table = &mut params;
        let mut keys = path.split('.').peekable();
        while let (Some(key), Value::Object(map)) = (keys.next(), table) {
            let set = map.get(&key.to_lowercase()).cloned();
            let missing = || match keys.peek() {
                Some(_) => Value::Object(Map::new()),
                None => Value::Null,
            };
            let value = set.unwrap_or_else(missing);
            table = map.entry(key).or_insert(value);
        }
    }
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_names_is_there() {
        let named = ["phone", "a.b.c", "a.d", "Logo", "title.x"].map(str::to_owned);
        let params = serde_json::json!({"a": {"d": 1}, "logo": "l.svg", "title": "T"});
        let expected = serde_json::json!({
            "a": {"b": {"c": null}, "d": 1}, "logo": "l.svg", "Logo": "l.svg", "phone": null, "title": "T"
        });
        assert_eq!(with_named(params, &named.into_iter().collect()), expected);
    }
}
