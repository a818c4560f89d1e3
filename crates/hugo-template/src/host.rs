//! The host of a template: its access to pages, sites, files, Markdown and URLs.

use std::sync::Arc;

use jiff::Zoned;

use super::Template;
use super::error::Fault;
use super::objects::Scratch;
use super::value::Value;
use crate::title_case::TitleStyle;

/// An object that the host knows by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Handle {
    /// A page of the site.
    Page(u32),
    /// The site in one language.
    Site(u32),
    /// A file of a page's bundle: the page, and which of its files.
    Resource(u32, u32),
    /// A file of `assets/`.
    Asset(u32),
}

impl Handle {
    pub(super) fn type_name(self) -> &'static str {
        match self {
            Self::Page(_) => "*hugolib.pageState",
            Self::Site(_) => "*hugolib.siteWrapper",
            Self::Resource(..) | Self::Asset(_) => "*resources.genericResource",
        }
    }
}

/// Options of `markdownify` and `.RenderString`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RenderOptions {
    /// True if a single paragraph keeps its `<p>`.
    pub block: bool,
}

/// The arguments of `ref` and `relref`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefQuery<'q> {
    /// As written, with its fragment.
    pub path: &'q str,
    /// Key of another language.
    pub lang: Option<&'q str>,
    /// The form of the URL.
    pub form: RefForm,
}

/// The forms of a reference's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefForm {
    /// With scheme and host: `ref`.
    Absolute,
    /// Without them: `relref`.
    Relative,
}

/// The forms of a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// HTML: `.Content`.
    Html,
    /// Markdown with the results of its calls: `.RenderShortcodes`.
    Markdown,
}

/// The URL functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlForm {
    /// `relURL`
    Relative,
    /// `absURL`
    Absolute,
    /// `relLangURL`
    RelativeLang,
    /// `absLangURL`
    AbsoluteLang,
}

/// Access of a template to everything outside of itself.
///
/// Only the first group must be given. The other methods answer with Hugo's empty value, or say that the host does
/// not have the function, which stops the template with [`Cause::Unsupported`](super::Cause::Unsupported).
///
/// # Fields of a page
/// [`Host::page`] is asked for the facts, by Hugo's names: `Title LinkTitle RelPermalink Permalink Params Kind Type
/// Section Path Date Lastmod PublishDate ExpiryDate Weight Description Summary Content Plain RawContent
/// TableOfContents WordCount File Parent Pages RegularPages RegularPagesRecursive Sections Ancestors CurrentSection
/// FirstSection Next Prev NextInSection PrevInSection Site Language Translations AllTranslations Resources Keywords
/// Draft Aliases BundleType`. `Params` is a [`Map::params`](super::Map::params); `File` is a map with `Path Dir
/// LogicalName BaseFileName TranslationBaseName ContentBaseName Ext Lang Filename UniqueID`, or nil; pages are
/// [`Value::page`]s, lists of pages are in Hugo's order. Everything that follows from these (`.IsHome`, `.Param`,
/// `.Ref`, `.GetPage`, `.Pages.ByTitle`, `.Resources.GetMatch`, …) is derived here.
///
/// # Fields of a site
/// `Title BaseURL LanguageCode Language Languages Params Data Home Pages RegularPages AllPages Sections Menus
/// Taxonomies Copyright Lastmod Sites Config`.
///
/// # Fields of a resource
/// `Name Title RelPermalink Permalink ResourceType MediaType Content Params Width Height`.
pub trait Host {
    /// The page whose text calls the shortcode.
    fn current_page(&self) -> u32;
    /// The site of that page.
    fn current_site(&self) -> u32;
    /// A fact about a page; `None` for a name that the host does not know.
    fn page(&self, page: u32, name: &str) -> Option<Value>;
    /// A fact about a site.
    fn site(&self, site: u32, name: &str) -> Option<Value>;
    /// A fact about a file of a bundle or an asset.
    fn resource(&self, resource: Handle, name: &str) -> Option<Value>;
    /// The page that `site.GetPage` and `.GetPage` find; `from` is the page that relative paths start at.
    fn get_page(&self, site: u32, from: Option<u32>, path: &str) -> Option<u32>;
    /// `ref` and `relref` on a page. The error names the missing page.
    fn reference(&self, from: u32, query: &RefQuery<'_>) -> Result<String, Fault>;
    /// `relURL` and its siblings, percent-encoded.
    fn url(&self, form: UrlForm, path: &str) -> String;
    /// Renders Markdown in the place of a page.
    fn render_string(&self, page: u32, text: &str, options: RenderOptions) -> Result<String, Fault>;

    /// Takes steps from what the host allows all templates of a page. An error ends the template.
    fn spend(&self, _steps: u64) -> Result<(), Fault> {
        Ok(())
    }
    /// The site's `titleCaseStyle`, for capitals in titles.
    fn title_style(&self) -> TitleStyle {
        TitleStyle::default()
    }

    /// The time that `now` gives. Two builds of one site must give one time.
    fn now(&self) -> Zoned {
        super::time::zero()
    }

    /// A template of `layouts/partials` or `layouts/_partials` by its path there.
    fn partial(&self, _name: &str) -> Option<Arc<Template>> {
        None
    }

    /// The output of a partial of a theme that is not there; `None` for an unknown partial.
    fn partial_of_theme(&self, _name: &str, _dot: &Value) -> Result<Option<Value>, Fault> {
        Ok(None)
    }

    /// A file of the site by its path from the site's root. Paths that leave the site never get here.
    fn read_file(&self, _path: &str) -> Option<String> {
        None
    }

    /// Returns true if there is a file at this path from the site's root, with any content.
    fn has_file(&self, path: &str) -> bool {
        self.read_file(path).is_some()
    }

    /// The size in bytes of a file of the site, with any content.
    fn file_size(&self, path: &str) -> Option<u64> {
        self.read_file(path).map(|text| text.len() as u64)
    }

    /// The names in a folder of the site, each with true for a folder.
    fn read_dir(&self, _path: &str) -> Option<Vec<(String, bool)>> {
        None
    }

    /// A text of `i18n/`; its form for `one`, `few` and so on is the text of `key.one`, `key.few`.
    fn translate(&self, _key: &str) -> Option<String> {
        None
    }

    /// The plural form that a number has in the language of the page; `None` for a text that is not a number.
    fn plural_form(&self, _number: &str) -> Option<&'static str> {
        None
    }

    /// The text of another page.
    fn page_text(&self, _page: u32, form: TextForm) -> Result<Value, Fault> {
        let name = match form {
            TextForm::Html => "Content",
            TextForm::Markdown => "RenderShortcodes",
        };
        Err(Fault::unsupported(format!(".Page.{name}")))
    }

    /// `transform.ToMath`: a formula as MathML.
    fn math(&self, _tex: &str, _display: bool) -> Result<String, Fault> {
        Err(Fault::unsupported("transform.ToMath"))
    }

    /// `imageConfig`: width and height of a picture of the site in pixels.
    fn picture(&self, _path: &str) -> Option<(u32, u32)> {
        None
    }

    /// `.Content` of a file of a bundle that Hugo takes for a page; `None` for other files.
    fn resource_text(&self, _resource: Handle) -> Result<Option<Value>, Fault> {
        Ok(None)
    }

    /// `.HasShortcode`: true if a page calls a shortcode.
    fn has_shortcode(&self, _page: u32, _name: &str) -> bool {
        false
    }

    /// The start of functions whose results are random in Hugo. Two builds of one site must get one number, two calls
    /// of one page two.
    fn seed(&self) -> u64 {
        0
    }

    /// `math.Counter`: a number that no template of the page has had from here.
    fn count(&self) -> u64 {
        1
    }

    /// `.GetTerms`: the pages of the terms of a taxonomy that a page carries.
    fn terms(&self, _page: u32, _taxonomy: &str) -> Vec<u32> {
        Vec::new()
    }

    /// `highlight` and `transform.Highlight`: HTML of a code block.
    fn highlight(&self, _code: &str, _lang: &str, _options: &str) -> Result<String, Fault> {
        Err(Fault::unsupported("highlight"))
    }

    /// `anchorize`: the id of a heading with this text.
    fn anchorize(&self, text: &str) -> String {
        super::functions::github_anchor(text)
    }

    /// `resources.Get`: a file of `assets/`.
    fn asset(&self, _path: &str) -> Option<Handle> {
        None
    }

    /// `resources.Match` and `resources.ByType` over `assets/`: all of them, in order of their names.
    fn assets(&self) -> Vec<Handle> {
        Vec::new()
    }

    /// `.Scratch` and `.Store` of a page, which all shortcodes of the page share; `None` for the site's.
    fn store(&self, page: Option<u32>) -> Arc<Scratch>;

    /// Converts a value on its way into a [`Scratch`], which another template may read.
    fn kept(&self, value: Value) -> Value {
        value
    }

    /// Converts a value that comes out of a [`Scratch`].
    fn restored(&self, value: Value) -> Value {
        value
    }

    /// `hugo.Environment`.
    fn environment(&self) -> &str {
        "production"
    }

    /// `os.Getenv`: a variable of the environment; empty when it is not set or none of a site's business.
    fn variable(&self, _name: &str) -> &str {
        ""
    }
}
