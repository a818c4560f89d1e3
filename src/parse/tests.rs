use super::*;
use crate::diag::Code;
use proptest::prelude::*;

fn page(text: &str) -> (ParsedPage, Diagnostics) {
    let source = Source {
        file: FileId(3),
        name: "p",
        format: Format::Markdown,
    };
    parse(source, text, &ParseContext::in_zone("UTC"))
}

#[test]
fn a_page_has_fields_values_and_a_body() {
    let text = "---\ntitle: T\nweight: 10\nparams:\n  Time: 5\n---\nA {{< x >}}\n";
    let (page, diagnostics) = page(text);
    assert_eq!(diagnostics, []);
    assert_eq!((page.front.title.as_deref(), page.front.weight), (Some("T"), 10));
    assert_eq!(
        page.values.to_json().to_string(),
        r#"{"title":"T","weight":10,"time":5}"#
    );
    assert_eq!(
        &text[page.front_span.range()],
        &text[..text.len() - "\nA {{< x >}}\n".len()]
    );
    assert_eq!(page.body.len(), 3);
    assert_eq!(page.first_heading, None);
}

#[test]
fn a_page_without_title_has_its_first_heading() {
    assert_eq!(
        page("---\ntitle: \"\"\n---\n# H\n").0.first_heading,
        Some((1, "H".into()))
    );
    assert_eq!(page("# H\n").0.first_heading, Some((1, "H".into())));
}

#[test]
fn findings_of_all_parts_come_together_with_places_in_the_file() {
    let text = "---\ntitle: T\ndate: soon\ntitle: U\n---\n{{< /x >}}";
    let (page, diagnostics) = page(text);
    let places: Vec<_> = diagnostics
        .iter()
        .map(|finding| (finding.code, &text[finding.span.expect("a place").range()]))
        .collect();
    let expected = [
        (Code::DuplicateKey, "title"),
        (Code::InvalidDate, "soon"),
        (Code::StrayClosingTag, "{{< /x >}}"),
    ];
    assert_eq!(places, expected);
    assert_eq!(page.front.title.as_deref(), Some("U"));
}

#[test]
fn a_title_with_a_colon_is_kept_though_it_is_a_mistake() {
    let (page, diagnostics) = page("---\ntitle: Lab 1: Setup\nweight: 5\n---\n");
    assert_eq!(
        (page.front.title.as_deref(), page.front.weight),
        (Some("Lab 1: Setup"), 5)
    );
    assert_eq!(diagnostics.len(), 1);
    assert!(
        diagnostics[0]
            .help
            .as_ref()
            .is_some_and(|help| help.contains("quotes"))
    );
}

proptest! {
    #[test]
    fn any_file_is_parsed_with_places_inside(
        start in "(\u{feff}|\n|)(---\n|\\+\\+\\+\n|\\{|)",
        front in "((title|weight|date|tags|params|menu|cascade|build|[a-c])( ?[:=] ?)(\"x\"|3|\\[a|\\{b: c\\}|日本: x|2024-01-01|\n  - y|\n)\n?){0,6}",
        close in "(---|\\+\\+\\+|\\}|)\n?",
        body in "(\\PC|\n|#|\\{\\{<|>\\}\\}){0,30}",
    ) {
        let text = start + &front + &close + &body;
        for format in [Format::Markdown, Format::Html] {
            let source = Source { file: FileId(0), name: "p", format };
            let (page, diagnostics) = parse(source, &text, &ParseContext::in_zone("UTC"));
            prop_assert!(text.get(page.front_span.range()).is_some());
            for finding in diagnostics {
                for span in finding.labels.iter().map(|label| label.span).chain(finding.span) {
                    prop_assert!(text.get(span.range()).is_some(), "{finding:?}");
                }
            }
        }
    }
}
