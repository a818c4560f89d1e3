//! A workshop of our own, in Japanese, that uses every construct that the workshop of the project's first user does.

use std::path::Path;

use crate::dom;
use crate::site::{Built, Site, files_below};

fn coffee() -> Built {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/coffee");
    let site = Site::new();
    for path in files_below(&folder) {
        site.write(&path, std::fs::read(folder.join(&path)).unwrap());
    }
    site.build()
}

const TOOLS: &str = "docs/02_tools/";

#[test]
fn nothing_is_found_wrong_with_it() {
    assert_eq!(coffee().diagnostics(), Vec::<String>::new());
}

#[test]
fn it_is_read_in_its_order_there_and_back() {
    let built = coffee();
    let order = ["", "docs/", "docs/00_setup/", "docs/02_tools/", "docs/10_brew/"];
    for pair in order.windows(2) {
        assert_eq!(
            dom::attributes(&built.page(pair[0]), "a[rel=next]", "href"),
            [format!("/{}", pair[1])]
        );
        assert_eq!(
            dom::attributes(&built.page(pair[1]), "a[rel=prev]", "href"),
            [format!("/{}", pair[0])]
        );
    }
    assert!(dom::attributes(&built.page("docs/10_brew/"), "a[rel=next]", "href").is_empty());
}

#[test]
fn headings_inside_details_have_ids_in_the_page_s_count() {
    let ids = dom::attributes(&coffee().body(TOOLS), "h1, h2, h3, h4", "id");
    assert_eq!(
        ids,
        [
            "淹れ方の4つの分類",
            "1-drip透過",
            "わかること",
            "主な道具",
            "得意なこと",
            "2-immersion浸漬",
            "主な道具-1",
            "使用例",
            "使い分け",
            "場面別の選択",
            "なぜこの二つか",
            "次のステップ",
        ]
    );
}

#[test]
fn cross_references_lead_to_pages_and_headings() {
    let links = dom::attributes(&coffee().body(TOOLS), "a[href]:not(.heading-anchor)", "href");
    let inside: Vec<&str> = links
        .iter()
        .map(String::as_str)
        .filter(|href| !href.starts_with("https:"))
        .collect();
    let decoded: Vec<String> = inside
        .iter()
        .map(|href| {
            percent_encoding::percent_decode_str(href)
                .decode_utf8_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(
        decoded,
        ["#2-immersion浸漬", "/docs/10_brew/", "/docs/10_brew/#注ぐ"]
    );
}

#[test]
fn emphasis_works_beside_brackets_and_punctuation() {
    let strong = dom::texts(&coffee().body(TOOLS), "p strong, li strong");
    for text in [
        "湯が粉の層を通り抜ける",
        "湯の量（全体で250ml）",
        "手入れが要る、週1回以上",
        "毎日の一杯（1〜2人分、3分）",
    ] {
        assert!(strong.iter().any(|found| found == text), "{text} in {strong:#?}");
    }
    assert!(!coffee().body(TOOLS).contains("**"));
}

#[test]
fn diagrams_are_text_for_the_browser_and_only_where_there_are_some() {
    let built = coffee();
    let diagrams = dom::texts(&built.body(TOOLS), "pre.mermaid");
    assert_eq!(diagrams.len(), 1);
    assert!(
        diagrams[0].contains("D1 --> P1[ペーパー/ネル/<br/>金属など]"),
        "{}",
        diagrams[0]
    );
    assert!(built.page(TOOLS).contains("diagram"));
    let scripts = dom::attributes(&built.page("docs/10_brew/"), "script[src]", "src");
    assert!(
        !scripts
            .iter()
            .any(|src| src.contains("diagram") || src.contains("mermaid")),
        "{scripts:?}"
    );
}

#[test]
fn callouts_hold_quotes_and_stand_in_details() {
    let body = coffee().body(TOOLS);
    let titles = dom::texts(&body, ".callout .callout-title");
    assert_eq!(titles.len(), 2, "{titles:?}");
    let quotes = dom::texts(&body, ".callout blockquote");
    assert!(
        quotes[0].starts_with("Note: Try one tool at a time.") && quotes[0].contains("出典"),
        "{quotes:?}"
    );
    let tip = dom::texts(&body, "details .callout");
    assert!(
        tip[0].contains("蒸らしは30秒") && tip[0].contains("膨らむ"),
        "{tip:?}"
    );
    assert!(!body.contains("[!"), "a mark is left over");
}

#[test]
fn details_hold_tables_lists_and_code() {
    let built = coffee();
    let body = built.body(TOOLS);
    assert_eq!(dom::texts(&body, "details > summary").len(), 2);
    assert_eq!(dom::texts(&body, "details th"), ["項目", "測るもの"]);
    assert!(dom::texts(&body, "details pre")[0].contains("cup.Weight      // 粉の量 < 20 && > 10"));
    let setup = built.body("docs/00_setup/");
    assert_eq!(
        dom::texts(&setup, "details > summary"),
        ["豆の選び方", "水の用意"]
    );
    assert_eq!(dom::texts(&setup, "details ul > li > ol > li"), ["酸味", "香り"]);
    assert_eq!(dom::texts(&setup, "details .callout").len(), 1);
}

#[test]
fn raw_html_images_and_tasks_come_through() {
    let built = coffee();
    let body = built.body(TOOLS);
    assert_eq!(
        dom::texts(&body, "p[align=center] > em"),
        ["図1: 淹れ方の分類の概要"]
    );
    assert_eq!(dom::attributes(&body, "img", "src"), ["/docs/images/tools.png"]);
    assert_eq!(dom::attributes(&body, "img", "alt"), ["道具の並び"]);
    assert!(built.file("docs/images/tools.png").is_some());
    assert_eq!(dom::attributes(&body, "input[type=checkbox]", "type").len(), 2);
    assert_eq!(dom::texts(&body, "hr").len(), 2);
}

#[test]
fn footnotes_and_alignment_are_those_of_hugo() {
    let body = coffee().body("docs/10_brew/");
    assert_eq!(dom::attributes(&body, "sup a.footnote-ref", "href"), ["#fn:1"]);
    let styles = dom::attributes(&body, "td", "style");
    assert_eq!(
        styles,
        ["text-align: left", "text-align: center", "text-align: right"]
    );
}
