//! From a table to the fields that wsgen acts on.
//!
//! As lenient as Hugo, but not silent: a value that does not fit is left out with a warning.

use jiff::Zoned;
use spanned_data::{Entry, Map, Value};

use super::fields::Fields;
use super::{date, nested, times};
use crate::config::DateSource;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::parse::scripts::without_scripts;
use crate::parse::{FrontMatter, ParseContext};

impl FrontMatter {
    /// Reads the fields of `values`, the front matter of `file`, perhaps with values of cascades. If the site wants
    /// that, dates and the slug come from `name`, that of the page's file or bundle.
    pub fn decode(values: &Map, file: FileId, name: &str, cx: &ParseContext) -> (Self, Diagnostics) {
        let mut fields = Fields {
            values,
            file,
            name,
            named: None,
            cx,
            diagnostics: Vec::new(),
        };
        let mut front = fields.plain();
        fields.dates(&mut front);
        fields.tables(&mut front);
        (front, fields.diagnostics)
    }
}

impl Fields<'_> {
    /// Fields of one value.
    fn plain(&mut self) -> FrontMatter {
        FrontMatter {
            title: self.text("title"),
            link_title: self.text("linktitle"),
            description: self.text("description"),
            summary: self.text("summary"),
            slug: self.text("slug"),
            url: self.url(),
            weight: self.weight(),
            draft: self.draft(),
            headless: self.bool("headless").unwrap_or_default(),
            aliases: self.aliases(),
            page_type: self.text("type"),
            layout: self.text("layout"),
            translation_key: self.text("translationkey"),
            keywords: self.values.strings("keywords"),
            outputs: self.values.strings("outputs"),
            is_cjk_language: self.bool("iscjklanguage"),
            terms: self.terms(),
            duration: times::duration(self),
            pause: times::pause(self),
            ..FrontMatter::default()
        }
    }

    fn dates(&mut self, front: &mut FrontMatter) {
        let rules = &self.cx.dates;
        let date = self.date(&rules.date, front);
        front.day = date.as_ref().map(Zoned::date);
        let [date, lastmod, publish_date, expiry_date] = [
            date,
            self.date(&rules.lastmod, front),
            self.date(&rules.publish_date, front),
            self.date(&rules.expiry_date, front),
        ]
        .map(|date| date.map(|date| date.timestamp()));
        (front.date, front.lastmod) = (date, lastmod);
        (front.publish_date, front.expiry_date) = (publish_date, expiry_date);
    }

    /// The date of the first source that has one. A file name with a date gives the slug, too, unless there is one.
    fn date(&mut self, sources: &[DateSource], front: &mut FrontMatter) -> Option<Zoned> {
        sources.iter().find_map(|source| match source {
            DateSource::Key(key) if key == "date" && self.entry(key).is_none() => self.named.clone(),
            DateSource::Key(key) => self.date_of(key),
            DateSource::FileName => {
                let (date, slug) = date::of_name(self.name, &self.cx.time_zone)?;
                if !self.values.contains("slug") {
                    front.slug = Some(slug.to_owned());
                }
                self.named = Some(date.clone());
                Some(date)
            }
            DateSource::History => None,
        })
    }

    fn tables(&mut self, front: &mut FrontMatter) {
        front.build = nested::build(self);
        front.sitemap = nested::sitemap(self);
        front.resources = nested::resources(self);
        front.menus = nested::menus(self, front.weight);
        self.beside_title();
        front.cascade = nested::cascade(self);
    }

    /// The HTML beside a page's name in the sidebar of every page.
    fn beside_title(&mut self) {
        for key in ["pre", "menupre", "post", "menupost"] {
            let entry = self
                .values
                .entry(key)
                .or_else(|| self.values.map("params")?.entry(key));
            if let Some(entry) = entry
                && entry
                    .value
                    .as_str()
                    .is_some_and(|html| without_scripts(html).is_some())
            {
                self.script(&entry.clone());
            }
        }
    }

    /// The field `draft`. `published: false` says the same, as in other generators.
    fn draft(&mut self) -> bool {
        let unpublished = self.entry("published").and_then(|entry| entry.value.as_bool()) == Some(false);
        self.bool("draft").unwrap_or(unpublished)
    }

    fn weight(&mut self) -> i64 {
        let Some(entry) = self.entry("weight").cloned() else {
            return 0;
        };
        entry.value.as_int().unwrap_or_else(|| {
            self.misfit(&entry, "a number");
            0
        })
    }

    fn url(&mut self) -> Option<String> {
        let url = self.text("url")?;
        if !url.contains("://") {
            return Some(url);
        }
        let entry = self.entry("url")?;
        let span = Span::new(self.file, entry.value.span.start, entry.value.span.end);
        let finding = Diagnostic::warning(Code::InvalidValue, span, "`url` is an address of another site");
        self.diagnostics
            .push(finding.help("write the path on this site, such as `/lab/setup/`"));
        None
    }

    fn aliases(&mut self) -> Vec<String> {
        let Some(entry) = self.entry("aliases").cloned() else {
            return Vec::new();
        };
        if entry.value.items().iter().any(|item| item.as_str().is_none()) {
            self.misfit(&entry, "a path or a list of paths");
        }
        let paths = entry
            .value
            .items()
            .iter()
            .filter_map(Value::as_str)
            .map(str::trim);
        paths.filter(|path| !path.is_empty()).map(str::to_owned).collect()
    }

    fn terms(&self) -> Vec<(String, Vec<String>)> {
        let with_terms = |taxonomy: &String| {
            let mut terms: Vec<String> = Vec::new();
            for term in self.values.strings(taxonomy) {
                let term = term.trim().to_owned();
                if !term.is_empty() && !terms.contains(&term) {
                    terms.push(term);
                }
            }
            (!terms.is_empty()).then(|| (taxonomy.clone(), terms))
        };
        self.cx.taxonomies.iter().filter_map(with_terms).collect()
    }

    fn date_of(&mut self, key: &str) -> Option<Zoned> {
        let entry = self.entry(key)?.clone();
        let moment = date::parse(&entry.value, &self.cx.time_zone);
        // Whether a page is published at all is not a date.
        let is_flag = key == "published" && entry.value.as_bool().is_some();
        if moment.is_none() && !is_flag {
            self.no_date(&entry);
        }
        moment
    }

    fn no_date(&mut self, entry: &Entry) {
        let span = Span::new(self.file, entry.value.span.start, entry.value.span.end);
        let message = format!("`{}` is not a date; it is left out", entry.written);
        let finding = Diagnostic::warning(Code::InvalidDate, span, message);
        let finding = finding.help("write it as 2024-02-03 or 2024-02-03T04:05:06+09:00");
        // Several dates may ask for one key.
        if !self.diagnostics.contains(&finding) {
            self.diagnostics.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{BuildRules, List, Render};
    use spanned_data::yaml;

    fn decode(text: &str) -> (FrontMatter, Vec<String>) {
        let values = yaml::parse(text, 0)
            .0
            .and_then(Value::into_map)
            .unwrap_or_default();
        let cx = ParseContext::in_zone("UTC");
        let (front, diagnostics) = FrontMatter::decode(&values, FileId(0), "", &cx);
        let print = |finding: &Diagnostic| {
            let place = finding
                .span
                .map(|span| text[span.range()].to_owned())
                .unwrap_or_default();
            format!("{} {place}", finding.code)
        };
        (front, diagnostics.iter().map(print).collect())
    }

    fn fine(text: &str) -> FrontMatter {
        let (front, findings) = decode(text);
        assert_eq!(findings, [""; 0], "{text}");
        front
    }

    #[test]
    fn fields_are_found_in_any_case_and_cast() {
        let front = fine(
            "Title: 2024\nlinktitle: L\nWEIGHT: \"7\"\nkeywords: k1\ntags: [a, B c, a]\ndraft: \"true\"\n",
        );
        assert_eq!(front.title.as_deref(), Some("2024"));
        assert_eq!(front.link_title.as_deref(), Some("L"));
        assert_eq!((front.weight, front.draft), (7, true));
        assert_eq!(front.keywords, ["k1"]);
        assert_eq!(
            front.terms,
            [("tags".to_owned(), vec!["a".to_owned(), "B c".to_owned()])]
        );
    }

    #[test]
    fn an_empty_table_gives_the_defaults() {
        assert_eq!(fine(""), FrontMatter::default());
        let empty =
            fine("title:\nweight:\ndate:\ndraft:\naliases:\nmenu:\nbuild:\nresources:\ncascade:\ntags:\n");
        assert_eq!(empty, FrontMatter::default());
    }

    #[test]
    fn values_that_do_not_fit_are_left_out_with_a_warning() {
        let text = "weight: ten\ndraft: maybe\naliases: 5\ntitle: [a]\nbuild: never\nsitemap: 5\nmenus: {main: 3}\ncascade: x\n";
        let (front, findings) = decode(text);
        assert_eq!(front, FrontMatter::default());
        let values = ["[a]", "ten", "maybe", "5", "never", "5", "3", "x"];
        assert_eq!(findings, values.map(|value| format!("invalid-value {value}")));
    }

    #[test]
    fn an_address_of_another_site_is_no_url() {
        let (front, findings) = decode("url: \"http://x/y\"\n");
        assert_eq!((front.url, findings.len()), (None, 1));
    }

    #[test]
    fn dates_have_other_names_and_stand_in_for_each_other() {
        let day = |text: &str| date::parse(&text.into(), &jiff::tz::TimeZone::UTC).map(|day| day.timestamp());
        let front = fine("pubdate: 2024-01-01\nmodified: 2024-03-01\nunpublishdate: 2999-01-01\n");
        assert_eq!(front.date, day("2024-01-01"));
        assert_eq!(front.publish_date, day("2024-01-01"));
        assert_eq!(front.lastmod, day("2024-03-01"));
        assert_eq!(front.expiry_date, day("2999-01-01"));
        assert_eq!(fine("lastmod: 2024-03-01\n").date, day("2024-03-01"));
        assert_eq!(fine("date: 2024-03-01\n").lastmod, day("2024-03-01"));
    }

    #[test]
    fn a_page_that_is_not_published_is_a_draft() {
        assert!(fine("published: false\n").draft);
        assert!(!fine("published: true\n").draft);
        assert!(!fine("published: false\ndraft: false\n").draft);
    }

    #[test]
    fn a_date_that_is_none_is_a_warning_and_another_stands_in() {
        let (front, findings) =
            decode("date: 2024-02-03 04:05\npublishDate: 2024-01-01\nlastmod: \"Feb 5, 2024\"\n");
        assert_eq!(
            front.date,
            date::parse(&"2024-01-01".into(), &jiff::tz::TimeZone::UTC).map(|day| day.timestamp())
        );
        assert_eq!(
            findings,
            ["invalid-date 2024-02-03 04:05", "invalid-date \"Feb 5, 2024\""]
        );
    }

    #[test]
    fn build_rules_are_words_or_bools() {
        let text = "build: {render: link, list: local, publishResources: false}\n";
        let expected = BuildRules {
            render: Render::Link,
            list: List::Local,
            publish_resources: false,
        };
        assert_eq!(fine(text).build, expected);
        let rules = fine("build: {render: false, list: true}\n").build;
        assert_eq!((rules.render, rules.list), (Render::Never, List::Always));
        let (front, findings) = decode("_build: {list: never}\n");
        assert_eq!((front.build.list, findings.len()), (List::Never, 1));
    }

    #[test]
    fn menus_are_a_name_a_list_or_a_table() {
        let names = |front: FrontMatter| front.menus.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(fine("menu: main\n")), ["main"]);
        assert_eq!(names(fine("menus: [main, footer]\n")), ["main", "footer"]);
        let front = fine(
            "weight: 4\nmenu:\n  Main: {name: N, parent: p, weight: 2, params: {X: 1}}\n  other:\n  third: {pageRef: /a}\n",
        );
        let (name, entry) = &front.menus[0];
        assert_eq!(
            (name.as_str(), entry.name.as_str(), entry.weight),
            ("main", "N", 2)
        );
        assert_eq!(
            (entry.parent.as_deref(), entry.params.int("x")),
            (Some("p"), Some(1))
        );
        assert_eq!((front.menus[1].0.as_str(), front.menus[1].1.weight), ("other", 4));
        assert_eq!(front.menus[2].1.page_ref.as_deref(), Some("/a"));
    }

    #[test]
    fn a_cascade_is_a_table_or_a_list_with_targets() {
        let front = fine("cascade:\n  type: docs\n  params: {color: red}\n");
        assert_eq!(front.cascade.len(), 1);
        assert_eq!(
            front.cascade[0].values.to_json().to_string(),
            r#"{"type":"docs","color":"red"}"#
        );
        let front = fine(
            "cascade:\n- target: {path: /a/**, kind: page, lang: ja}\n  hidden: true\n- _target: {path: /b}\n",
        );
        let target = &front.cascade[0].target;
        assert_eq!(target.path.as_deref(), Some("/a/**"));
        assert_eq!(
            (target.kind.as_deref(), target.lang.as_deref()),
            (Some("page"), Some("ja"))
        );
        assert_eq!(front.cascade[0].values.bool("hidden"), Some(true));
        assert_eq!(front.cascade[1].target.path.as_deref(), Some("/b"));
    }

    #[test]
    fn resources_are_tables_with_a_glob() {
        let front = fine("resources:\n- {src: '*.png', name: 'i-:counter', title: T, params: {A: 1}}\n");
        let rule = &front.resources[0];
        assert_eq!(
            (rule.src.as_str(), rule.name.as_deref(), rule.title.as_deref()),
            ("*.png", Some("i-:counter"), Some("T"))
        );
        assert_eq!(rule.params.int("a"), Some(1));
    }
}
