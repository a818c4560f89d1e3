//! Any text as a whole page of a small site: no panic, every place inside the text, and no reserved character left in
//! what readers get.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wsgen::pipeline::{self, BuildOptions};

fuzz_target!(|text: &str| {
    let site = tempfile::tempdir().expect("a folder");
    let content = site.path().join("content");
    std::fs::create_dir(&content).expect("a folder for content");
    std::fs::write(content.join("page.md"), text).expect("the page");
    std::fs::write(content.join("b.md"), "# B {#x}\n").expect("a page to link to");
    let options = BuildOptions {
        write: false,
        ..BuildOptions::new(site.path())
    };
    let read = pipeline::read(&options).expect("a site");
    for body in read.bodies.iter().flatten() {
        assert!(!body.html.contains(is_reserved), "{}", body.html);
        assert!(!body.plain.contains(is_reserved), "{}", body.plain);
    }
    for finding in &read.diagnostics {
        for span in finding.labels.iter().map(|label| label.span).chain(finding.span) {
            let source = read.tree.text(span.file).unwrap_or_default();
            assert!(source.get(span.range()).is_some(), "{finding:?}");
        }
    }
    pipeline::build(&options).expect("a finished site");
});

/// Whether a character stands for a shortcode call while a page is built: those of the last private-use plane.
fn is_reserved(c: char) -> bool {
    matches!(c, '\u{100000}'..='\u{10fffd}')
}
