//! The view of a page: everything that templates see of it.

use xxhash_rust::xxh3::xxh3_64;

use crate::body::{Body, Uses};
use crate::graph::{Kind, Page, edit_url};

use super::page_links::Links;
use super::renderer::Renderer;
use super::view::{LinkView, PageView, TranslationView};
use super::{audience, children, excerpts, toc};

impl<'a> Renderer<'a> {
    /// The view of `page`, whose text is `body`.
    pub(super) fn view<'v>(&'v self, page: &'v Page, body: &'v Body) -> PageView<'v> {
        let links = self.links(Some(&page.url));
        let shared = &self.languages[page.lang];
        let step = self.steps[page.id.0 as usize];
        let place = self.places[page.id.0 as usize];
        let nav = shared.tree.view(links, Some(page.id));
        let headings = toc::listed(body, self.context.config.markup.toc, page.nav.toc);
        PageView {
            title: &page.title,
            heading: page.written_title(),
            link_title: super::page_links::title(page),
            kind: page.kind.name(),
            url: links.to(&page.url),
            permalink: links.permanent(&page.url),
            source: self.source(page),
            description: self.description(page, body),
            picture: self.picture(page, links),
            feed: self.feed(page).map(|path| links.to(&path)),
            lead: self.lead(page),
            version: version(body),
            body: &body.html,
            show_title: !has_title(page, body),
            chapter: page.nav.chapter,
            // For templates of the site, which may print them as they like.
            toc: if self.policy.has_templates() {
                toc::nested(&headings, 0)
            } else {
                Vec::new()
            },
            toc_list: toc::list(&headings),
            breadcrumbs: self.breadcrumbs(page, links),
            prev: page
                .prev
                .filter(|_| !page.nav.no_pager && !page.nav.no_prev)
                .map(|id| links.view(id)),
            next: page
                .next
                .filter(|_| !page.nav.no_pager && !page.nav.no_next)
                .map(|id| links.view(id)),
            step,
            steps: shared.steps,
            part_step: place.step,
            part_steps: place.steps,
            minutes_left: place.minutes_left,
            nav_runs: nav.runs(),
            nav,
            children: children::children(page, Some(body), &shared.tree, links),
            translations: self.translations(page, links),
            terms: page
                .terms
                .iter()
                .filter(|term| self.context.graph.page(**term).rendered)
                .map(|id| links.view(*id))
                .collect(),
            date: excerpts::day(page.date, &self.zone),
            lastmod: excerpts::day(page.front.lastmod, &self.zone),
            words: body.facts.words,
            reading_time: body.reading_time,
            minutes: page.minutes,
            level: audience::level(&page.params),
            prerequisites: audience::prerequisites(&page.params),
            edit_url: self.edit_url(page),
            variables: &body.variables_form,
            policy: self.policy(Some(&body.policy)),
            uses: uses(body),
            diagram_modules: self.diagram_modules(body, links),
            sheets: self.sheets(&self.pieces.needed(body), links),
            params: page.params.to_json(),
        }
    }

    /// A page without content, for those that wsgen makes itself.
    pub(super) fn blank(&self) -> PageView<'_> {
        PageView {
            show_title: true,
            policy: self.policy(None),
            ..PageView::default()
        }
    }

    /// The description of a page: the author's, else the beginning of its text.
    pub(super) fn description(&self, page: &Page, body: &Body) -> String {
        let lead = self.lead(page);
        if lead.is_empty() {
            excerpts::beginning(&body.plain)
        } else {
            lead
        }
    }

    /// The address of the picture that stands for a page elsewhere: the first of its `images`, else of the site's. Empty
    /// where there is none, or where the site's address is not known.
    fn picture(&self, page: &Page, links: Links<'_>) -> String {
        let of_site = || self.language(page.lang).params.strings("images");
        let names = page.params.strings("images").into_iter();
        let Some(name) = names.chain(of_site()).find(|name| !name.is_empty()) else {
            return String::new();
        };
        if name.contains("://") {
            return name;
        }
        let mut files = page.resources.iter();
        let file = files.find(|file| file.name == name || file.path == name);
        links.permanent(file.map_or(&name, |file| &file.url))
    }

    /// The description that the author gave the page; on the home page else that of the site, or of the only section.
    pub(super) fn lead(&self, page: &Page) -> String {
        let own = page.front.description.clone();
        let site = || {
            self.language(page.lang)
                .params
                .text("description")
                .filter(|_| page.kind == Kind::Home)
        };
        let section = || {
            let lifted = self.languages[page.lang].tree.lifted();
            let section = lifted.filter(|_| page.kind == Kind::Home)?;
            self.context.graph.page(section).front.description.clone()
        };
        own.or_else(site).or_else(section).unwrap_or_default()
    }

    fn source(&self, page: &Page) -> &'a str {
        let parsed = page.source.and_then(|source| self.context.parsed.get(source));
        let file = parsed.and_then(|parsed| self.context.tree.get(parsed.file));
        file.map_or("", |file| &file.path)
    }

    fn edit_url(&self, page: &Page) -> Option<String> {
        // Of a page that a template makes, that is what can be edited.
        let source = self.source(page);
        let source = match source.find(".gotmpl/") {
            Some(at) => &source[..at + ".gotmpl".len()],
            None => source,
        };
        (!source.is_empty())
            .then(|| edit_url(source, &page.params, &self.language(page.lang).params))
            .flatten()
    }

    fn breadcrumbs<'l>(&self, page: &Page, links: Links<'l>) -> Vec<LinkView<'l>> {
        let parents = std::iter::successors(page.parent, |id| links.graph.page(*id).parent);
        let mut crumbs: Vec<_> = parents
            .take(links.graph.pages.len())
            .filter(|id| !self.is_book_root(links.graph.page(*id)))
            .map(|id| links.view(id))
            .collect();
        crumbs.reverse();
        crumbs
    }

    /// Returns true if a section is the root of the workshop to hugo-book (`BookSection`). The pages below it are its
    /// neighbours in the sidebar there, so it is no part that they belong to.
    fn is_book_root(&self, page: &Page) -> bool {
        let name = self
            .language(page.lang)
            .params
            .text("booksection")
            .unwrap_or_default();
        let name = name.trim_matches('/');
        let parent = page.parent.map(|id| self.context.graph.page(id).kind);
        !name.is_empty()
            && parent == Some(Kind::Home)
            && page.url.trim_end_matches('/').rsplit('/').next() == Some(name)
    }

    /// The page in every language, or else the home page there.
    pub(super) fn translations<'l>(&'l self, page: &Page, links: Links<'l>) -> Vec<TranslationView<'l>> {
        let languages = self.context.config.languages.each();
        languages
            .map(|(lang, language)| {
                let current = lang == page.lang;
                let same = page
                    .translations
                    .iter()
                    .copied()
                    .find(|id| links.graph.page(*id).lang == lang);
                let found = if current { Some(page.id) } else { same };
                let target = found.unwrap_or(links.graph.sites[lang].home);
                TranslationView {
                    label: &language.label,
                    lang: &language.locale,
                    url: links.page(target),
                    permalink: links.permanent(&links.graph.page(target).url),
                    current,
                    default: lang == self.context.config.default_language,
                    exact: found.is_some(),
                }
            })
            .collect()
    }

    /// The home page in every language, as the nearest to a page that is not translated.
    pub(super) fn first_pages<'l>(&'l self, home: &Page, links: Links<'l>) -> Vec<TranslationView<'l>> {
        let mut pages = self.translations(home, links);
        pages.iter_mut().for_each(|page| page.exact = false);
        pages
    }
}

/// Returns true if the text shows the page's title itself: at its head, or as its first heading further in, as in a
/// banner.
pub(super) fn has_title(page: &Page, body: &Body) -> bool {
    let first = body.outline.first().filter(|heading| heading.level == 1);
    body.facts.own_title || first.is_some_and(|heading| page.kind == Kind::Home || heading.text == page.title)
}

/// The scripts that the page needs. Indented code and authors' own blocks are not highlighted, and can be copied all
/// the same.
fn uses(body: &Body) -> Uses {
    let mut uses = body.facts.uses;
    uses.code |= has_plain_code(body);
    uses
}

/// A short hash of the text.
fn version(body: &Body) -> String {
    let hash = format!("{:016x}", xxh3_64(body.html.as_bytes()));
    hash[..8].to_owned()
}

/// Returns true if the text holds a block of code that is not highlighted, and no diagram.
fn has_plain_code(body: &Body) -> bool {
    body.html.matches("<pre").count() > body.html.matches("<pre class=\"mermaid").count()
}
