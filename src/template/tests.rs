use super::{TemplateSource, Templates};
use crate::diag::FileId;
use crate::lang::LangId;
use crate::source::SourceTree;

fn embedded<'a>(name: &'a str, text: &'a str) -> TemplateSource<'a> {
    TemplateSource {
        name,
        file: None,
        text,
    }
}

fn own<'a>(id: u32, name: &'a str, text: &'a str) -> TemplateSource<'a> {
    TemplateSource {
        name,
        file: Some(FileId(id)),
        text,
    }
}

fn render(templates: &Templates, name: &str) -> String {
    templates.render(name, &tera::Context::new()).unwrap()
}

#[test]
fn a_template_of_the_site_takes_the_place_of_the_embedded_one() {
    let (templates, diagnostics) =
        Templates::from_sources(&[embedded("a.html", "theme"), own(0, "a.html", "site")]);
    assert_eq!(diagnostics, []);
    assert_eq!(render(&templates, "a.html"), "site");
}

#[test]
fn a_syntax_error_is_reported_with_its_place_and_the_embedded_template_is_used() {
    let (templates, diagnostics) =
        Templates::from_sources(&[embedded("a.html", "theme"), own(4, "a.html", "one\n{% if %}")]);
    assert_eq!(render(&templates, "a.html"), "theme");
    let span = diagnostics[0].span.unwrap();
    assert_eq!((span.file, span.start), (FileId(4), 10));
}

#[test]
fn an_unknown_filter_is_reported_with_its_place() {
    let (_, diagnostics) = Templates::from_sources(&[own(2, "a.html", "é\n{{ 'x' | nope }}")]);
    let span = diagnostics[0].span.unwrap();
    assert_eq!(span.range(), 12..13);
    assert!(
        diagnostics[0].message.contains("Unknown filter `nope`"),
        "{}",
        diagnostics[0].message
    );
}

#[test]
fn one_faulty_template_costs_no_other() {
    let (templates, diagnostics) = Templates::from_sources(&[
        own(
            0,
            "a.html",
            "{% extends \"z.html\" %}{% block x %}mine{% endblock %}",
        ),
        own(1, "m.html", "{{ broken"),
        own(2, "z.html", "<{% block x %}{% endblock %}>"),
    ]);
    assert_eq!(render(&templates, "a.html"), "<mine>");
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn templates_of_the_site_may_extend_embedded_ones() {
    let (templates, diagnostics) = Templates::from_sources(&[
        embedded("base.html", "[{% block x %}{% endblock %}]"),
        own(
            0,
            "page.html",
            "{% extends \"base.html\" %}{% block x %}p{% endblock %}",
        ),
    ]);
    assert_eq!(diagnostics, []);
    assert_eq!(render(&templates, "page.html"), "[p]");
}

#[test]
fn shortcodes_are_found_whatever_their_case() {
    let (templates, _) = Templates::from_sources(&[embedded("shortcodes/relRef.html", "{{ args[0] }}")]);
    assert!(templates.shortcode("RELREF"));
    let context = serde_json::json!({ "args": ["a<b"] });
    assert_eq!(templates.render_shortcode("relref", &context).unwrap(), "a&lt;b");
    assert!(templates.render_shortcode("nope", &context).is_err());
}

#[test]
fn an_error_while_rendering_names_its_place() {
    let (templates, _) = Templates::from_sources(&[own(7, "a.html", "{{ page.title }}")]);
    let error = templates.render("a.html", &tera::Context::new()).unwrap_err();
    assert_eq!(error.span.unwrap().file, FileId(7));
}

#[test]
fn where_a_template_of_the_site_fails_the_theme_steps_in() {
    let (templates, _) =
        Templates::from_sources(&[embedded("a.html", "theme"), own(7, "a.html", "{{ page.title }}")]);
    let (text, errors) = templates.render_or_theme("a.html", &tera::Context::new(), 0);
    assert_eq!((text.as_slice(), errors.len()), (&b"theme"[..], 1));
}

#[test]
fn assets_are_those_that_templates_name() {
    let (templates, _) = Templates::from_sources(&[embedded("a.html", "{{ asset(path=\"css/site.css\") }}")]);
    assert_eq!(
        templates.assets().into_iter().collect::<Vec<_>>(),
        ["css/site.css"]
    );
}

fn theme() -> Templates {
    let (templates, diagnostics) = Templates::new(&SourceTree::default().with_theme().unwrap());
    assert_eq!(diagnostics, []);
    templates
}

#[test]
fn the_themes_own_templates_are_sound() {
    assert!(theme().contains("page.html"));
}

/// A page of a site's own that fills no block of the theme's must not take the other kinds of pages with it.
#[test]
fn each_kind_of_page_can_be_replaced_alone() {
    for kind in ["page", "section", "home", "term", "taxonomy", "print", "404"] {
        let path = format!("templates/{kind}.html");
        let tree = SourceTree::from_memory([(path.as_str(), "<p>mine</p>")]);
        let (templates, diagnostics) = Templates::new(&tree.with_theme().unwrap());
        assert_eq!(diagnostics, [], "{kind}");
        assert_eq!(render(&templates, &format!("{kind}.html")), "<p>mine</p>");
    }
}

#[test]
fn a_variable_that_a_template_does_not_mention_is_not_read_by_it() {
    let (templates, _) = Templates::from_sources(&[
        own(0, "a.html", "{{ pages }}{% include 'b.html' %}"),
        own(1, "b.html", "{% if x %}{% set id = 1 %}{% endif %}{{ id }}"),
        own(2, "all.html", "{{ __tera_context }}"),
        own(
            3,
            "c.html",
            "{% component c(@page) %}{{ page }}{% endcomponent c %}",
        ),
    ]);
    assert!(templates.mentions("a.html", "pages") && templates.mentions("a.html", "id"));
    assert!(!templates.mentions("a.html", "ordinal") && templates.mentions("all.html", "ordinal"));
    assert!(templates.mentions("a.html", "page"), "a component may ask for it");
    assert!(templates.mentions("gone.html", "x"), "nobody knows");
}

/// Every shortcode of the theme renders with nothing given, for authors who forget an argument.
#[test]
fn no_shortcode_of_the_theme_needs_an_argument() {
    let templates = theme();
    let texts = super::Texts::new(&SourceTree::default().with_theme().unwrap()).0;
    let config = crate::config::Config::default();
    let context = serde_json::json!({
        "name": "x", "args": [], "named": {}, "parent": null, "has_inner": false, "inner": "", "inner_inline": "",
        "inner_text": "", "ordinal": 0, "id": "x-1", "percent": false, "lang": "en", "t": texts.of(&config.languages[LangId(0)]),
        "page": { "title": "", "url": "/", "kind": "page" }, "tabs": [], "group": "", "children": [], "columns": [], "files": [],
        "lines": [], "minutes": 0, "end": "", "number": "", "exercise": false, "themes": [],
        "foldable": false, "kind": "", "open": false, "title_text": "",
    });
    for name in templates.shortcode_names() {
        if let Err(error) = templates.render_shortcode(name, &context) {
            panic!("{error}");
        }
    }
}

fn shortcode(name: &str, args: &[&str], named: &serde_json::Value) -> String {
    let context = serde_json::json!({
        "name": name, "args": args, "named": named, "has_inner": true, "inner": "INNER", "inner_inline": "INLINE",
        "inner_text": "INNER", "ordinal": 0, "id": "x-1", "themes": [], "t": { "warning": "Warning", "tip": "Tip", "details": "Details" },
    });
    let html = theme().render_shortcode(name, &context).unwrap();
    html.split('\n').map(str::trim).collect()
}

#[test]
fn the_boxes_of_the_themes_become_callouts() {
    let warning = r#"<div class="callout callout-warning"><p class="callout-title">Warning</p>INNER</div>"#;
    assert_eq!(shortcode("notice", &["warning"], &serde_json::json!({})), warning);
    assert_eq!(shortcode("hint", &["warning"], &serde_json::json!({})), warning);
    assert_eq!(
        shortcode("hint", &[], &serde_json::json!({ "type": "[warning]" })),
        warning
    );
    assert_eq!(
        shortcode(
            "alert",
            &[],
            &serde_json::json!({ "color": "warning", "title": " " })
        ),
        r#"<div class="callout callout-warning">INNER</div>"#
    );
    assert_eq!(
        shortcode(
            "notice",
            &[],
            &serde_json::json!({ "style": "tip", "title": "`x`", "expanded": false })
        ),
        r#"<details class="callout callout-tip"><summary class="callout-title"><md>`x`</md></summary>INNER</details>"#
    );
}

#[test]
fn folding_blocks_open_as_each_theme_says() {
    let open = |named: serde_json::Value| shortcode("details", &[], &named).starts_with("<details open>");
    assert!(open(serde_json::json!({ "open": true })));
    assert!(open(serde_json::json!({ "open": "true" })));
    assert!(open(serde_json::json!({ "closed": "false" })));
    assert!(!open(serde_json::json!({ "open": "false" })));
    assert!(!open(serde_json::json!({})));
}
