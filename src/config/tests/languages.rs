//! Languages of a site.

use super::*;
use crate::lang::LangId;

fn listed(config: &Config) -> Vec<&str> {
    config
        .languages
        .iter()
        .map(|language| language.key.as_str())
        .collect()
}

#[test]
fn languages_are_sorted_by_weight_and_key() {
    let config =
        Config::from_toml("defaultContentLanguage='ja'\n[languages.fr]\n[languages.ja]\n[languages.en]");
    assert_eq!(listed(&config), ["en", "fr", "ja"]);
    assert_eq!(config.default_language, LangId(2));
    let config = Config::from_toml("[languages.en]\n[languages.DE]\nweight=1");
    assert_eq!(
        (listed(&config), config.default_language),
        (vec!["de", "en"], LangId(1))
    );
}

#[test]
fn without_languages_the_default_one_need_not_be_declared() {
    let config = Config::from_toml("defaultContentLanguage='zz'");
    assert_eq!(
        (listed(&config), config.default_language),
        (vec!["zz"], LangId(0))
    );
    assert_eq!(findings("defaultContentLanguage='zz'"), [""; 0]);
}

#[test]
fn a_default_language_that_is_not_declared_is_reported() {
    assert_eq!(
        findings("defaultContentLanguage='zz'\n[languages.en]"),
        ["invalid-config at `'zz'`: the default language `zz` is not one of the site's `languages`"]
    );
    let config = Config::from_toml("[languages.ja]");
    assert_eq!(
        (listed(&config), config.default_language),
        (vec!["ja"], LangId(0))
    );
}

#[test]
fn disabled_languages_are_left_out() {
    let text = "disableLanguages=['fr']\n[languages.en]\n[languages.fr]\n[languages.de]\ndisabled=true\n[languages.ja]";
    let config = Config::from_toml(text);
    assert_eq!(listed(&config), ["en", "ja"]);
    assert_eq!(config.disabled_languages, ["fr", "de"]);
    assert_eq!(
        findings("[languages.en]\ndisabled=true\n[languages.ja]"),
        ["invalid-config at `en`: the default language `en` cannot be disabled"]
    );
}

#[test]
fn the_locale_of_the_site_counts_for_the_languages_it_can_mean() {
    let locales = |text: &str| -> Vec<String> {
        Config::from_toml(text)
            .languages
            .into_iter()
            .map(|language| language.locale.clone())
            .collect()
    };
    assert_eq!(locales("locale='ja-JP'"), ["ja-JP"]);
    assert_eq!(locales("languageCode='ja'"), ["ja"]);
    assert_eq!(
        Config::from_toml("languageCode='ja'").languages[LangId(0)].label,
        "日本語"
    );
    assert_eq!(locales("languageCode='en-us'\nlocale='en-GB'"), ["en-GB"]);
    assert_eq!(
        locales("languageCode='en-US'\n[languages.en]\n[languages.es]"),
        ["en-US", "es"]
    );
    assert_eq!(
        locales("[languages.en]\nlanguageCode='en-US'\n[languages.ja]\nlocale='ja-JP'"),
        ["en-US", "ja-JP"]
    );
}

#[test]
fn labels_and_directions_have_sensible_defaults() {
    let text = "[languages.en]\nlanguageName='English!'\n[languages.he]\n[languages.ja]\nlabel='J'\n[languages.vi]\n[languages.zh]\ndirection='rtl'\n[languages.tlh]";
    let config = Config::from_toml(text);
    let shown: Vec<_> = config
        .languages
        .iter()
        .map(|language| (language.label.as_str(), language.direction.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("English!", "ltr"),
            ("עברית", "rtl"),
            ("J", "ltr"),
            ("tlh", "ltr"),
            ("Tiếng Việt", "ltr"),
            ("简体中文", "rtl")
        ]
    );
}

#[test]
fn languages_take_from_the_site_what_they_do_not_set() {
    let config = Config::from_toml(
        r"
        title = 'Site'
        copyright = 'C'
        [params]
        a = 1
        [params.ui]
        x = 1
        y = 1
        [[menus.main]]
        name = 'M'
        [[menus.foot]]
        name = 'F'
        [languages.en]
        [languages.ja]
        title = 'サイト'
        [languages.ja.params.ui]
        y = 2
        [[languages.ja.menu.main]]
        name = 'エム'
        ",
    );
    let [en, ja] = &*config.languages else {
        panic!("{:?}", config.languages)
    };
    assert_eq!(
        (en.title.as_str(), ja.title.as_str(), ja.copyright.as_str()),
        ("Site", "サイト", "C")
    );
    assert_eq!(ja.params.to_json().to_string(), r#"{"a":1,"ui":{"x":1,"y":2}}"#);
    let menus = |language: &Language| -> Vec<(String, String)> {
        language
            .menus
            .iter()
            .map(|(name, entries)| (name.clone(), entries[0].name.clone()))
            .collect()
    };
    let pairs = |list: [(&str, &str); 2]| list.map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(menus(en), pairs([("main", "M"), ("foot", "F")]));
    assert_eq!(menus(ja), pairs([("main", "エム"), ("foot", "F")]));
}
