use super::{TemplateSource, Templates};
use crate::source::FileId;

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
fn assets_are_those_that_templates_name() {
    let (templates, _) = Templates::from_sources(&[embedded("a.html", "{{ asset(path=\"css/site.css\") }}")]);
    assert_eq!(
        templates.assets().into_iter().collect::<Vec<_>>(),
        ["css/site.css"]
    );
}
