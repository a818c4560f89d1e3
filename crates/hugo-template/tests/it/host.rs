//! A [`Host`] in memory: the site that `with_hugo.py` builds with a real Hugo.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Zoned;
use jiff::tz::TimeZone;
use regex::Regex;

use hugo_template::{
    Fault, Handle, Host, Map, RefForm, RefQuery, RenderOptions, Scratch, Template, UrlForm, Value,
    parse_time, zero_time,
};

/// Numbers of the pages.
pub(super) const HOME: u32 = 0;
const ABOUT: u32 = 1;
const LAB: u32 = 2;
pub(super) const ONE: u32 = 3;
const TWO: u32 = 4;
const THREE: u32 = 5;

struct Page {
    path: &'static str,
    file: &'static str,
    kind: &'static str,
    title: &'static str,
    link_title: &'static str,
    weight: i64,
    date: &'static str,
    parent: Option<u32>,
    text: &'static str,
    params: Vec<(&'static str, Value)>,
}

/// The site's pages and files in memory.
pub(super) struct MemoryHost {
    pages: Vec<Page>,
    pub(super) files: BTreeMap<&'static str, &'static str>,
    pub(super) partials: BTreeMap<&'static str, Arc<Template>>,
    stores: Vec<Arc<Scratch>>,
}

fn texts(items: &[&str]) -> Value {
    Value::texts(items.iter().copied())
}

fn page(
    path: &'static str,
    file: &'static str,
    kind: &'static str,
    title: &'static str,
    parent: Option<u32>,
) -> Page {
    let (link_title, weight, date, text, params) = (title, 0, "", "", Vec::new());
    Page {
        path,
        file,
        kind,
        title,
        link_title,
        weight,
        date,
        parent,
        text,
        params,
    }
}

impl MemoryHost {
    pub(super) fn new() -> Self {
        let author = Map::params([
            ("name".to_owned(), "Ann".into()),
            ("homeTown".to_owned(), "Bern".into()),
        ]);
        let one = vec![
            ("level", 3_i64.into()),
            ("tags", texts(&["a", "b"])),
            ("author", Value::Map(author)),
        ];
        let three = vec![("level", 2_i64.into()), ("tags", texts(&["b"]))];
        let pages = vec![
            page("/", "_index.md", "home", "Home", None),
            Page {
                date: "2022-06-01",
                text: "About *this*.\n",
                ..page("/about", "about.md", "page", "About", Some(HOME))
            },
            Page {
                weight: 10,
                ..page("/lab", "lab/_index.md", "section", "Lab", Some(HOME))
            },
            Page {
                weight: 1,
                link_title: "One",
                date: "2024-03-05T10:20:30Z",
                params: one,
                ..page("/lab/one", "lab/one.md", "page", "One & Only", Some(LAB))
            },
            Page {
                weight: 2,
                date: "2024-01-10",
                text: "Two **bold**.\n",
                params: vec![("level", 1_i64.into())],
                ..page("/lab/two", "lab/two/index.md", "page", "Two", Some(LAB))
            },
            Page {
                date: "2023-05-06",
                text: "Three.\n",
                params: three,
                ..page("/lab/three", "lab/three.md", "page", "three", Some(LAB))
            },
        ];
        let stores = (0..=pages.len()).map(|_| Arc::new(Scratch::new())).collect();
        let files = BTreeMap::from([("files/hello.txt", "Hello *file*\n"), ("content/about.md", "…")]);
        Self {
            pages,
            files,
            partials: BTreeMap::new(),
            stores,
        }
    }

    fn list(ids: &[u32]) -> Value {
        Value::list(ids.iter().copied().map(Value::page).collect())
    }

    fn file(page: &Page) -> Value {
        let (dir, name) = page
            .file
            .rsplit_once('/')
            .map_or(("", page.file), |(dir, name)| (dir, name));
        let dir = if dir.is_empty() {
            String::new()
        } else {
            format!("{dir}/")
        };
        let base = name.trim_end_matches(".md");
        let content_base = if base == "index" {
            dir.trim_end_matches('/').rsplit('/').next().unwrap_or("")
        } else {
            base
        };
        Value::map([
            ("Path", page.file.into()),
            ("Dir", dir.as_str().into()),
            ("LogicalName", name.into()),
            ("BaseFileName", base.into()),
            ("TranslationBaseName", base.into()),
            ("ContentBaseName", content_base.into()),
            ("Ext", "md".into()),
        ])
    }

    fn date(page: &Page) -> Zoned {
        parse_time(page.date, &TimeZone::UTC).unwrap_or_else(zero_time)
    }

    fn url(page: &Page) -> String {
        format!("/sub{}/", page.path.trim_end_matches('/'))
    }

    fn children(id: u32) -> &'static [u32] {
        match id {
            HOME => &[LAB, ABOUT],
            LAB => &[ONE, TWO, THREE],
            _ => &[],
        }
    }

    fn resource_fact(index: u32, name: &str) -> Option<Value> {
        let (file, content, kind) = match index {
            0 => ("data.json", r#"{"a": 1, "b": ["x"]}"#, "application"),
            _ => ("notes.txt", "some notes\n", "text"),
        };
        Some(match name {
            "Name" | "Title" => file.into(),
            "RelPermalink" => format!("/sub/lab/two/{file}").into(),
            "Permalink" => format!("https://example.org/sub/lab/two/{file}").into(),
            "ResourceType" => kind.into(),
            "Content" => content.into(),
            _ => return None,
        })
    }
}

/// Enough Markdown for the cases: emphasis, links, paragraphs.
fn markdown(text: &str, block: bool) -> String {
    let replace =
        |text: &str, pattern: &str, by: &str| Regex::new(pattern).unwrap().replace_all(text, by).into_owned();
    let text = replace(text.trim(), r"\*\*(.+?)\*\*", "<strong>$1</strong>");
    let text = replace(&text, r"\*(.+?)\*", "<em>$1</em>");
    let text = replace(&text, r"\[(.*?)\]\((.*?)\)", r#"<a href="$2">$1</a>"#);
    let paragraphs: Vec<&str> = text.split("\n\n").filter(|part| !part.is_empty()).collect();
    match paragraphs[..] {
        [only] if !block => only.to_owned(),
        _ => paragraphs.iter().map(|part| format!("<p>{part}</p>\n")).collect(),
    }
}

impl Host for MemoryHost {
    fn current_page(&self) -> u32 {
        ONE
    }

    fn current_site(&self) -> u32 {
        0
    }

    fn page(&self, id: u32, name: &str) -> Option<Value> {
        let page = self.pages.get(id as usize)?;
        let in_lab = page.path.starts_with("/lab");
        let neighbour = |by: i64| {
            let order = [ONE, TWO, THREE, ABOUT];
            let at = order.iter().position(|page| *page == id)?;
            order
                .get(usize::try_from(i64::try_from(at).ok()? + by).ok()?)
                .copied()
                .map(Value::page)
        };
        Some(match name {
            "Title" => page.title.into(),
            "LinkTitle" => page.link_title.into(),
            "RelPermalink" => Self::url(page).into(),
            "Permalink" => format!("https://example.org{}", Self::url(page)).into(),
            "Params" => Value::Map(Map::params(
                page.params
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), value.clone())),
            )),
            "Kind" => page.kind.into(),
            "Type" => if in_lab { "lab" } else { "page" }.into(),
            "Section" => if in_lab { "lab" } else { "" }.into(),
            "Path" => page.path.into(),
            "Date" | "Lastmod" | "PublishDate" => Self::date(page).into(),
            "ExpiryDate" => zero_time().into(),
            "Weight" => page.weight.into(),
            "Description" => if id == ONE { "First lab" } else { "" }.into(),
            "Content" | "Summary" => {
                let html = markdown(page.text, true);
                Value::html(if name == "Summary" {
                    html.trim_end().to_owned()
                } else {
                    html
                })
            }
            "Plain" => page.text.replace('*', "").into(),
            "RawContent" => page.text.into(),
            "WordCount" => page.text.split_whitespace().count().into(),
            "File" => Self::file(page),
            "BundleType" => if id == TWO {
                "leaf"
            } else if page.kind == "page" {
                ""
            } else {
                "branch"
            }
            .into(),
            "Parent" => page.parent.map_or(Value::Nil, Value::page),
            "Pages" => Self::list(Self::children(id)),
            "CurrentSection" | "FirstSection" => Value::page(if in_lab { LAB } else { HOME }),
            // The next page in Hugo is the one above in a list.
            "Next" | "NextInSection" => neighbour(-1).into(),
            "Prev" | "PrevInSection" => neighbour(1).into(),
            "Language" => Value::map([("Lang", "en".into()), ("LanguageCode", "en".into())]),
            "Translations" => Value::list(vec![]),
            "Resources" if id == TWO => Value::list(
                (0..2)
                    .map(|index| Value::Handle(Handle::Resource(TWO, index)))
                    .collect(),
            ),
            "Resources" => Value::list(vec![]),
            _ => return None,
        })
    }

    fn site(&self, _site: u32, name: &str) -> Option<Value> {
        let deep = Map::params([("key".to_owned(), "value".into())]);
        let nested = Map::params([("deep".to_owned(), Value::Map(deep))]);
        let person = |name: &str, age: i64| Value::map([("name", name.into()), ("age", age.into())]);
        Some(match name {
            "Title" => "The Site".into(),
            "BaseURL" => "https://example.org/sub/".into(),
            "Params" => Value::Map(Map::params([
                ("color".to_owned(), "blue".into()),
                ("mixedCase".to_owned(), "Mixed".into()),
                ("list".to_owned(), texts(&["x", "y"])),
                ("nested".to_owned(), Value::Map(nested)),
            ])),
            "Data" => Value::map([
                ("team", Value::list(vec![person("Ann", 30), person("Bob", 25)])),
                (
                    "nested",
                    Value::map([(
                        "conf",
                        Value::map([("x", 1_i64.into()), ("sub", Value::map([("y", "z".into())]))]),
                    )]),
                ),
            ]),
            "Home" => Value::page(HOME),
            "Pages" => Self::list(&[LAB, ONE, TWO, THREE, ABOUT, HOME]),
            "RegularPages" => Self::list(&[ONE, TWO, THREE, ABOUT]),
            "Sections" => Self::list(&[LAB]),
            "Language" => Value::map([("Lang", "en".into()), ("LanguageCode", "en".into())]),
            "Languages" => Value::list(vec!["en".into()]),
            "Menus" => Value::map([(
                "main",
                Value::list(vec![Value::map([
                    ("Name", "Docs".into()),
                    ("URL", "/sub/about/".into()),
                ])]),
            )]),
            _ => return None,
        })
    }

    fn resource(&self, resource: Handle, name: &str) -> Option<Value> {
        match resource {
            Handle::Resource(TWO, index) => Self::resource_fact(index, name),
            _ => None,
        }
    }

    fn get_page(&self, _site: u32, from: Option<u32>, path: &str) -> Option<u32> {
        let path = path
            .trim_end_matches("/index.md")
            .trim_end_matches("/_index.md")
            .trim_end_matches(".md");
        let path = path.trim_end_matches('/').to_lowercase();
        let near = from.and_then(|from| self.pages.get(from as usize)).map(|from| {
            let folder = from.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{folder}/{path}")
        });
        let rooted = format!("/{}", path.trim_start_matches('/'));
        let found = |wanted: &str| self.pages.iter().position(|page| page.path == wanted);
        let at = near.as_deref().and_then(found).or_else(|| found(&rooted))?;
        u32::try_from(at).ok()
    }

    fn reference(&self, from: u32, query: &RefQuery<'_>) -> Result<String, Fault> {
        let (path, fragment) = query
            .path
            .split_once('#')
            .map_or((query.path, None), |(path, id)| (path, Some(id)));
        let fragment = fragment.map(|id| format!("#{id}")).unwrap_or_default();
        if path.is_empty() {
            return Ok(fragment);
        }
        let found = self.get_page(0, Some(from), path);
        let page = found.and_then(|page| self.pages.get(page as usize));
        let page = page.ok_or_else(|| Fault::failed(format!("no page {path:?}")))?;
        let origin = match query.form {
            RefForm::Relative => "",
            RefForm::Absolute => "https://example.org",
        };
        Ok(format!("{origin}{}{fragment}", Self::url(page)))
    }

    fn url(&self, form: UrlForm, path: &str) -> String {
        if path.contains("://") {
            return path.to_owned();
        }
        let origin = match form {
            UrlForm::Absolute | UrlForm::AbsoluteLang => "https://example.org",
            UrlForm::Relative | UrlForm::RelativeLang => "",
        };
        match path.starts_with('/') {
            true => format!("{origin}{path}"),
            false => format!("{origin}/sub/{path}"),
        }
    }

    fn render_string(&self, _page: u32, text: &str, options: RenderOptions) -> Result<String, Fault> {
        Ok(markdown(text, options.block))
    }

    fn partial(&self, name: &str) -> Option<Arc<Template>> {
        self.partials.get(name).cloned()
    }

    fn read_file(&self, path: &str) -> Option<String> {
        self.files.get(path).map(ToString::to_string)
    }

    fn read_dir(&self, path: &str) -> Option<Vec<(String, bool)>> {
        (path == "files").then(|| vec![("hello.txt".to_owned(), false)])
    }

    fn translate(&self, key: &str) -> Option<String> {
        Some(match key {
            "plain" => "Plain text".to_owned(),
            "hello" => "Hello, {{ .name }}!".to_owned(),
            "apples.one" => "one apple".to_owned(),
            "apples" => "{{ .Count }} apples".to_owned(),
            _ => return None,
        })
    }

    fn plural_form(&self, number: &str) -> Option<&'static str> {
        Some(if number == "1" { "one" } else { "other" })
    }

    fn store(&self, page: Option<u32>) -> Arc<Scratch> {
        self.stores[page.map_or(self.pages.len(), |page| page as usize)].clone()
    }
}
