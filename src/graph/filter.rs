//! The words of `onlyWhen`, which decide on pages.

use spanned_data::{Map, Value};

/// Returns true if the site's `enabledModule` words ask for a page with these params: one of the words of `onlyWhen` is
/// among them, none of `onlyWhenNot` is.
pub(super) fn is_wanted(params: &Map, site: &Map) -> bool {
    let (only, never) = (words(params, "onlywhen"), words(params, "onlywhennot"));
    if only.is_empty() && never.is_empty() {
        return true;
    }
    let mut enabled = words(site, "enabledmodule");
    enabled.extend(words(site, "enabledmodules"));
    let any = |wanted: &[String]| wanted.iter().any(|word| enabled.contains(word));
    (only.is_empty() || any(&only)) && !any(&never)
}

/// The words of a param: a list, or a text with blanks between them.
fn words(params: &Map, key: &str) -> Vec<String> {
    let texts = params.get(key).map(Value::to_strings).unwrap_or_default();
    texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_on_pages_with_conditions() {
        let site: Map = [("enabledModule", "base openshift")].into_iter().collect();
        let wanted = |key: &str, value: &str| is_wanted(&[(key, value)].into_iter().collect(), &site);
        assert!(wanted("onlyWhen", "openshift"));
        assert!(wanted("onlyWhen", "rancher openshift"));
        assert!(!wanted("onlyWhen", "rancher"));
        assert!(!wanted("onlyWhenNot", "rancher base"));
        assert!(wanted("onlyWhenNot", "rancher"));
        assert!(wanted("title", "x"));
        assert!(!is_wanted(
            &[("onlyWhen", "x")].into_iter().collect(),
            &Map::new()
        ));
    }
}
