//! Loading from a real folder.

use std::error::Error;
use std::fs;
use std::path::Path;

use super::*;
use crate::diag::{Code, Diagnostics, FileId};

type Tested = Result<(), Box<dyn Error>>;

/// A folder with these files; contents are the paths themselves.
fn folder(paths: &[&str]) -> Result<tempfile::TempDir, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    for path in paths {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap_or(folder.path()))?;
        fs::write(file, path)?;
    }
    Ok(folder)
}

fn load_all(root: &Path, scope: &Scope) -> Result<(SourceTree, Diagnostics), LoadError> {
    load(root, scope, SourceTree::default())
}

fn targets(tree: &SourceTree, component: Component) -> Vec<&str> {
    let own = tree
        .iter(component)
        .filter(|(_, file)| file.origin != Origin::Embedded);
    own.map(|(_, file)| file.target.as_str()).collect()
}

fn codes(diagnostics: &Diagnostics) -> Vec<Code> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn files_come_in_sorted_order_with_their_text() -> Tested {
    let site = folder(&[
        "content/b.md",
        "content/a/_index.md",
        "content/a.md",
        "static/x.css",
        "data/d.yaml",
    ])?;
    let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
    assert_eq!(codes(&diagnostics), []);
    assert_eq!(
        targets(&tree, Component::Content),
        ["a.md", "a/_index.md", "b.md"]
    );
    let id = tree.find(Component::Content, "a/_index.md").ok_or("no file")?;
    assert_eq!(tree.text(id), Some("content/a/_index.md"));
    assert_eq!(tree.find_path("content/a/_index.md"), Some(id));
    let style = tree
        .find(Component::Static, "x.css")
        .and_then(|id| tree.get(id))
        .ok_or("no style")?;
    assert!(matches!(style.content, Content::OnDisk));
    assert_eq!(style.len, 12);
    Ok(())
}

#[test]
fn names_that_hugo_ignores_are_ignored_in_content_and_kept_in_static() -> Tested {
    let site = folder(&[
        "content/.hidden.md",
        "content/#a.md",
        "content/a.md~",
        "content/.dir/x.md",
        "content/_under.md",
        "content/README.md",
        "content/x.bak",
        "content/node_modules/y.md",
        "content/public/z.md",
        "static/.nojekyll",
        "static/.git/config",
    ])?;
    let (tree, _) = load_all(site.path(), &Scope::default())?;
    assert_eq!(
        targets(&tree, Component::Content),
        [
            "README.md",
            "_under.md",
            "node_modules/y.md",
            "public/z.md",
            "x.bak"
        ]
    );
    assert_eq!(targets(&tree, Component::Static), [".nojekyll"]);
    Ok(())
}

#[test]
fn generated_folders_of_a_site_mounted_as_a_whole_are_not_read() -> Tested {
    let site = folder(&[
        "a.md",
        "public/p.md",
        "out/o.md",
        "node_modules/n.md",
        "resources/_gen/g.md",
        "lab/b.md",
    ])?;
    let scope = Scope {
        mounts: vec![Mount::new(".", Component::Content)],
        destination: "out".to_owned(),
        ..Scope::default()
    };
    let (tree, _) = load_all(site.path(), &scope)?;
    assert_eq!(targets(&tree, Component::Content), ["a.md", "lab/b.md"]);
    assert!(tree.find_path("lab/b.md").is_some());
    Ok(())
}

#[test]
fn ignore_files_apply_to_absolute_paths_of_content_files_and_folders() -> Tested {
    let site = folder(&[
        "content/a.draft.md",
        "content/a.md",
        "content/elm-stuff/b.md",
        "static/a.draft.md",
    ])?;
    let scope = Scope {
        ignore_files: vec![
            r"\.draft\.md$".to_owned(),
            "elm-stuff$".to_owned(),
            "(".to_owned(),
        ],
        ..Scope::default()
    };
    let (tree, _) = load_all(site.path(), &scope)?;
    assert_eq!(targets(&tree, Component::Content), ["a.md"]);
    assert_eq!(targets(&tree, Component::Static), ["a.draft.md"]);
    Ok(())
}

#[test]
fn without_a_content_folder_the_rest_is_loaded() -> Tested {
    let site = folder(&["static/x.css"])?;
    let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
    assert_eq!(codes(&diagnostics), []);
    assert_eq!(targets(&tree, Component::Static), ["x.css"]);
    Ok(())
}

#[test]
fn a_missing_site_is_no_site() {
    let missing = Path::new("/nowhere/at/all");
    assert!(matches!(
        load_all(missing, &Scope::default()),
        Err(LoadError::NoSite { .. })
    ));
    assert!(matches!(
        config_files(missing, &ConfigPlaces::default()),
        Err(LoadError::NoSite { .. })
    ));
}

#[test]
fn a_destination_among_the_sources_is_refused() -> Tested {
    let site = folder(&["content/a.md"])?;
    let to = |destination: &str| {
        let scope = Scope {
            destination: destination.to_owned(),
            ..Scope::default()
        };
        load_all(site.path(), &scope).map(|_| ())
    };
    assert!(matches!(
        to("content/public"),
        Err(LoadError::DestinationInSource { .. })
    ));
    assert!(matches!(
        to("content"),
        Err(LoadError::DestinationHoldsSource { .. })
    ));
    assert!(matches!(
        to("static/../content/x"),
        Err(LoadError::DestinationInSource { .. })
    ));
    assert!(matches!(to("."), Err(LoadError::DestinationHoldsSource { .. })));
    assert!(matches!(to(".."), Err(LoadError::DestinationHoldsSource { .. })));
    assert!(to("docs").is_ok());
    Ok(())
}

#[test]
fn invalid_utf8_in_a_page_is_replaced_and_reported_at_its_byte() -> Tested {
    let site = folder(&[])?;
    fs::create_dir(site.path().join("content"))?;
    fs::write(site.path().join("content/a.md"), b"# \xa9\n")?;
    fs::write(site.path().join("content/b.dat"), b"\x00\xa9")?;
    let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
    assert_eq!(codes(&diagnostics), [Code::InvalidUtf8]);
    let span = diagnostics[0].span.ok_or("no span")?;
    assert_eq!((tree.path(span.file), span.range()), (Some("content/a.md"), 2..5));
    assert_eq!(tree.text(span.file), Some("# \u{fffd}\n"));
    Ok(())
}

#[test]
fn of_two_mounts_the_first_wins_but_in_static_the_last() -> Tested {
    let site = folder(&["one/a.md", "two/a.md", "s1/x", "s2/x"])?;
    let mounts = vec![
        Mount::new("one", Component::Content),
        Mount::new("two", Component::Content),
        Mount::new("s1", Component::Static),
        Mount::new("s2", Component::Static),
    ];
    let (tree, _) = load_all(
        site.path(),
        &Scope {
            mounts,
            ..Scope::default()
        },
    )?;
    let paths: Vec<_> = tree
        .all()
        .map(|(_, file)| file.path.as_str())
        .filter(|path| !path.contains("templ"))
        .collect();
    assert_eq!(&paths[..2], ["one/a.md", "s2/x"]);
    Ok(())
}

#[test]
fn the_content_folder_of_a_language_is_not_content_of_another() -> Tested {
    let site = folder(&["content/a.md", "content/ja/a.md"])?;
    let ja = Mount::new("content/ja", Component::Content).lang(Some("ja".to_owned()));
    let mounts = vec![Mount::new("content", Component::Content), ja];
    let (tree, _) = load_all(
        site.path(),
        &Scope {
            mounts,
            ..Scope::default()
        },
    )?;
    assert_eq!(targets(&tree, Component::Content), ["a.md", "a.md"]);
    let path = |lang| {
        tree.find_in(Component::Content, "a.md", lang)
            .and_then(|id| tree.path(id))
    };
    assert_eq!(path("ja"), Some("content/ja/a.md"));
    assert_eq!(path("en"), Some("content/a.md"));
    Ok(())
}

#[test]
fn mounts_may_name_single_files_folders_inside_and_globs() -> Tested {
    let site = folder(&["README.md", "docs/x.md", "docs/y.txt", "docs/old/z.md"])?;
    let mut readme = Mount::new("README.md", Component::Content);
    readme.target = "_index.md".to_owned();
    let mut docs = Mount::new("docs/", Component::Content);
    docs.target = "manual".to_owned();
    docs.include = vec!["**.md".to_owned(), "**/*.md".to_owned()];
    docs.exclude = vec!["old".to_owned()];
    let (tree, _) = load_all(
        site.path(),
        &Scope {
            mounts: vec![readme, docs],
            ..Scope::default()
        },
    )?;
    assert_eq!(targets(&tree, Component::Content), ["_index.md", "manual/x.md"]);
    Ok(())
}

#[test]
fn configuration_files_share_the_names_of_the_tree() -> Tested {
    let site = folder(&[
        "hugo.toml",
        "config.yaml",
        "config/_default/params.toml",
        "config/_default/notes.txt",
        "config/production/hugo.yaml",
        "content/a.md",
    ])?;
    let (config, _) = config_files(site.path(), &ConfigPlaces::default())?;
    assert_eq!(
        targets(&config, Component::Config),
        [
            "hugo.toml",
            "config/_default/params.toml",
            "config/production/hugo.yaml"
        ]
    );
    let params = config.find(Component::Config, "config/_default/params.toml");
    let (tree, _) = load(site.path(), &Scope::default(), config)?;
    assert_eq!(tree.find_path("config/_default/params.toml"), params);
    assert_eq!(tree.find_path("content/a.md"), Some(FileId(3)));
    Ok(())
}

#[test]
fn a_configuration_file_that_was_asked_for_must_exist() -> Tested {
    let site = folder(&["a.toml", "hugo.toml"])?;
    let places = |files: &[&str]| ConfigPlaces {
        files: files.iter().map(|&file| file.to_owned()).collect(),
        ..ConfigPlaces::default()
    };
    let (config, _) = config_files(site.path(), &places(&["a.toml"]))?;
    assert_eq!(targets(&config, Component::Config), ["a.toml"]);
    assert!(matches!(
        config_files(site.path(), &places(&["b.toml"])),
        Err(LoadError::NoConfig { .. })
    ));
    Ok(())
}

#[test]
fn memory_and_disk_give_the_same_tree() -> Tested {
    let paths = [
        "hugo.toml",
        "content/b.md",
        "content/a/x.md",
        "content/.no.md",
        "data/y.json",
        "config/a/p.toml",
    ];
    let site = folder(&paths)?;
    let (config, _) = config_files(site.path(), &ConfigPlaces::default())?;
    let (disk, _) = load(site.path(), &Scope::default(), config)?;
    let memory = SourceTree::from_memory(paths.map(|path| (path, path)));
    let places = |tree: &SourceTree| -> Vec<(String, String)> {
        let own = tree.all().filter(|(_, file)| file.origin != Origin::Embedded);
        own.map(|(_, file)| (file.path.clone(), file.target.clone()))
            .collect()
    };
    // On disk the file at the root comes first, whatever its name.
    let sorted = |mut places: Vec<(String, String)>| {
        places.sort();
        places
    };
    assert_eq!(sorted(places(&disk)), sorted(places(&memory)));
    Ok(())
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_inside_the_site_are_followed() -> Tested {
        let site = folder(&["shared/x.md", "content/a.md"])?;
        symlink("../shared", site.path().join("content/lab"))?;
        let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(codes(&diagnostics), []);
        assert_eq!(targets(&tree, Component::Content), ["a.md", "lab/x.md"]);
        Ok(())
    }

    #[test]
    fn links_out_of_the_site_are_refused() -> Tested {
        let elsewhere = folder(&["secret.md"])?;
        let site = folder(&["content/a.md"])?;
        symlink(elsewhere.path(), site.path().join("content/lab"))?;
        symlink(
            elsewhere.path().join("secret.md"),
            site.path().join("content/b.md"),
        )?;
        let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(codes(&diagnostics), [Code::OutsideLink, Code::OutsideLink]);
        assert_eq!(targets(&tree, Component::Content), ["a.md"]);
        Ok(())
    }

    #[test]
    fn links_to_what_is_hidden_are_refused_wherever_they_stand() -> Tested {
        let site = folder(&[
            "content/a.md",
            ".git/config",
            ".env",
            "lab/.env",
            "lab/x.txt",
            "static/.well-known/y.txt",
        ])?;
        fs::create_dir_all(site.path().join("assets"))?;
        fs::create_dir_all(site.path().join("data"))?;
        for (to, link) in [
            ("../.git/config", "content/notes.txt"),
            ("../.git", "static/g"),
            ("../.env", "static/env.txt"),
            ("../lab/.env", "assets/e.txt"),
            ("../.git/config", "data/c.json"),
            ("../lab", "static/lab"),
        ] {
            symlink(to, site.path().join(link))?;
        }
        let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(codes(&diagnostics), [Code::OutsideLink; 5]);
        assert_eq!(targets(&tree, Component::Content), ["a.md"]);
        let copied = targets(&tree, Component::Static);
        let own: Vec<&str> = copied
            .into_iter()
            .filter(|target| {
                target.starts_with(".well") || target.starts_with("lab") || target.starts_with('g')
            })
            .collect();
        assert_eq!(own, [".well-known/y.txt", "lab/x.txt"]);
        Ok(())
    }

    #[test]
    fn fans_of_links_grow_by_each_link_once() -> Tested {
        const FANS: usize = 30;
        let names: Vec<String> = (0..=FANS).map(|n| format!("content/d{n}/x.md")).collect();
        let site = folder(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
        for n in 0..FANS {
            for name in ["a", "b"] {
                symlink(
                    format!("../d{}", n + 1),
                    site.path().join(format!("content/d{n}/{name}")),
                )?;
            }
        }
        let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(targets(&tree, Component::Content).len(), FANS + 1 + 2 * FANS);
        assert!(diagnostics.iter().all(|found| found.code == Code::OutsideLink));
        Ok(())
    }

    #[test]
    fn a_link_that_leads_back_is_reported_and_not_followed() -> Tested {
        let site = folder(&["content/lab/a.md"])?;
        symlink("../..", site.path().join("content/lab/up"))?;
        let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(codes(&diagnostics), [Code::SymlinkLoop]);
        assert!(
            diagnostics[0].message.contains("`content/lab/up`"),
            "{}",
            diagnostics[0].message
        );
        assert_eq!(targets(&tree, Component::Content).first(), Some(&"lab/a.md"));
        Ok(())
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_name_that_is_not_utf8_is_reported_and_left_out() -> Tested {
        use std::os::unix::ffi::OsStrExt;
        let site = folder(&["content/a.md"])?;
        let name = std::ffi::OsStr::from_bytes(b"b\xff.md");
        fs::write(site.path().join("content").join(name), "")?;
        let (tree, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(codes(&diagnostics), [Code::UnreadableFile]);
        assert_eq!(targets(&tree, Component::Content), ["a.md"]);
        Ok(())
    }

    #[test]
    fn a_link_to_nothing_is_a_warning_unless_an_editor_left_it() -> Tested {
        let site = folder(&["content/a.md"])?;
        symlink("nothing", site.path().join("content/b.md"))?;
        symlink("user@host.1", site.path().join("content/.#a.md"))?;
        let (_, diagnostics) = load_all(site.path(), &Scope::default())?;
        assert_eq!(codes(&diagnostics), [Code::UnreadableFile]);
        Ok(())
    }
}
