//! Settings of every kind.

use super::*;

#[test]
fn keys_are_read_in_any_case() {
    let text = "BASEURL='https://e.org/'\nTitle='x'\nuglyurls=true\nCanonifyURLs=true\n[Params]\nFooBar=1";
    let config = Config::from_toml(text);
    assert_eq!(config.title, "x");
    assert!(config.base_url_set && config.urls.ugly && config.urls.canonify);
    assert_eq!(config.params.to_json().to_string(), r#"{"foobar":1}"#);
}

#[test]
fn unknown_keys_are_ignored_and_listed() {
    let config = Config::from_toml(
        "title='x'\nnoSuchKey=1\npaginate=3\n[markup]\nfoo=1\n[markup.goldmark.renderer]\nunsafee=true\nunsafe=true\n[blackfriday]\nhrefTargetBlank=true",
    );
    assert_eq!(
        keys(&config.ignored),
        [
            "noSuchKey",
            "paginate",
            "markup.foo",
            "markup.goldmark.renderer.unsafee",
            "blackfriday.hrefTargetBlank"
        ]
    );
    assert_eq!(
        keys(&config.honoured),
        ["title", "markup.goldmark.renderer.unsafe"]
    );
}

#[test]
fn a_value_of_the_wrong_type_is_a_warning_and_has_its_default() {
    let found = findings("summaryLength=\"abc\"\nenableEmoji=[1]\nmarkup=3\n[params]\nx=1");
    assert_eq!(
        found,
        [
            "invalid-config at `3`: `markup` should be a table, not 3",
            "invalid-config at `\"abc\"`: `summaryLength` should be a whole number, not \"abc\"",
            "invalid-config at `[1]`: `enableEmoji` should be true or false, not a list",
        ]
    );
    assert_eq!(Config::from_toml("summaryLength=\"abc\"").summary_length, 70);
}

#[test]
fn text_is_read_as_the_type_that_is_wanted() {
    let config = Config::from_toml("summaryLength='7'\nenableEmoji='true'\ntitle=5\nignoreFiles='x$'");
    assert_eq!((config.summary_length, config.enable_emoji), (7, true));
    assert_eq!((config.title.as_str(), config.ignore_files.len()), ("5", 1));
}

#[test]
fn wsgen_has_typed_settings_and_names_the_nearest_for_others() {
    let config = Config::from_toml("[wsgen]\naccent=30\nsearch=false\ncsp=false\neditor='code'");
    let wsgen = &config.wsgen;
    assert_eq!(
        (wsgen.accent, wsgen.search, wsgen.csp, wsgen.cache),
        (30.0, false, false, true)
    );
    assert_eq!(wsgen.editor.as_deref(), Some("code"));
    let (_, _, diagnostics) = site(
        &[("hugo.toml", "[wsgen]\naccnt=3\naccent='red'\n")],
        &ConfigOptions::default(),
    );
    assert_eq!(diagnostics[0].code, Code::UnknownSetting);
    assert_eq!(diagnostics[0].help.as_deref(), Some("did you mean `accent`?"));
    assert_eq!(
        diagnostics[1].message,
        "`wsgen.accent` should be a number, not \"red\""
    );
    assert_eq!(diagnostics.len(), 2);
}

#[test]
fn a_hue_beyond_the_circle_is_reported() {
    assert_eq!(
        findings("[wsgen]\naccent=999"),
        ["invalid-config at `999`: `wsgen.accent` should be a hue between 0 and 360, not 999"]
    );
}

#[test]
fn the_old_author_is_a_parameter() {
    let config = Config::from_toml("[author]\nname='A'");
    assert_eq!(
        config
            .params
            .get_path("author.name")
            .and_then(|name| name.as_str()),
        Some("A")
    );
    let config = Config::from_toml("author='x'\n[params]\nauthor='B'");
    assert_eq!(config.params.text("author").as_deref(), Some("B"));
}

#[test]
fn kinds_have_old_names_and_unknown_ones_are_reported() {
    assert_eq!(
        Config::from_toml("disableKinds=['RSS','404','rss']").disable_kinds,
        ["rss", "404"]
    );
    let old = Config::from_toml("disableKinds=['taxonomy','taxonomyTerm']");
    assert_eq!(old.disable_kinds, ["term", "taxonomy"]);
    assert_eq!(old.taxonomies, []);
    assert_eq!(
        findings("disableKinds=['sitemp','rss']"),
        ["invalid-config at `'sitemp'`: there is no kind of page `sitemp`"]
    );
    assert_eq!(
        Config::from_toml("disableKinds='rss sitemap'").disable_kinds,
        ["rss", "sitemap"]
    );
}

#[test]
fn given_taxonomies_replace_the_usual_ones() {
    let config = Config::from_toml("[taxonomies]\ntag='tags'\nSeries='Series'");
    let expected = [("tag", "tags"), ("series", "series")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(config.taxonomies, expected);
    assert_eq!(Config::from_toml("[taxonomies]").taxonomies, []);
}

#[test]
fn permalinks_come_with_and_without_kinds() {
    let config = Config::from_toml("[permalinks]\npost='/:filename/'\n[permalinks.section]\nlab='/x/'");
    let rules: Vec<_> = config
        .urls
        .permalinks
        .iter()
        .map(|rule| (rule.kind.as_str(), rule.section.as_str(), rule.pattern.as_str()))
        .collect();
    assert_eq!(
        rules,
        [
            ("page", "post", "/:filename/"),
            ("term", "post", "/:filename/"),
            ("section", "lab", "/x/")
        ]
    );
}

#[test]
fn ugly_urls_are_a_switch_or_a_table_of_sections() {
    let urls = Config::from_toml("[uglyURLs]\nlab=true").urls;
    assert_eq!(
        (urls.ugly, urls.ugly_sections),
        (false, vec![("lab".to_owned(), true)])
    );
    assert!(Config::from_toml("uglyURLs=true").urls.ugly);
}

#[test]
fn broken_patterns_of_ignored_files_are_reported_and_left_out() {
    assert_eq!(
        findings("ignoreFiles=['a$','(']"),
        ["invalid-config at `['a$','(']`: `(` in `ignoreFiles` is not a regular expression"]
    );
    let patterns = r#"ignoreFiles=["\\.files/README.md$","_files$"]"#;
    assert_eq!(Config::from_toml(patterns).ignore_files.len(), 2);
}

#[test]
fn cascades_are_tables_or_lists_and_may_be_for_an_environment() {
    let text = "[[cascade]]\ntype='docs'\n[cascade.target]\npath='/lab/**'\n[[cascade]]\ncolor='red'\n[cascade._target]\nenvironment='dev*'";
    let options = |environment: &str| ConfigOptions {
        environment: environment.to_owned(),
        ..ConfigOptions::default()
    };
    let cascade = |environment| site(&[("hugo.toml", text)], &options(environment)).0.cascade;
    assert_eq!(cascade("production").len(), 1);
    assert_eq!(cascade("production")[0].target.path.as_deref(), Some("/lab/**"));
    assert_eq!(
        cascade("production")[0].values.to_json().to_string(),
        r#"{"type":"docs"}"#
    );
    assert_eq!(cascade("development").len(), 2);
    assert_eq!(Config::from_toml("[cascade]\na=1").cascade.len(), 1);
}

#[test]
fn misses_of_references_may_be_warnings() {
    let config = Config::from_toml("refLinksErrorLevel='WARNING'\nrefLinksNotFoundURL='/404-ref'");
    assert!(!config.ref_links.miss_is_error);
    assert_eq!(config.ref_links.not_found_url, "/404-ref");
}

#[test]
fn menus_are_sorted_by_weight_with_zero_last() {
    let text = "[[menu.main]]\nname='Z'\n[[menu.main]]\nname='B'\nweight=5\npageRef='/b'\n[[menu.main]]\nname='A'\nweight=5\n[menu.main.params]\nicon='x'";
    let config = Config::from_toml(text);
    let names: Vec<_> = config.menus[0]
        .1
        .iter()
        .map(|entry| entry.name.as_str())
        .collect();
    assert_eq!(names, ["A", "B", "Z"]);
    assert_eq!(config.menus[0].1[1].page_ref.as_deref(), Some("/b"));
    assert_eq!(config.menus[0].1[0].params.text("icon").as_deref(), Some("x"));
}
