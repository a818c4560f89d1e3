//! The page that holds the whole workshop.

use std::collections::HashSet;

use crate::dom;
use crate::site::Site;

const SITE: &str = "-- hugo.toml --
title = 'Course'
-- content/_index.md --
---
description: What it is about
---
Begin [here](lab/one.md#first).
-- content/lab/_index.md --
---
title: Lab
---
-- content/lab/one.md --
---
title: One
weight: 1
---
## First

[on](two.md) [there](two.md#first) [self](#first) [out](https://other.example/#first)

Text[^1]. [picture](a.svg) [tag](/tags/t/)

<label for=\"x\">x</label><input id=\"x\"><script>run()</script>

[^1]: Note.

```text {lineanchors=l anchorlinenos=true}
a
```
-- content/lab/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
-- content/lab/two.md --
---
title: Two
weight: 2
tags: [t]
---
## First

Again[^1].

[^1]: Another note.
-- content/lab/secret.md --
---
title: Secret
hidden: true
---
Nobody prints this.
";

#[test]
fn every_id_is_there_once_and_every_link_on_the_page_leads_to_one() {
    let built = Site::from(SITE).build();
    let page = built.page("print/index.html");
    let ids = dom::attributes(&page, "[id]", "id");
    let unique: HashSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    let inside: Vec<String> = dom::attributes(&page, "main [href^='#']", "href");
    assert!(inside.len() > 10, "{inside:?}");
    for href in &inside {
        assert!(unique.contains(&href[1..].to_owned()), "{href} in {ids:?}");
    }
    let label = dom::attributes(&page, "label", "for");
    assert!(unique.contains(&label[0]), "{label:?}");
}

#[test]
fn links_between_pages_lead_within_the_page_and_others_stay() {
    let built = Site::from(SITE).build();
    let page = built.page("print/index.html");
    let body = dom::attributes(&page, ".print-page p a", "href");
    let expected = [
        "#p3-first",
        "#p4",
        "#p4-first",
        "#p3-first",
        "https://other.example/#first",
        "/lab/a.svg",
        "/tags/t/",
    ];
    let links: Vec<&str> = body
        .iter()
        .map(String::as_str)
        .filter(|href| !href.contains("fn"))
        .collect();
    assert_eq!(links, expected);
}

#[test]
fn it_holds_the_pages_in_reading_order_without_hidden_ones_and_scripts() {
    let built = Site::from(SITE).build();
    let page = built.page("print/index.html");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("Begin") < place("<h1>Lab") && place("<h1>One") < place("<h1>Two"));
    assert!(!page.contains("Nobody prints this") && !page.contains("run()"));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(page.contains("What it is about"));
    assert!(!built.page("sitemap.xml").contains("/print/"));
    assert!(built.page("lab/one/index.html").contains("href=\"/print/\""));
}

#[test]
fn files_are_found_from_there_where_links_are_relative() {
    let built = Site::from(&SITE.replace("title = 'Course'", "relativeURLs = true")).build();
    let page = built.page("print/index.html");
    let links = dom::attributes(&page, ".print-page p a", "href");
    assert!(links.contains(&"../lab/a.svg".to_owned()), "{links:?}");
    assert!(links.contains(&"../tags/t/".to_owned()), "{links:?}");
    assert!(links.contains(&"#p4-first".to_owned()), "{links:?}");
}

#[test]
fn every_language_has_one_and_leads_to_the_others() {
    let text = SITE.replace(
        "title = 'Course'",
        "[languages.en]\nweight = 1\n[languages.ja]\nweight = 2",
    );
    let built = Site::from(&text)
        .file("content/_index.ja.md", "日本語")
        .file("content/lab/one.ja.md", "# 一")
        .build();
    let page = built.page("ja/print/index.html");
    assert!(page.contains("日本語"));
    let languages = dom::attributes(&page, ".languages a", "href");
    assert_eq!(languages, ["/print/", "/ja/print/"]);
}

#[test]
fn a_site_can_do_without_it_and_an_authors_page_of_that_name_stays() {
    let without = Site::from(&SITE.replace("title = 'Course'", "[wsgen]\nprint = false")).build();
    assert!(without.file("print/index.html").is_none());
    assert!(!without.page("index.html").contains("/print/"));
    let own = Site::from(SITE).file("content/print.md", "My own page.").build();
    assert!(own.page("print/index.html").contains("My own page"));
    assert!(!own.page("print/index.html").contains("print-cover"));
}

#[test]
fn a_template_of_the_sites_own_may_do_with_the_texts_what_it_likes() {
    let own = "-- templates/print.html --
{% for part in parts %}{{ part.id }}:{{ part.body | replace(from='One', to='Eins') | safe }}|{{ part.body }}{% endfor %}
";
    let site = "-- content/_index.md --\n-- content/a.md --\n*One*\n-- content/b.md --\nTwo\n";
    let built = Site::from(&format!("{site}{own}")).build();
    let html = built.page("print/index.html");
    assert!(
        html.contains("p2:<p><em>Eins</em></p>\n|<p><em>One</em></p>"),
        "{html}"
    );
    assert!(html.contains("p3:<p>Two</p>\n|<p>Two</p>"), "{html}");
}
