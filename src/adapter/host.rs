//! The facts that adapters can ask for: the settings, `data/`, `assets/`, partials, and texts of the site. There are no
//! pages yet.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use hugo_template::title_case::TitleStyle;
use hugo_template::{Fault, Handle, Host, Map, RefQuery, RenderOptions, Scratch, Template, UrlForm, Value};

use crate::config::Config;
use crate::diag::FileId;
use crate::graph::permalink;
use crate::hugo;
use crate::lang::LangId;
use crate::source::{Component, SourceFile, SourceTree};

/// The host of an adapter in one language.
pub(super) struct AdapterHost<'a> {
    tree: &'a SourceTree,
    config: &'a Config,
    data: &'a Value,
    lang: LangId,
    /// Files of `assets/` in order of their names.
    assets: Vec<(&'a str, FileId)>,
    store: Arc<Scratch>,
    partials: RefCell<BTreeMap<String, Option<Arc<Template>>>>,
}

impl<'a> AdapterHost<'a> {
    pub(super) fn new(tree: &'a SourceTree, config: &'a Config, data: &'a Value, lang: LangId) -> Self {
        let assets = tree.iter(Component::Assets);
        let mut assets: Vec<_> = assets.map(|(id, file)| (&*file.target, id)).collect();
        assets.sort_unstable();
        Self {
            tree,
            config,
            data,
            lang,
            assets,
            store: Arc::default(),
            partials: RefCell::default(),
        }
    }

    /// The file of an asset.
    pub(super) fn file(&self, handle: Handle) -> Option<&'a SourceFile> {
        let Handle::Asset(at) = handle else { return None };
        self.tree.get(self.assets.get(at as usize)?.1)
    }

    /// The file of a partial, by the name of its template.
    pub(super) fn partial_named(&self, name: &str) -> Option<FileId> {
        self.tree.find(Component::Layouts, name)
    }

    fn site_handle(lang: LangId) -> Value {
        Value::Handle(Handle::Site(lang.site_number()))
    }
}

impl Host for AdapterHost<'_> {
    fn current_page(&self) -> u32 {
        0
    }

    fn current_site(&self) -> u32 {
        self.lang.site_number()
    }

    fn page(&self, _page: u32, _name: &str) -> Option<Value> {
        None
    }

    fn site(&self, site: u32, name: &str) -> Option<Value> {
        let language = self.config.languages.get(LangId(site as usize))?;
        let languages = self.config.languages.iter();
        Some(match name {
            "Title" => Value::str(language.title.as_str()),
            "BaseURL" => Value::str(permalink(self.config, "/")),
            "Copyright" => Value::str(language.copyright.as_str()),
            "Language" => hugo::language(language),
            "Languages" => Value::list(languages.map(hugo::language).collect()),
            "Params" => Value::Map(Map::from_params(&language.params)),
            "Data" => self.data.clone(),
            "Sites" => Value::list(self.config.languages.ids().map(Self::site_handle).collect()),
            _ => return None,
        })
    }

    fn resource(&self, resource: Handle, name: &str) -> Option<Value> {
        let file = self.file(resource)?;
        Some(match name {
            "Name" | "Title" => Value::str(format!("/{}", file.target)),
            "Content" => Value::str(file.text().unwrap_or_default()),
            "ResourceType" => Value::str(hugo_template::resource_type(&file.target)),
            "MediaType" => hugo_template::media_type(&file.target),
            "Width" | "Height" => {
                let size = file.facts.picture?;
                Value::Int(i64::from(if name == "Width" { size.width } else { size.height }))
            }
            _ => return None,
        })
    }

    fn asset(&self, path: &str) -> Option<Handle> {
        let path = path.trim_start_matches("./").trim_matches('/');
        let at = self.assets.iter().position(|(known, _)| *known == path)?;
        u32::try_from(at).ok().map(Handle::Asset)
    }

    fn assets(&self) -> Vec<Handle> {
        let count = u32::try_from(self.assets.len()).unwrap_or_default();
        (0..count).map(Handle::Asset).collect()
    }

    fn get_page(&self, _site: u32, _from: Option<u32>, _path: &str) -> Option<u32> {
        None
    }

    fn reference(&self, _from: u32, query: &RefQuery<'_>) -> Result<String, Fault> {
        let message = format!(
            "`{}` cannot be looked up: a content adapter sees no pages",
            query.path
        );
        Err(Fault::failed(message))
    }

    fn url(&self, form: UrlForm, path: &str) -> String {
        hugo::url(&self.config.base_url, form, path)
    }

    fn render_string(&self, _page: u32, _text: &str, _options: RenderOptions) -> Result<String, Fault> {
        Err(Fault::unsupported("markdownify"))
    }

    fn title_style(&self) -> TitleStyle {
        self.config.list_titles.style
    }

    fn partial(&self, name: &str) -> Option<Arc<Template>> {
        let mut known = self.partials.borrow_mut();
        let parsed = known.entry(name.to_owned()).or_insert_with(|| {
            let folders = ["_partials", "partials"];
            let names = [name.to_owned(), format!("{name}.html")];
            let mut paths = folders
                .iter()
                .flat_map(|folder| names.iter().map(move |name| format!("{folder}/{name}")));
            let (path, text) = paths.find_map(|path| {
                let text = self.tree.text(self.partial_named(&path)?)?;
                Some((path, text))
            })?;
            Template::parse(path, text).ok().map(Arc::new)
        });
        parsed.clone()
    }

    fn read_file(&self, path: &str) -> Option<String> {
        let file = self.tree.find_path(path.trim_start_matches('/'))?;
        self.tree.text(file).map(str::to_owned)
    }

    fn store(&self, _page: Option<u32>) -> Arc<Scratch> {
        self.store.clone()
    }

    fn environment(&self) -> &str {
        &self.config.environment
    }

    fn variable(&self, name: &str) -> &str {
        let known = self.config.variables.iter().find(|(known, _)| known == name);
        known.map_or("", |(_, value)| value)
    }
}
