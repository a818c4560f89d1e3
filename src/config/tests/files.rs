//! The files that are read, and their precedence.

use super::*;
use crate::lang::LangId;

#[test]
fn without_a_file_everything_has_its_default() {
    let config = Config::default();
    assert_eq!(config.base_url.to_string(), "https://example.org/");
    assert!(!config.base_url_set);
    assert_eq!(config.title, "");
    assert_eq!(config.languages.len(), 1);
    assert_eq!(config.languages[LangId(0)].locale, "en");
    assert_eq!(config.publish_dir, "public");
    assert_eq!(config.scope(), Scope::default());
    assert_eq!(config.summary_length, 70);
    assert_eq!(config.time_zone, "UTC");
    assert!(config.ref_links.miss_is_error);
    let plurals: Vec<_> = config
        .taxonomies
        .iter()
        .map(|(_, plural)| plural.as_str())
        .collect();
    assert_eq!(plurals, ["tags", "categories"]);
}

#[test]
fn one_file_at_the_root_wins_and_the_others_are_not_read() {
    let files = [
        ("hugo.toml", "title = 'hugo.toml'"),
        ("hugo.yaml", "title: hugo.yaml\ncopyright: x"),
        ("hugo.yml", "title: hugo.yml"),
        ("hugo.json", r#"{"title": "hugo.json"}"#),
        ("config.toml", "title = 'config.toml'"),
        ("config.yaml", "title: config.yaml"),
        ("config.json", r#"{"title": "config.json"}"#),
    ];
    for from in 0..files.len() {
        let config = config(&files[from..]);
        assert_eq!(config.title, files[from].0);
    }
    assert_eq!(config(&files).copyright, "");
}

#[test]
fn folders_go_over_the_root_and_the_environment_over_the_folder() {
    let files = [
        ("hugo.toml", "title='root'\n[params]\na='root'"),
        ("config/_default/hugo.toml", "title='default'"),
        ("config/_default/params.toml", "b='split'"),
        (
            "config/_default/menus.en.toml",
            "[[main]]\nname='M'\nurl='/m/'\nweight=2",
        ),
        ("config/production/params.yaml", "c: prod"),
        ("config/staging/hugo.toml", "title='staging'"),
    ];
    let production = config(&files);
    assert_eq!(production.title, "default");
    assert_eq!(
        production.params.to_json().to_string(),
        r#"{"a":"root","b":"split","c":"prod"}"#
    );
    let (name, entries) = &production.languages[LangId(0)].menus[0];
    assert_eq!(
        (name.as_str(), entries[0].name.as_str(), entries[0].weight),
        ("main", "M", 2)
    );
    let staging = site(
        &files,
        &ConfigOptions {
            environment: "staging".to_owned(),
            ..ConfigOptions::default()
        },
    )
    .0;
    assert_eq!(staging.title, "staging");
    assert_eq!(
        staging.params.to_json().to_string(),
        r#"{"a":"root","b":"split"}"#
    );
    assert_eq!(staging.environment, "staging");
}

#[test]
fn a_file_named_after_a_table_may_name_the_table_again() {
    let files = [
        ("config/_default/params.toml", "[params]\na=1"),
        ("config/_default/menus.toml", "[[menu.main]]\nname='M'"),
        ("config/_default/languages.yaml", "en: {title: E}\nja: {title: J}"),
        ("config/_default/params.ja.toml", "a=2"),
        ("config/_default/markup.toml", "[goldmark.renderer]\nunsafe=true"),
    ];
    let config = config(&files);
    assert_eq!(config.params.int("a"), Some(1));
    assert_eq!(config.menus[0].1[0].name, "M");
    assert_eq!(config.markup.goldmark.unsafe_html, Some(true));
    let titles: Vec<_> = config
        .languages
        .iter()
        .map(|language| language.title.as_str())
        .collect();
    assert_eq!(titles, ["E", "J"]);
    assert_eq!(config.languages[LangId(1)].params.int("a"), Some(2));
}

#[test]
fn flags_beat_files_and_variables_beat_flags() {
    let files = [("hugo.toml", "baseURL='https://e.org/'\ntitle='x'")];
    let env = [
        ("HUGO_TITLE", "env"),
        ("HUGO_PARAMS_FOO", "bar"),
        ("HUGO_BASEURL", "https://env/"),
        ("HOME", "/"),
    ];
    let flags = Flags {
        base_url: Some("https://flag/".to_owned()),
        include: Include {
            drafts: true,
            ..Include::default()
        },
        destination: Some("out".to_owned()),
        ..Flags::default()
    };
    let by_flags = site(
        &files,
        &ConfigOptions {
            flags: flags.clone(),
            ..ConfigOptions::default()
        },
    )
    .0;
    assert_eq!(by_flags.base_url.to_string(), "https://flag/");
    assert!(by_flags.include.drafts && !by_flags.include.future);
    assert_eq!(by_flags.scope().destination, "out");
    let by_env = site(
        &files,
        &ConfigOptions {
            flags,
            ..with_env(&env)
        },
    )
    .0;
    assert_eq!(by_env.base_url.to_string(), "https://env/");
    assert_eq!(by_env.title, "env");
    assert_eq!(by_env.params.to_json().to_string(), r#"{"foo":"bar"}"#);
}

#[test]
fn a_syntax_error_is_reported_at_its_place_and_the_rest_is_used() {
    let text = "baseURL=\"https://e.org/\"\ntitle=x\ncopyright='c'\n";
    let (config, tree, diagnostics) = site(&[("hugo.toml", text)], &ConfigOptions::default());
    let found: Vec<_> = diagnostics
        .iter()
        .filter(|finding| finding.code == Code::InvalidConfig)
        .collect();
    assert_eq!(found.len(), 1, "{diagnostics:?}");
    assert_eq!(found[0].severity, crate::diag::Severity::Error);
    let span = found[0]
        .span
        .map(|span| (tree.path(span.file).map(str::to_owned), span.start));
    assert_eq!(span, Some((Some("hugo.toml".to_owned()), 31)));
    assert_eq!(
        (config.base_url.to_string().as_str(), config.copyright.as_str()),
        ("https://e.org/", "c")
    );
}

#[test]
fn findings_in_any_file_name_that_file() -> Tested {
    let files = [
        ("hugo.toml", "title='x'"),
        ("config/_default/params.yaml", "a: b: c\n"),
        ("config/_default/wsgen.toml", "# note\nacent = 3\n"),
    ];
    let (_, tree, diagnostics) = site(&files, &ConfigOptions::default());
    let mut places = Vec::new();
    for finding in &diagnostics {
        let span = finding.span.ok_or("no span")?;
        places.push((finding.code, tree.path(span.file).ok_or("no file")?, span.start));
    }
    places.sort();
    assert_eq!(
        places,
        [
            (Code::InvalidConfig, "config/_default/params.yaml", 4),
            (Code::UnknownSetting, "config/_default/wsgen.toml", 7)
        ]
    );
    Ok(())
}

#[test]
fn a_file_that_is_no_table_is_reported() {
    let (_, _, diagnostics) = site(&[("hugo.yaml", "- a\n- b\n")], &ConfigOptions::default());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code, Code::InvalidConfig);
}
