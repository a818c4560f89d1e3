//! Languages and addresses of the site.

use hugo_template::{UrlForm, Value};

use crate::address::Address;
use crate::config::{BaseUrl, Language};
use crate::graph::{decode_path, encode_path};

/// A language of the site: `.Language`.
pub fn language(language: &Language) -> Value {
    Value::map([
        ("Lang", Value::str(language.key.as_str())),
        ("LanguageName", Value::str(language.label.as_str())),
        ("Label", Value::str(language.label.as_str())),
        ("LanguageCode", Value::str(language.locale.as_str())),
        ("Locale", Value::str(language.locale.as_str())),
        ("Weight", Value::Int(language.weight)),
    ])
}

/// `relURL` and its like. Addresses of other sites stay.
pub fn url(base: &BaseUrl, form: UrlForm, path: &str) -> String {
    if !matches!(Address::parse(path), Address::Path { .. }) {
        return path.to_owned();
    }
    let path = decode_path(path);
    let path = path.trim_start_matches('/');
    match form {
        UrlForm::Relative | UrlForm::RelativeLang => format!("{}{}", base.path, encode_path(path)),
        UrlForm::Absolute | UrlForm::AbsoluteLang => {
            format!("{}{}{}", base.origin, base.path, encode_path(path))
        }
    }
}
