//! The demo of a theme lies in the theme's folder, whose shortcodes and hooks it shows.

use crate::site::Site;

const THEME: &str = "\
-- layouts/shortcodes/greet.html (no newline) --
hello {{ partial \"name\" . }}
-- layouts/shortcodes/badge.html (no newline) --
of the theme
-- layouts/partials/name.html (no newline) --
you
-- layouts/_default/_markup/render-link.html (no newline) --
<a class=\"own\" href=\"{{ .Destination }}\">{{ .Text }}</a>
-- content/b.md --
B
";
const PAGE: &str = "{{< greet >}} {{< badge >}} [a](a.md)\n";
const SHOWN: &str = "<p>hello you of the theme <a class=\"own\" href=\"/a/\">a</a></p>";

/// The page of a demo in `folder` of the theme.
fn page(folder: &str, settings: &str) -> String {
    let site = Site::from(THEME)
        .file(&format!("{folder}/content/a.md"), PAGE)
        .file(&format!("{folder}/hugo.toml"), settings)
        .with(|options| {
            options.destination = Some(options.source.join("public"));
            options.source = options.source.join(folder);
        });
    site.build().body("a/").trim().to_owned()
}

#[test]
fn a_demo_takes_the_theme_from_the_folder_above() {
    for (folder, settings) in [
        ("exampleSite", ""),
        ("exampleSite", "theme = \"another-name\""),
        ("exampleSite", "theme = \"th\"\nthemesDir = \"../..\""),
        ("demo", "theme = \"th\"\nthemesDir = \"../../\""),
    ] {
        assert_eq!(page(folder, settings), SHOWN, "{folder}: {settings}");
    }
}

#[test]
fn other_folders_take_nothing_from_above() {
    for (folder, settings) in [("docs", "theme = \"th\""), ("example", "")] {
        let shown = page(folder, settings);
        assert!(!shown.contains("hello") && !shown.contains("own"), "{shown}");
    }
    let known = page("exampleSite", "theme = \"hugo-book\"");
    assert!(
        known.contains("hello you") && !known.contains("of the theme"),
        "{known}"
    );
}
