//! Markdown to HTML, without a site around it.

use crate::config::Config;
use crate::diag::FileId;
use crate::markup::dom::write_nodes;
use crate::markup::range_map::RangeMap;

pub(super) fn html(text: &str) -> String {
    let mut map = RangeMap::default();
    map.copied(0, FileId(0), 0);
    let mut nodes = crate::markdown::read(
        text,
        map,
        None,
        &Config::default().markup.goldmark,
        &mut Vec::new(),
    );
    crate::markup::marks::exchange(&mut nodes, &[]);
    crate::markdown::gather_notes(&mut nodes);
    let mut out = String::new();
    write_nodes(&nodes, &mut out);
    out
}

#[test]
fn details_hold_markdown() {
    let out = html("<details>\n<summary>S</summary>\n\n**b**\n\n</details>\n\nafter");
    assert_eq!(
        out,
        "<details>\n<summary>S</summary>\n<p><strong>b</strong></p>\n</details>\n<p>after</p>\n"
    );
}

#[test]
fn emphasis_next_to_japanese_punctuation_is_bold() {
    assert_eq!(
        html("**強調（括弧）**です"),
        "<p><strong>強調（括弧）</strong>です</p>\n"
    );
    assert_eq!(
        html("これは**「強調」**です"),
        "<p>これは<strong>「強調」</strong>です</p>\n"
    );
}

#[test]
fn heading_attributes_are_taken_out_of_the_text() {
    assert_eq!(
        html("## A *b* {#id .c key=v}"),
        "<h2 id=\"id\" class=\"c\" key=\"v\">A <em>b</em></h2>\n"
    );
    assert_eq!(html("## A {{x}}"), "<h2>A {{x}}</h2>\n");
}

#[test]
fn quotes_dashes_and_links_in_text_are_set() {
    assert_eq!(html("\"a\" -- it's"), "<p>“a” – it’s</p>\n");
    assert_eq!(
        html("see https://a.example/x_y_z."),
        "<p>see <a href=\"https://a.example/x_y_z\">https://a.example/x_y_z</a>.</p>\n"
    );
    assert_eq!(html("\\\"a\\\""), "<p>\"a\"</p>\n");
    assert_eq!(html("`\"a\" -- b`"), "<p><code>\"a\" -- b</code></p>\n");
}

#[test]
fn tables_keep_their_alignment() {
    let out = html("| a | b |\n|---|:-:|\n| 1 | 2 |\n");
    assert_eq!(
        out,
        "<table><thead><tr><th>a</th>\n<th style=\"text-align: center\">b</th>\n</tr>\n</thead>\n<tbody><tr><td>1</td>\n<td style=\"text-align: center\">2</td>\n</tr>\n</tbody>\n</table>\n"
    );
}

#[test]
fn footnotes_are_numbered_by_use_and_listed_at_the_end() {
    let out = html("a[^x] b[^y]\n\n[^y]: why\n[^x]: ex\n[^z]: unused\n");
    assert!(out.contains("<sup id=\"fnref:1\"><a href=\"#fn:1\""), "{out}");
    assert!(out.contains("<li id=\"fn:1\"><p>ex"), "{out}");
    assert!(!out.contains("unused"), "{out}");
}

#[test]
fn task_lists_and_definition_lists_are_read() {
    assert!(
        html("- [x] done\n- [ ] open\n")
            .contains("<input checked=\"\" disabled=\"\" type=\"checkbox\"> done")
    );
    assert_eq!(html("T\n: D\n"), "<dl><dt>T</dt>\n<dd>D</dd>\n</dl>\n");
}

#[test]
fn raw_html_may_cross_paragraphs() {
    assert_eq!(
        html("<p align=\"center\"><em>x</em></p>\n"),
        "<p align=\"center\"><em>x</em></p>\n"
    );
    assert_eq!(html("a <br> b<br/>c"), "<p>a <br> b<br>c</p>\n");
}

/// Shapes that took time by the square of their length.
#[test]
fn work_grows_with_the_length_of_a_text() {
    let long = |piece: &str, times: usize| piece.repeat(times);
    let notes = |times: usize| -> String {
        let refer = |n| format!("[^{n}]: see[^{}] and \"this\"\n\n", n + 1);
        "start[^0]\n\n".to_owned() + &(0..times).map(refer).collect::<String>()
    };
    let shapes: [(&str, &dyn Fn(usize) -> String); 8] = [
        ("tabs", &|times| long("\t", times)),
        ("tabs behind a fence", &|times| {
            "```\na\n```".to_owned() + &long("\t", times)
        }),
        ("references to one note", &|times| {
            long("[^a] it's ", times) + "\n\n[^a]: b\n"
        }),
        ("notes that refer to others", &notes),
        ("labels without an end", &|times| long("[^", times)),
        ("rows of hyphens", &|times| {
            "- a\n".to_owned() + &long("|-|\n", times)
        }),
        ("emphasis and quotes on one line", &|times| {
            long("*a* \"b\" ", times)
        }),
        ("short rows", &|times| long("| a |\n|-|-|\n\n", times)),
    ];
    for (name, shape) in shapes {
        let steps = |times| super::work::of(|| drop(html(&shape(times))));
        let (once, twice) = (steps(1000), steps(2000));
        assert!(
            twice <= once * 21 / 10 + 100,
            "{name}: {once} steps become {twice}"
        );
    }
}
