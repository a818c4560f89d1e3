//! Whole sites in memory, with bodies made by hand.

use super::{AllPages, OutputContent, OutputFile, RenderContext, Renderer};
use crate::body::{Body, PageFacts, Uses};
use crate::config::{self, ConfigOptions};
use crate::diag::Diagnostics;
use crate::discover::discover;
use crate::graph::resolve;
use crate::markup::outline::Heading;
use crate::parse::{ParseContext, parse};
use crate::template::{Templates, Texts};

/// Every file of a site.
struct Output {
    files: Vec<OutputFile>,
}

/// Renders the files of a site; `body` gives the body of the page at a URL path.
fn site_with(files: &[(&str, &str)], body: impl Fn(&str) -> Body) -> (Output, Diagnostics) {
    let (config, tree, _) = config::from_memory(files.iter().copied(), &ConfigOptions::default());
    let tree = tree.with_theme().unwrap();
    let (inventory, _) = discover(&tree, &config);
    let parsed: Vec<_> = inventory
        .pages
        .iter()
        .map(|page| {
            let context = ParseContext::of(&config, "production");
            parse(page.source(), tree.text(page.file).unwrap(), &context).0
        })
        .collect();
    let (graph, _) = resolve(&inventory, &parsed, &tree, &config, jiff::Timestamp::UNIX_EPOCH);
    let (templates, mut diagnostics) = Templates::new(&tree);
    let (texts, _) = Texts::new(&tree);
    let bodies: Vec<_> = graph.pages.iter().map(|page| Some(body(&page.url))).collect();
    let context = RenderContext {
        graph: &graph,
        config: &config,
        parsed: &parsed,
        tree: &tree,
        templates: &templates,
        texts: &texts,
    };
    let renderer = Renderer::new(context);
    let bodies: Vec<_> = bodies.iter().map(Option::as_ref).collect();
    let mut files = super::copies(context);
    for page in graph.pages.iter().filter(|page| page.rendered) {
        let (file, found) = renderer.page(page.id, bodies[page.id.0 as usize]);
        files.push(file);
        diagnostics.extend(found);
    }
    let pages = graph.pages.iter().zip(&bodies);
    let parts: Vec<_> = pages
        .filter_map(|(page, body)| Some(renderer.parts(page.id, (*body)?)))
        .collect();
    let facts: Vec<_> = bodies.iter().map(|body| body.map(|body| &body.facts)).collect();
    let (more, found) = renderer.make_site_files(AllPages {
        facts: &facts,
        parts: &parts,
    });
    // A file of the author comes before one of wsgen's.
    let taken: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    files.extend(more.into_iter().filter(|file| !taken.contains(&file.path)));
    diagnostics.extend(found);
    diagnostics.sort();
    diagnostics.dedup();
    (Output { files }, diagnostics)
}

fn site(files: &[(&str, &str)]) -> Output {
    let (output, diagnostics) = site_with(files, |_| Body::default());
    assert_eq!(diagnostics, []);
    output
}

fn text<'a>(output: &'a Output, path: &str) -> &'a str {
    let file = output.files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("no {path} among {:?}", paths(output)));
    let OutputContent::Bytes(bytes) = &file.content else {
        panic!("{path} is a copy")
    };
    std::str::from_utf8(bytes).unwrap()
}

fn paths(output: &Output) -> Vec<&str> {
    output.files.iter().map(|file| file.path.as_str()).collect()
}

/// The part of `html` from `start` to the next `end`.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    let rest = &html[from..];
    &rest[..rest.find(end).unwrap_or(rest.len())]
}

const HOME: (&str, &str) = (
    "hugo.toml",
    "baseURL = 'https://x.example/sub/'\ntitle = 'Shop'\n",
);

fn page(title: &str, weight: usize) -> String {
    format!("---\ntitle: {title}\nweight: {weight}\n---\n")
}

#[test]
fn a_page_holds_its_body_and_nothing_else_in_the_article() {
    let (output, _) = site_with(&[HOME, ("content/a.md", "---\ntitle: A & B\n---\n")], |_| Body {
        html: "<p>Body &amp; soul</p>".into(),
        ..Body::default()
    });
    let html = text(&output, "a/index.html");
    let article = part(html, "<article class=\"page-body\"", "</article>");
    assert_eq!(article.split_once('>').unwrap().1, "\n<p>Body &amp; soul</p>\n");
    assert!(html.contains("<h1>A &amp; B</h1>"));
    assert!(html.contains("<title>A &amp; B · Shop</title>"));
    assert!(html.contains("<link rel=\"canonical\" href=\"https://x.example/sub/a/\">"));
}

#[test]
fn the_title_is_not_printed_above_a_body_that_has_its_own() {
    let own = |_: &str| Body {
        facts: PageFacts {
            own_title: true,
            ..PageFacts::default()
        },
        html: "<h1>Own</h1>".into(),
        ..Body::default()
    };
    let (output, _) = site_with(&[HOME, ("content/a.md", "---\ntitle: A\n---\n")], own);
    assert_eq!(text(&output, "a/index.html").matches("<h1").count(), 1);
}

#[test]
fn the_root_of_a_book_and_parts_that_are_no_steps_stand_outside() {
    let output = site(&[
        ("hugo.toml", "[params]\nBookSection = 'docs'\n"),
        ("content/docs/_index.md", &page("Introduction", 1)),
        ("content/docs/lab/_index.md", &page("Lab", 1)),
        ("content/docs/lab/one.md", &page("One", 1)),
        (
            "content/docs/words/_index.md",
            "---\ntitle: Words\nprogress: false\n---\n",
        ),
        ("content/docs/words/bean.md", &page("Bean", 1)),
    ]);
    let crumbs = part(
        text(&output, "docs/lab/one/index.html"),
        "<nav class=\"crumbs\"",
        "</nav>",
    );
    assert!(
        crumbs.contains("Lab") && !crumbs.contains("Introduction"),
        "{crumbs}"
    );
    assert!(text(&output, "docs/lab/one/index.html").contains("max=\"3\""));
    assert!(!text(&output, "docs/words/bean/index.html").contains("mark-done"));
}

#[test]
fn the_sidebar_marks_the_page_and_its_part() {
    let output = site(&[
        HOME,
        ("content/lab/_index.md", &page("Lab", 1)),
        ("content/lab/one.md", &page("One", 1)),
        ("content/end.md", &page("End", 2)),
    ]);
    let html = text(&output, "lab/one/index.html");
    let nav = part(html, "<ul class=\"tree\"", "</nav>");
    assert!(
        nav.contains("<a href=\"/sub/lab/\" class=\"active\">Lab</a>"),
        "{nav}"
    );
    assert!(
        nav.contains("<a href=\"/sub/lab/one/\" aria-current=\"page\">One</a>"),
        "{nav}"
    );
    assert!(nav.contains("<details open>"), "{nav}");
    assert!(part(html, "<nav class=\"pager\"", "</nav>").contains("rel=\"next\" href=\"/sub/end/\""));
}

#[test]
fn of_a_large_site_a_page_shows_its_own_branch_in_a_window() {
    let mut files = vec![(HOME.0.to_owned(), HOME.1.to_owned())];
    for part in 0..3 {
        files.push((
            format!("content/p{part}/_index.md"),
            page(&format!("Part{part}"), part + 1),
        ));
        for n in 0..100 {
            files.push((
                format!("content/p{part}/n{n:03}.md"),
                page(&format!("Page{part}x{n:03}"), n + 1),
            ));
        }
    }
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let output = site(&files);
    let html = text(&output, "p1/n050/index.html");
    let nav = part(html, "<ul class=\"tree\"", "</nav>");
    assert!(nav.contains("Part0") && nav.contains("Part2") && !nav.contains("Page0x"));
    assert_eq!(nav.matches("Page1x").count(), 40);
    assert!(nav.contains("30 more") && nav.contains("Page1x050"), "{nav}");
    assert_eq!(nav.matches("data-pages=\"101\"").count(), 3, "{nav}");
    let home = text(&output, "index.html");
    assert_eq!(
        part(home, "<nav class=\"contents\"", "</nav>")
            .matches("Page1x")
            .count(),
        100
    );
    let last = text(&output, "p1/n099/index.html");
    assert!(part(last, "<ul class=\"tree\"", "</nav>").contains("Page1x099"));
}

#[test]
fn the_only_section_of_a_site_stands_beside_its_pages() {
    let output = site(&[
        HOME,
        ("content/docs/_index.md", &page("Docs", 1)),
        ("content/docs/a.md", &page("A", 1)),
    ]);
    let html = text(&output, "docs/a/index.html");
    let nav = part(html, "<ul class=\"tree\"", "<ul class=\"links\"");
    assert_eq!(nav.matches("<ul").count(), 1, "{nav}");
    assert!(nav.find("Docs") < nav.find(">A<"));
}

#[test]
fn hidden_pages_are_rendered_and_not_shown() {
    let output = site(&[
        HOME,
        ("content/a.md", "---\ntitle: Secret\nhidden: true\n---\n"),
        ("content/b.md", &page("B", 1)),
    ]);
    assert!(text(&output, "a/index.html").contains("<h1>Secret</h1>"));
    assert!(!text(&output, "b/index.html").contains("Secret"));
}

fn headings(levels: &[u8]) -> Body {
    let heading = |(n, level): (usize, &u8)| Heading {
        level: *level,
        id: format!("h{n}"),
        html: format!("H{n}"),
        text: format!("H{n}"),
    };
    Body {
        outline: levels.iter().enumerate().map(heading).collect(),
        ..Body::default()
    }
}

#[test]
fn the_table_of_contents_follows_levels_and_nesting() {
    let (output, _) = site_with(&[HOME, ("content/a.md", &page("A", 1))], |_| {
        headings(&[3, 2, 3, 4, 2])
    });
    let toc = part(text(&output, "a/index.html"), "<nav class=\"toc\"", "</nav>").replace('\n', "");
    assert!(toc.contains(
        "<ul><li><a href=\"#h0\">H0</a></li><li><a href=\"#h1\">H1</a><ul><li><a href=\"#h2\">H2</a></li></ul></li><li><a href=\"#h4\">H4</a></li></ul>"
    ), "{toc}");
}

#[test]
fn one_heading_makes_no_table_of_contents() {
    let (output, _) = site_with(&[HOME, ("content/a.md", &page("A", 1))], |_| headings(&[2]));
    assert!(!text(&output, "a/index.html").contains("class=\"toc\""));
}

#[test]
fn languages_name_each_other() {
    let output = site(&[
        (
            "hugo.toml",
            "baseURL = 'https://x.example/'\ndefaultContentLanguage = 'en'\n[languages.en]\nlabel='English'\nlocale='en'\n[languages.ja]\nlabel='日本語'\nlocale='ja'\n",
        ),
        ("content/a.md", &page("A", 1)),
        ("content/a.ja.md", &page("あ", 1)),
        ("content/b.md", &page("B", 2)),
    ]);
    let html = text(&output, "ja/a/index.html");
    assert!(html.contains("<html lang=\"ja\""));
    assert!(html.contains("hreflang=\"en\" href=\"https://x.example/a/\""));
    assert!(html.contains("本文へ移動"));
    let other = text(&output, "b/index.html");
    assert!(
        other.contains(
            "<a href=\"/ja/\" lang=\"ja\" hreflang=\"ja\">日本語</a> <small>not translated</small>"
        )
    );
    assert!(text(&output, "sitemap.xml").contains("<loc>https://x.example/ja/sitemap.xml</loc>"));
    assert!(text(&output, "en/sitemap.xml").contains("hreflang=\"ja\" href=\"https://x.example/ja/a/\""));
    assert!(text(&output, "ja/404.html").contains("ページが見つかりません"));
}

#[test]
fn links_can_be_relative() {
    let output = site(&[
        ("hugo.toml", "relativeURLs = true\n"),
        ("content/lab/_index.md", &page("Lab", 1)),
        ("content/lab/a.md", &page("A", 1)),
        ("content/z.md", &page("Z", 2)),
    ]);
    let html = text(&output, "lab/a/index.html");
    assert!(html.contains("href=\"../../z/\""));
    assert!(html.contains("href=\"../../assets/site."));
    assert!(!html.contains("href=\"/"), "{html}");
}

#[test]
fn without_an_address_nothing_names_one() {
    let output = site(&[("content/a.md", "---\ntitle: A\naliases: [/old/]\n---\n")]);
    assert!(!text(&output, "a/index.html").contains("example.org"));
    assert!(text(&output, "old/index.html").contains("content=\"0; url=/a/\""));
    assert!(!text(&output, "robots.txt").contains("Sitemap"));
}

#[test]
fn an_alias_leads_to_its_page() {
    let output = site(&[HOME, ("content/a.md", "---\ntitle: A\naliases: [/old/]\n---\n")]);
    let html = text(&output, "old/index.html");
    assert!(
        html.contains("<meta http-equiv=\"refresh\" content=\"0; url=https://x.example/sub/a/\">"),
        "{html}"
    );
}

#[test]
fn what_an_author_put_at_a_path_stays_there() {
    let output = site(&[
        HOME,
        ("static/robots.txt", "User-agent: x\n"),
        ("static/404.html", "mine"),
    ]);
    let of = |path: &str| {
        output
            .files
            .iter()
            .filter(|file| file.path == path)
            .collect::<Vec<_>>()
    };
    assert!(matches!(of("robots.txt").as_slice(), [file] if matches!(file.content, OutputContent::Copy(_))));
    assert!(matches!(of("404.html").as_slice(), [file] if matches!(file.content, OutputContent::Copy(_))));
}

#[test]
fn the_themes_files_are_published_once_under_names_with_a_hash() {
    let output = site(&[
        HOME,
        ("content/a.md", ""),
        ("static/css/custom.css", ".mine { color: red }"),
    ]);
    let found = paths(&output);
    let css: Vec<_> = found.iter().filter(|path| path.ends_with(".css")).collect();
    let stems: Vec<_> = css
        .iter()
        .filter_map(|path| path.strip_prefix("assets/")?.split('.').next())
        .collect();
    assert!(
        stems.contains(&"site") && stems.contains(&"front") && stems.contains(&"arranging"),
        "{css:?}"
    );
    assert_eq!(
        stems.iter().collect::<std::collections::BTreeSet<_>>().len(),
        stems.len(),
        "{css:?}"
    );
    assert_eq!(css.len(), stems.len() + 1, "{css:?}");
    let name = css.iter().find(|path| path.starts_with("assets/site.")).unwrap();
    let sheet = text(&output, name);
    assert!(sheet.contains(".mine{color: red}") && !sheet.contains("@import") && !sheet.contains("/*"));
    assert!(!found.iter().any(|path| path.starts_with("js/")));
}

#[test]
fn a_stylesheet_of_pieces_comes_with_the_pages_that_have_them() {
    let body = |url: &str| Body {
        classes: match url {
            "/cards/" => ["cards".to_owned()].into(),
            "/quiz/" => ["quiz".to_owned(), "lead".to_owned()].into(),
            _ => Default::default(),
        },
        ..Body::default()
    };
    let (output, found) = site_with(
        &[
            HOME,
            ("content/cards.md", ""),
            ("content/quiz.md", ""),
            ("content/plain.md", ""),
            (
                "static/css/pieces.css",
                "@import \"arranging.css\";\n@import \"quiz.css\";\n",
            ),
            ("static/css/quiz.css", ".quiz { color: red }\n"),
        ],
        body,
    );
    assert_eq!(found, []);
    for (page, arranging, quiz) in [
        ("cards", true, false),
        ("quiz", false, true),
        ("plain", false, false),
    ] {
        let html = text(&output, &format!("{page}/index.html"));
        assert_eq!(html.contains("/assets/arranging."), arranging, "{page}");
        assert_eq!(html.contains("/assets/quiz."), quiz, "{page}");
    }
}

/// The path and the text of a published module.
fn module<'a>(output: &'a Output, stem: &str) -> (&'a str, &'a str) {
    let start = format!("assets/{stem}.");
    let found = paths(output).into_iter().filter(|path| path.starts_with(&start));
    let found: Vec<_> = found.filter(|path| path.ends_with(".js")).collect();
    assert_eq!(found.len(), 1, "{stem}");
    (found[0], text(output, found[0]))
}

#[test]
fn modules_import_each_other_by_their_published_names() {
    let output = site(&[HOME, ("content/a.md", "")]);
    let (_, js) = module(&output, "site");
    for name in ["zoom", "search"] {
        let file = module(&output, name).0.replace("assets/", "./");
        assert!(js.contains(&file), "{file}");
    }
    assert!(!text(&output, "a/index.html").contains(module(&output, "zoom").0));
}

#[test]
fn a_sites_own_module_takes_the_place_of_the_themes_and_may_import_further_ones() {
    let plain = site(&[HOME, ("content/a.md", "")]);
    let own = site(&[
        HOME,
        ("content/a.md", ""),
        (
            "static/js/zoom.js",
            "import \"../mine/more.js\";\nexport const zoom = 1;\n",
        ),
        ("static/mine/more.js", "import \"../js/zoom.js\"; // a cycle\n"),
    ]);
    let (zoom, more) = (module(&own, "zoom"), module(&own, "more"));
    let published = |path: &str| path.replace("assets/", "./");
    assert_eq!(
        zoom.1,
        format!("import \"{}\";\nexport const zoom = 1;\n", published(more.0))
    );
    assert_eq!(more.1, format!("import \"{}\"; // a cycle\n", published(zoom.0)));
    assert_ne!(module(&plain, "site").0, module(&own, "site").0);
    assert_eq!(module(&plain, "video").0, module(&own, "video").0);
}

#[test]
fn the_accent_of_the_site_reaches_the_stylesheet() {
    let output = site(&[("hugo.toml", "[wsgen]\naccent = 150\n"), ("content/a.md", "")]);
    let name = paths(&output)
        .into_iter()
        .find(|path| path.starts_with("assets/site.") && path.ends_with(".css"))
        .unwrap();
    assert!(text(&output, name).ends_with(":root{--hue:150}"));
}

#[test]
fn the_diagram_library_comes_with_the_first_diagram() {
    let files = [
        HOME,
        ("content/a.md", &*page("A", 1)),
        ("content/b.md", &*page("B", 2)),
    ];
    let drawing = |url: &str| Body {
        facts: PageFacts {
            uses: Uses {
                mermaid: url == "/a/",
                ..Uses::default()
            },
            ..PageFacts::default()
        },
        ..Body::default()
    };
    let without = site(&files);
    assert!(!paths(&without).iter().any(|path| path.contains("mermaid")));
    let (with, _) = site_with(&files, drawing);
    assert_eq!(
        paths(&with).iter().any(|path| path.contains("mermaid")),
        cfg!(feature = "mermaid")
    );
    assert_eq!(
        text(&with, "a/index.html").contains("data-mermaid"),
        cfg!(feature = "mermaid")
    );
    assert!(!text(&with, "b/index.html").contains("mermaid"));
}

#[test]
fn a_template_that_fails_is_reported_once_and_the_theme_steps_in() {
    let (output, diagnostics) = site_with(
        &[
            HOME,
            ("content/a.md", &page("A", 1)),
            ("content/b.md", &page("B", 2)),
            ("templates/page.html", "{{ page.nope }}"),
        ],
        |_| Body::default(),
    );
    assert_eq!(diagnostics.len(), 1);
    assert!(text(&output, "a/index.html").contains("<h1>A</h1>"));
}

#[test]
fn a_layout_of_the_site_is_used() {
    let output = site(&[
        HOME,
        ("content/a.md", "---\ntitle: A\nlayout: bare\n---\n"),
        ("templates/bare.html", "just {{ page.title }}"),
    ]);
    assert_eq!(text(&output, "a/index.html"), "just A");
}

#[test]
fn two_renderings_are_equal() {
    let files = [
        HOME,
        ("content/lab/_index.md", &*page("Lab", 1)),
        ("content/lab/a.md", &*page("A", 1)),
    ];
    assert_eq!(site(&files).files, site(&files).files);
}

#[test]
fn deep_trees_are_cut_and_do_no_harm() {
    let path = "x/".repeat(300);
    let output = site(&[
        HOME,
        ("content/a.md", &page("A", 1)),
        (&format!("content/{path}_index.md"), &page("Deep", 1)),
    ]);
    assert!(text(&output, &format!("{path}index.html")).contains("<h1>Deep</h1>"));
}
