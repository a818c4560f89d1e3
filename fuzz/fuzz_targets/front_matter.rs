//! Any text as a page's front matter: no panic, and every place inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wsgen::diag::{Diagnostic, FileId};
use wsgen::parse::{FrontMatter, ParseContext, front_matter};

fuzz_target!(|text: &str| {
    let (mut front, findings) = front_matter::read(FileId(0), text);
    check(text, &findings);
    assert!(text.get(front.span.range()).is_some());
    assert!(text.is_char_boundary(front.body));
    let cx = ParseContext::in_zone("Asia/Tokyo");
    front_matter::lift_params(&mut front.values, &cx.taxonomies);
    let (_, findings) = FrontMatter::decode(&front.values, FileId(0), "p", &cx);
    check(text, &findings);
});

fn check(text: &str, findings: &[Diagnostic]) {
    for finding in findings {
        for span in finding.labels.iter().map(|label| label.span).chain(finding.span) {
            assert!(text.get(span.range()).is_some(), "{finding:?}");
        }
    }
}
