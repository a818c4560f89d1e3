//! An address in a carrier: every way to write where a link leads, in every place that holds one. The table beside this
//! file has what each of them prints.

use std::fmt::Write as _;
use std::path::Path;

use crate::dom;
use crate::site::Site;

/// Addresses as authors write them on the page `/lab/here/`: name of the row, and text.
const ADDRESSES: [(&str, &str); 24] = [
    ("page beside, its file", "z.md"),
    ("page beside", "z"),
    ("page beside, slash", "z/"),
    ("page beside, dot", "./z"),
    ("page beside from its URL", "../z"),
    ("page beside from its URL, fragment", "../z#s"),
    ("page from the root", "/lab/z"),
    ("page from the root, slash", "/lab/z/"),
    ("page from the root, query and fragment", "/lab/z?q=1#s"),
    ("page from the root, other case", "/lab/Z"),
    ("page with the base path", "/sub/lab/z"),
    ("part from the root", "/lab"),
    ("part above", ".."),
    ("home", "/"),
    ("file of another language", "z.ja.md"),
    ("page of another language", "/ja/lab/z"),
    ("name in decomposed letters", "u\u{308}bung"),
    ("fragment of the page", "#s"),
    ("static file", "/files/f.bin"),
    ("static file from the page's URL", "../../files/f.bin"),
    ("file beside the page", "p.png"),
    ("page for printing", "/print"),
    ("file about all pages", "/sitemap.xml"),
    ("another site", "https://other.example/x"),
];

/// Places that hold an address: name of the column, text with `@` for the address, selector and attribute of what
/// carries it.
const CARRIERS: [(&str, &str, &str, &str); 18] = [
    ("link", "[x](@)", "a", "href"),
    ("link by reference", "[x][r]\n\n[r]: @", "a", "href"),
    ("image in Markdown", "![x](@)", "img", "src"),
    ("HTML link", "<a href=\"@\">x</a>", "a", "href"),
    ("HTML image", "<img src=\"@\" alt=\"x\">", "img", "src"),
    (
        "srcset",
        "<img src=\"/files/f.bin\" srcset=\"@ 1x\" alt=\"x\">",
        "img",
        "srcset",
    ),
    ("poster", "<video poster=\"@\"></video>", "video", "poster"),
    ("track", "<video><track src=\"@\"></video>", "track", "src"),
    ("object", "<object data=\"@\"></object>", "object", "data"),
    ("script", "<script src=\"@\"></script>", "script", "src"),
    (
        "stylesheet",
        "<link rel=\"stylesheet\" href=\"@\">",
        "link",
        "href",
    ),
    ("frame", "<iframe src=\"@\"></iframe>", "iframe", "src"),
    ("button", "{{< button href=\"@\" >}}x{{< /button >}}", "a", "href"),
    (
        "card",
        "{{< card link=\"@\" title=\"x\" >}}{{< /card >}}",
        "a",
        "href",
    ),
    (
        "figure that leads on",
        "{{< figure src=\"/files/f.bin\" link=\"@\" >}}",
        "a",
        "href",
    ),
    ("figure", "{{< figure src=\"@\" >}}", "img", "src"),
    ("Markdown of an own template", "{{< own \"@\" >}}", "a", "href"),
    (
        "text of a box",
        "{{% notice tip %}}\n[x](@)\n{{% /notice %}}",
        "a",
        "href",
    ),
];

/// The page that carries every address in every place, each in a cell of its own.
fn page() -> String {
    let mut page = String::from("## s\n\n");
    for (row, (_, address)) in ADDRESSES.iter().enumerate() {
        for (column, (_, text, ..)) in CARRIERS.iter().enumerate() {
            let text = text.replace('@', address).replace("[r]", &format!("[r{row}]"));
            let _ = write!(page, "<div id=\"c{row}-{column}\">\n\n{text}\n\n</div>\n\n");
        }
    }
    page
}

fn settings(relative: bool) -> String {
    let mut settings = format!(
        "relativeURLs = {relative}\ndefaultContentLanguage = \"en\"\n[languages.en]\nweight = 1\n[languages.ja]\nweight = 2\n[languages.en.params]\n"
    );
    settings.push_str("[languages.en.menus]\n");
    for (row, (_, address)) in ADDRESSES.iter().enumerate() {
        let _ = write!(
            settings,
            "[[languages.en.menus.shortcuts]]\nname = \"m{row}\"\nurl = \"{address}\"\nweight = {}\n",
            row + 1
        );
    }
    settings
}

/// The copyright line with a link to each address.
fn copyright() -> String {
    let links = ADDRESSES.iter().enumerate();
    links
        .map(|(row, (_, address))| format!("[c{row}]({address}) "))
        .collect()
}

/// What each carrier prints of each address: rows by the name of the address, in the order of [`CARRIERS`], then the
/// menu and the copyright line.
fn printed(base: &str, relative: bool) -> Vec<Vec<String>> {
    let site = Site::new()
        .file(
            "hugo.toml",
            format!("copyright = \"{}\"\n{}", copyright(), settings(relative)),
        )
        .file("content/_index.md", "H.")
        .file("content/_index.ja.md", "H.")
        .file("content/lab/_index.md", "L.")
        .file("content/lab/here/index.md", page())
        .file("content/lab/here/p.png", "x")
        .file("content/lab/z.md", "## s")
        .file("content/lab/z.ja.md", "## s")
        .file("content/lab/übung.md", "U.")
        .file("static/files/f.bin", "x")
        .file(
            "layouts/shortcodes/own.html",
            "{{ printf \"[x](%s)\" (.Get 0) | .Page.RenderString }}",
        )
        .with(|options| options.base_url = Some(base.to_owned()));
    let html = site.build().page("lab/here/");
    let first = |selector: &str, attribute: &str| {
        let found = dom::attributes(&html, selector, attribute);
        let url = found.into_iter().next();
        url.map_or_else(
            || "nothing".to_owned(),
            |url| url.trim_end_matches(" 1x").to_owned(),
        )
    };
    let row = |row: usize| {
        let cells = CARRIERS
            .iter()
            .enumerate()
            .map(|(column, (_, _, element, attribute))| {
                first(&format!("#c{row}-{column} {element}"), attribute)
            });
        let named = |place: &str, name: String| {
            let texts = dom::texts(&html, &format!("{place} a"));
            let links = dom::attributes(&html, &format!("{place} a"), "href");
            let at = texts.iter().position(|text| *text == name);
            at.map_or_else(|| "nothing".to_owned(), |at| links[at].clone())
        };
        cells
            .chain([
                named(".links", format!("m{row}")),
                named("footer", format!("c{row}")),
            ])
            .collect()
    };
    (0..ADDRESSES.len()).map(row).collect()
}

/// The table: for each address the URL that most carriers print, and below it the carriers that print another.
fn table(base: &str, relative: bool) -> String {
    let carriers = CARRIERS
        .iter()
        .map(|(name, ..)| *name)
        .chain(["menu", "copyright line"]);
    let carriers: Vec<&str> = carriers.collect();
    let mut table = format!("# {base}{}\n", if relative { ", relativeURLs" } else { "" });
    for ((name, address), cells) in ADDRESSES.iter().zip(printed(base, relative)) {
        let count = |url: &String| cells.iter().filter(|other| *other == url).count();
        let usual = cells
            .iter()
            .max_by_key(|url| count(url))
            .cloned()
            .unwrap_or_default();
        let _ = writeln!(table, "{name} `{address}` -> {usual}");
        for (carrier, url) in carriers.iter().zip(&cells).filter(|(_, url)| **url != usual) {
            let _ = writeln!(table, "    {carrier} -> {url}");
        }
    }
    table
}

#[test]
fn every_address_leads_to_its_target_in_every_carrier() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/addresses.txt");
    let all = [
        table("https://example.org/", false),
        table("https://example.org/sub/", false),
        table("https://example.org/sub/", true),
    ]
    .join("\n");
    if std::env::var_os("WSGEN_BLESS").is_some() {
        std::fs::write(&path, &all).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap();
    let (wanted, got): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), all.lines().collect());
    for (number, line) in got.iter().enumerate() {
        assert_eq!(
            Some(line),
            wanted.get(number),
            "line {} of tests/it/addresses.txt",
            number + 1
        );
    }
    assert_eq!(wanted.len(), got.len());
}
