//! Any text as a page's body: no panic, and the segments cover the text without gap or overlap.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wsgen::parse::{Segment, shortcode};
use wsgen::diag::FileId;

fuzz_target!(|text: &str| {
    let (segments, findings) = shortcode::parse(FileId(0), text, 0..text.len());
    assert_eq!(covered(&segments, 0), text.len());
    for finding in findings {
        for span in finding.labels.iter().map(|label| label.span).chain(finding.span) {
            assert!(text.get(span.range()).is_some(), "{finding:?}");
        }
    }
});

/// End of the segments that begin at `start`.
fn covered(segments: &[Segment], start: usize) -> usize {
    segments.iter().fold(start, |pos, segment| {
        let span = match segment {
            Segment::Text(span) | Segment::Escaped { span, .. } => span.range(),
            Segment::Call(call) => {
                if let Some(inner) = &call.inner {
                    let inner_span = inner.span.range();
                    assert_eq!(covered(&inner.segments, inner_span.start), inner_span.end);
                }
                call.span.range()
            }
        };
        assert_eq!(span.start, pos);
        span.end
    })
}
