//! The link to a page's source in the author's repository, from the settings of the themes.

use spanned_data::Map;

use super::paths::encode_path;

/// The address where the file at `path` (from the site's root) can be edited; nothing without a setting for it.
///
/// `page` and `site` are the params of the page and of its language.
pub fn edit_url(path: &str, page: &Map, site: &Map) -> Option<String> {
    let text = |key: &str| text(page, key).or_else(|| text(site, key));
    let url = book(path, site, &text)
        .or_else(|| hextra(path, page, site))
        .or_else(|| text("editurl").map(|base| learn(&base, path)))
        .or_else(|| docsy(path, &text))
        .or_else(|| geekdoc(path, &text))?;
    let (scheme, rest) = url
        .split_once("://")
        .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    Some(format!("{scheme}://{}", rest.replace("//", "/")))
}

fn text(map: &Map, path: &str) -> Option<String> {
    map.get_path(path)?
        .as_str()
        .map(str::to_owned)
        .filter(|text| !text.is_empty())
}

/// hugo-book: a template in `BookEditLink`, or `BookRepo` with `BookEditPath`.
fn book(path: &str, site: &Map, text: &impl Fn(&str) -> Option<String>) -> Option<String> {
    if let Some(template) = text("bookeditlink") {
        return fill(&template, path, site);
    }
    let (repo, edit) = (text("bookrepo")?, text("bookeditpath")?);
    Some(joined(
        &format!("{}/{}", repo.trim_end_matches('/'), edit.trim_matches('/')),
        path,
    ))
}

/// hextra: `base` in the table `editURL`, unless `enable` says no.
fn hextra(path: &str, page: &Map, site: &Map) -> Option<String> {
    let enable = [page, site]
        .into_iter()
        .find_map(|params| params.get_path("editurl.enable")?.as_bool());
    let base = text(page, "editurl.base").or_else(|| text(site, "editurl.base"))?;
    enable.unwrap_or(true).then(|| joined(&base, path))
}

/// learn and relearn: the path follows, or stands at `${FilePath}`.
fn learn(base: &str, path: &str) -> String {
    match base.split_once("${FilePath}") {
        Some((before, after)) => format!("{}{after}", joined(before, path)),
        None => joined(base, path),
    }
}

fn docsy(path: &str, text: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let repo = text("github_repo")?;
    let branch = text("github_branch").unwrap_or_else(|| "main".to_owned());
    let subdir = text("github_subdir")
        .map(|dir| format!("/{}", dir.trim_matches('/')))
        .unwrap_or_default();
    Some(joined(
        &format!("{}/edit/{branch}{subdir}", repo.trim_end_matches('/')),
        path,
    ))
}

fn geekdoc(path: &str, text: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let (repo, edit) = (text("geekdocrepo")?, text("geekdoceditpath")?);
    Some(joined(
        &format!("{}/{}", repo.trim_end_matches('/'), edit.trim_matches('/')),
        path,
    ))
}

/// Replaces `{{ .Site.Params.X }}` and `{{ .Path }}`; anything else in braces makes the template unusable.
fn fill(template: &str, path: &str, site: &Map) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (expression, after) = after.split_once("}}")?;
        out.push_str(before);
        match expression.trim() {
            ".Path" | ".File.Path" | ".Page.File.Path" | ".Page.Path" => out = joined(&out, path),
            other => out.push_str(&text(site, other.strip_prefix(".Site.Params.")?)?),
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// `path` below `base`. Some themes count from the site's root, some from its content folder, and authors write the
/// folder either way; if `base` ends with the folders that `path` begins with, they are not repeated.
fn joined(base: &str, path: &str) -> String {
    let base = base.trim_end_matches('/');
    let mut below = path;
    let mut head = path;
    while let Some((shorter, _)) = head.rsplit_once('/') {
        if base.ends_with(&format!("/{shorter}")) {
            below = &path[shorter.len() + 1..];
            break;
        }
        head = shorter;
    }
    format!("{base}/{}", encode_path(below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use spanned_data::toml;

    fn url(site: &str) -> Option<String> {
        let params = toml::parse(site, 0)
            .0
            .and_then(spanned_data::Value::into_map)
            .unwrap_or_default();
        edit_url("content/docs/a b.md", &Map::new(), &params)
    }

    #[test]
    fn each_theme_has_its_settings() {
        let expected = Some("https://x.example/r/edit/main/content/docs/a%20b.md".to_owned());
        for site in [
            "BookRepo = 'https://x.example/r'\nBookEditLink = '{{ .Site.Params.BookRepo }}/edit/main/content/{{ .Path }}'",
            "BookRepo = 'https://x.example/r/'\nBookEditLink = '{{ .Site.Params.BookRepo }}/edit/main/{{.Path}}'",
            "BookRepo = 'https://x.example/r/'\nBookEditPath = 'edit/main'",
            "editURL = 'https://x.example/r/edit/main/content/'",
            "editURL = 'https://x.example/r/edit/main/'",
            "editURL = 'https://x.example/r/edit/main/content/${FilePath}'",
            "editURL = { enable = true, base = 'https://x.example/r/edit/main/content' }",
            "github_repo = 'https://x.example/r'\ngithub_branch = 'main'",
            "github_repo = 'https://x.example/r/'",
            "geekdocRepo = 'https://x.example/r'\ngeekdocEditPath = 'edit/main/content'",
        ] {
            assert_eq!(url(site), expected, "{site}");
        }
    }

    #[test]
    fn docsy_has_sites_in_folders_of_a_repository_and_other_branches() {
        let site = "github_repo = 'https://x.example/r'\ngithub_branch = 'next'\ngithub_subdir = 'web/site'";
        assert_eq!(
            url(site).as_deref(),
            Some("https://x.example/r/edit/next/web/site/content/docs/a%20b.md")
        );
    }

    #[test]
    fn a_page_says_it_better_than_its_site() {
        let params = |text| {
            toml::parse(text, 0)
                .0
                .and_then(spanned_data::Value::into_map)
                .unwrap()
        };
        let site = params("editURL = 'https://x.example/r/edit/main/content/'");
        let page = params("editURL = 'https://x.example/other/edit/main/content/'");
        assert_eq!(
            edit_url("content/a.md", &page, &site).as_deref(),
            Some("https://x.example/other/edit/main/content/a.md")
        );
    }

    #[test]
    fn without_a_usable_setting_there_is_no_link() {
        for site in [
            "",
            "editURL = ''",
            "editURL = 'javascript:x'",
            "BookEditLink = '{{ .Nope }}'",
            "geekdocRepo = 'x'",
            "BookRepo = 'https://x.example/r'",
            "editURL = { enable = false, base = 'https://x.example/r/edit/main/content' }",
        ] {
            assert_eq!(url(site), None, "{site}");
        }
    }
}
