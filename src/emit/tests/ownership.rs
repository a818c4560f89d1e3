//! Files of somebody else in the destination.

use super::*;

const MARK: &str = r#"<meta name="generator" content="Hugo 0.168.0">"#;

impl Site {
    /// Loses what was remembered.
    fn forget(&self) {
        fs::remove_dir_all(self.root().join(".wsgen")).unwrap();
    }
}

#[test]
fn with_a_manifest_a_file_that_is_not_in_it_stays() {
    let site = Site::new();
    site.emit(&[("index.html", "home")]);
    site.put("p/index.html", "mine");
    site.put("CNAME", "mine");
    site.put("same.txt", "same");
    let files = [
        ("index.html", "new"),
        ("p/index.html", "page"),
        ("CNAME", "x"),
        ("same.txt", "same"),
    ];
    for _ in 0..2 {
        let report = site.emit(&files);
        assert!(report.is_informed);
        assert_eq!(report.foreign, ["p/index.html", "CNAME"]);
    }
    assert_eq!(site.read("p/index.html").as_deref(), Some("mine"));
    assert_eq!(site.read("index.html").as_deref(), Some("new"));
    // What is equal has become the site's.
    site.emit(&[]);
    assert_eq!(site.list(), ["CNAME", "p/", "p/index.html"]);
}

#[test]
fn a_file_of_ours_that_was_edited_is_mended_while_it_is_part_of_the_site() {
    let site = Site::new();
    site.emit(&[("a.html", "x")]);
    site.put("a.html", "y");
    assert!(site.emit(&[("a.html", "x")]).foreign.is_empty());
    assert_eq!(site.read("a.html").as_deref(), Some("x"));
}

#[test]
fn without_a_manifest_the_pages_of_a_published_site_are_replaced_and_nothing_else() {
    let site = Site::new();
    site.put("index.html", MARK);
    site.put("a/index.html", "old");
    site.put("gone/index.html", "old");
    site.put("sitemap.xml", "old");
    site.put("main.css", "old");
    site.put("CNAME", "mine");
    let files = [
        ("index.html", "new"),
        ("a/index.html", "new"),
        ("sitemap.xml", "new"),
        ("main.css", "new"),
        ("b.css", "new"),
    ];
    let report = site.emit(&files);
    assert!(!report.is_informed);
    assert_eq!(report.foreign, ["main.css"]);
    assert_eq!(report.forgotten, ["gone/index.html"]);
    for (path, text) in [
        ("a/index.html", "new"),
        ("sitemap.xml", "new"),
        ("main.css", "old"),
    ] {
        assert_eq!(site.read(path).as_deref(), Some(text), "{path}");
    }
    // From now on it is known, and told once.
    let report = site.emit(&files);
    assert!(report.is_informed && report.forgotten.is_empty());
}

#[test]
fn without_a_manifest_and_without_a_mark_everything_that_differs_stays() {
    let site = Site::new();
    site.put("index.html", "mine");
    site.put("docs/index.html", "mine");
    site.put("same.html", "same");
    let report = site.emit(&[("index.html", "new"), ("same.html", "same"), ("b.html", "new")]);
    assert_eq!(report.foreign, ["index.html"]);
    assert_eq!(report.forgotten, [""; 0]);
    assert_eq!(site.read("index.html").as_deref(), Some("mine"));
}

#[test]
fn a_folder_that_holds_nothing_but_what_is_written_is_no_finding() {
    let site = Site::new();
    let files = [("index.html", "home"), ("a/b.css", "x")];
    site.emit(&files);
    site.forget();
    site.put("CNAME", "mine");
    let report = site.emit(&files);
    assert!(!report.is_informed);
    assert!(report.findings(&Names::default(), "public").is_empty());
}

#[test]
fn the_language_below_a_redirect_tells_for_the_whole_site() {
    let site = Site::new();
    site.put(
        "index.html",
        r#"<meta http-equiv="refresh" content="0; url=/en/">"#,
    );
    site.put("en/index.html", MARK);
    let report = site.emit(&[("index.html", "new"), ("en/index.html", "new")]);
    assert!(report.foreign.is_empty());
}

#[test]
fn what_cannot_be_remembered_is_told_and_pages_of_ours_are_found_by_their_mark() {
    let site = Site::new();
    // A file in the place of wsgen's folder: nobody can write there, whatever rights they have.
    fs::write(site.root().join(".wsgen"), "").unwrap();
    let report = site.emit(&[("index.html", MARK), ("old/index.html", MARK)]);
    assert!(report.unremembered.is_some());
    let report = site.emit(&[("index.html", "new")]);
    assert_eq!(report.forgotten, ["old/index.html"]);
    let found = report.findings(&Names::default(), "public");
    let [finding] = &found[..] else {
        panic!("{found:?}")
    };
    assert!(finding.message.contains("`old/index.html`") && finding.message.contains("cannot be remembered"));
}

#[test]
fn one_cause_gives_one_finding_with_a_count() {
    let site = Site::new();
    site.put("a", "mine");
    let report = site.emit(&[("a/x", "x"), ("a/y/z", "x"), ("a/w", "x"), (".git/x", "x")]);
    let found = report.findings(&Names::default(), "public");
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "cannot write `.git/x`: `.git` belongs to a repository, and is no place for a site",
            "cannot write 3 files, of which `a/w` is the first: `a` is a file, and a folder is needed there",
        ]
    );
}
