//! Destinations that do not cooperate: full, taken away, somebody else's, on file systems that tell no case.

use super::*;

const PAGES: usize = 120;

/// A site of some pages, with a destination elsewhere.
fn many() -> Site {
    let site = Site::from("-- content/_index.md --\n# Home\n");
    for n in 0..PAGES {
        site.write(
            &format!("content/p{n}.md"),
            format!("# Page {n}\n\n{}\n", "word ".repeat(3000)),
        );
    }
    site
}

/// Runs a program; whether it succeeded.
#[cfg(target_os = "linux")]
fn succeeds(program: &str, args: &[&str]) -> bool {
    let run = Command::new(program)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    run.is_ok_and(|status| status.success())
}

/// A file system that is mounted as long as this lives.
#[cfg(target_os = "linux")]
struct Mounted(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl Mounted {
    /// Mounts by the program with these arguments, and the folder behind them; nothing where nobody may.
    fn by(program: &str, args: &[&str]) -> Option<Self> {
        let dir = tempfile::TempDir::new().unwrap();
        let mut all = args.to_vec();
        all.push(dir.path().to_str().unwrap());
        if succeeds(program, &all) {
            return Some(Self(dir));
        }
        eprintln!("skipped: `{program}` cannot mount here");
        None
    }

    fn at(&self, path: &str) -> String {
        self.0.path().join(path).to_str().unwrap().to_owned()
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mounted {
    fn drop(&mut self) {
        succeeds("umount", &["-l", self.0.path().to_str().unwrap()]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_error_and_the_destination_stays_as_it_was() {
    let Some(disk) = Mounted::by("mount", &["-t", "tmpfs", "-o", "size=1500k", "none"]) else {
        return;
    };
    let site = many();
    let out = disk.at("out");
    let hidden = site.root().join("hidden");
    std::fs::rename(site.root().join("content"), &hidden).unwrap();
    site.write("content/old.md", "# Old\n");
    wsgen(site.root(), &["build", "-d", &out]).exits(0);
    let before = files_below(Path::new(&out));
    std::fs::remove_dir_all(site.root().join("content")).unwrap();
    std::fs::rename(&hidden, site.root().join("content")).unwrap();
    let run = wsgen(site.root(), &["build", "-d", &out]).exits(2);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("files to `") && run.stderr.contains("No space left"),
        "{}",
        run.stderr
    );
    assert_eq!(files_below(Path::new(&out)), before);
    assert!(succeeds("mount", &["-o", "remount,size=40m", &disk.at("")]));
    let run = wsgen(site.root(), &["build", "-d", &out]).exits(0);
    assert!(run.stderr.contains("no warnings"), "{}", run.stderr);
    assert!(!Path::new(&out).join("old").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_destination_that_cannot_be_written_to_is_one_error() {
    let Some(disk) = Mounted::by("mount", &["-t", "tmpfs", "none"]) else {
        return;
    };
    let site = many();
    let out = disk.at("out");
    wsgen(site.root(), &["build", "-d", &out]).exits(0);
    assert!(succeeds("mount", &["-o", "remount,ro", &disk.at("")]));
    // Nothing has changed, so nothing has to be written.
    wsgen(site.root(), &["build", "-d", &out]).exits(0);
    for n in 0..PAGES {
        site.write(&format!("content/p{n}.md"), "# New\n");
    }
    let run = wsgen(site.root(), &["build", "-d", &out]).exits(2);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("Read-only file system"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_site_that_cannot_be_written_to_is_published_and_tells_that_nothing_is_remembered() {
    let Some(disk) = Mounted::by("mount", &["-t", "tmpfs", "none"]) else {
        return;
    };
    let out = tempfile::TempDir::new().unwrap();
    let out = out.path().to_str().unwrap();
    let site = disk.at("content");
    std::fs::create_dir(&site).unwrap();
    std::fs::write(disk.at("content/a.md"), "# A\n").unwrap();
    std::fs::write(disk.at("content/old.md"), "# Old\n").unwrap();
    let (write, read) = (["-o", "remount,rw"], ["-o", "remount,ro"]);
    let remount = |how: [&str; 2]| assert!(succeeds("mount", &[how[0], how[1], &disk.at("")]));
    remount(read);
    let run = wsgen(disk.0.path(), &["build", "-d", out]).exits(0);
    assert!(run.stderr.contains("warning[forgotten-build]"), "{}", run.stderr);
    remount(write);
    std::fs::remove_file(disk.at("content/old.md")).unwrap();
    std::fs::write(disk.at("content/a.md"), "# New\n").unwrap();
    remount(read);
    let run = wsgen(disk.0.path(), &["build", "-d", out]).exits(0);
    assert!(run.stderr.contains("`old/index.html`"), "{}", run.stderr);
    assert!(
        std::fs::read_to_string(format!("{out}/a/index.html"))
            .unwrap()
            .contains("New")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn where_case_does_not_count_a_file_whose_name_changes_only_in_case_is_kept() {
    let image = tempfile::NamedTempFile::new().unwrap();
    image.as_file().set_len(16 * 1024 * 1024).unwrap();
    let path = image.path().to_str().unwrap();
    if !succeeds("mkfs.ntfs", &["-F", "-Q", path]) {
        eprintln!("skipped: there is no `mkfs.ntfs`");
        return;
    }
    let Some(disk) = Mounted::by("lowntfs-3g", &["-o", "ignore_case", path]) else {
        return;
    };
    let site = Site::from(
        "-- content/a.md --\n# A\n\n![x](/Logo.png)\n-- static/Logo.png --\nlogo\n-- static/Img/Deep/a.txt --\na\n",
    );
    let out = disk.at("out");
    let (logo, folder) = (Path::new(&out).join("logo.png"), Path::new(&out).join("img"));
    wsgen(site.root(), &["build", "-d", &out]).exits(0);
    std::fs::rename(
        site.root().join("static/Logo.png"),
        site.root().join("static/logo.png"),
    )
    .unwrap();
    std::fs::rename(site.root().join("static/Img"), site.root().join("static/img")).unwrap();
    site.write("content/a.md", "# A\n\n![x](/logo.png)\n");
    for _ in 0..2 {
        let run = wsgen(site.root(), &["build", "-d", &out]).exits(0);
        assert!(run.stderr.contains("no warnings"), "{}", run.stderr);
        assert_eq!(std::fs::read_to_string(&logo).unwrap(), "logo\n");
        // Mounted so, the file system shows names in lower case.
        let files = files_below(Path::new(&out));
        assert!(
            files.contains(&"logo.png".to_owned()) && files.contains(&"img/deep/a.txt".to_owned()),
            "{files:#?}"
        );
    }
    std::fs::remove_dir_all(site.root().join("static")).unwrap();
    site.write("content/a.md", "# A\n");
    wsgen(site.root(), &["build", "-d", &out]).exits(0);
    assert!(!logo.exists() && !folder.exists());
}

#[test]
fn names_that_are_not_the_same_everywhere_are_told_by_check_and_build() {
    let site = Site::from(
        "-- content/a.md --\n---\nurl: /aux/\n---\n-- static/README.txt --\na\n-- static/readme.txt --\nb\n",
    );
    for command in ["check", "build"] {
        let run = wsgen(site.root(), &[command, "--format", "short"]);
        assert!(
            run.stderr.contains("content/a.md:1:1: warning[unportable-name]"),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr
                .contains("warning[alike-names]: `README.txt` and `readme.txt`"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn what_would_run_in_a_repository_is_no_part_of_a_site() {
    let site = Site::from("-- content/a.md --\n---\nurl: /.git/hooks/post-checkout\n---\n# A\n");
    let run = wsgen(site.root(), &["build"]).exits(2);
    assert!(run.stderr.contains("belongs to a repository"), "{}", run.stderr);
    assert!(!site.root().join("public/.git").exists());
    for destination in [
        ".git",
        ".git/x",
        ".github",
        "archetypes",
        "node_modules",
        "resources",
    ] {
        wsgen(site.root(), &["build", "-d", destination]).exits(2);
        assert!(!site.root().join(destination).exists(), "{destination}");
    }
}

#[test]
fn files_of_authors_in_the_destination_stay_and_are_told() {
    let site = Site::from("-- content/p.md --\n# P\n-- static/x.txt --\nx\n");
    wsgen(site.root(), &["build"]).exits(0);
    site.write("public/q/index.html", "mine");
    site.write("public/CNAME", "mine");
    site.write("content/q.md", "# Q\n");
    site.write("static/CNAME", "theirs");
    let run = wsgen(site.root(), &["build", "--format", "short"]).exits(0);
    for finding in [
        "content/q.md:1:1: warning[foreign-file]: `q/index.html` is not published",
        "static/CNAME: warning[foreign-file]: `CNAME` is not published",
    ] {
        assert!(run.stderr.contains(finding), "{}", run.stderr);
    }
    assert_eq!(read(&site, "public/q/index.html"), "mine");
    assert_eq!(read(&site, "public/CNAME"), "mine");
}

#[test]
fn builds_at_once_give_one_site() {
    let site = many();
    let runs: Vec<_> = std::thread::scope(|scope| {
        let builds: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| wsgen(site.root(), &["build"])))
            .collect();
        builds.into_iter().map(|build| build.join().unwrap()).collect()
    });
    for run in runs {
        run.exits(0);
    }
    wsgen(site.root(), &["build", "-d", "clean"]).exits(0);
    let (built, clean) = (public(&site), files_below(&site.root().join("clean")));
    assert_eq!(built, clean);
    let same = |path: &String| {
        std::fs::read(site.root().join("public").join(path)).unwrap()
            == std::fs::read(site.root().join("clean").join(path)).unwrap()
    };
    assert!(built.iter().all(same));
}

#[test]
fn a_destination_that_is_taken_away_is_one_error() {
    let site = many();
    wsgen(site.root(), &["build"]).exits(0);
    for n in 0..PAGES {
        site.write(&format!("content/p{n}.md"), "# New\n");
    }
    let (root, stage) = (
        site.root().to_owned(),
        site.root().join("public/.wsgen-build.tmp"),
    );
    let run = std::thread::scope(|scope| {
        let build = scope.spawn(|| wsgen(&root, &["build"]));
        while !stage.exists() && !build.is_finished() {
            std::thread::yield_now();
        }
        let _ = std::fs::rename(root.join("public"), root.join("elsewhere"));
        build.join().unwrap()
    });
    assert!(matches!(run.code, Some(0 | 2)), "{:?}: {}", run.code, run.stderr);
    assert!(run.stderr.matches("error[").count() <= 1, "{}", run.stderr);
    let run = wsgen(site.root(), &["build"]).exits(0);
    assert!(run.stderr.contains("no warnings"), "{}", run.stderr);
}
