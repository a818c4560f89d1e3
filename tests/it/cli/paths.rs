//! Paths in findings: from the current folder for people, from the root of the repository for build servers.

use super::*;

const SITE: &str = "-- site/content/a.md --\n# A\n\n[b](gone.md)\n-- .git/HEAD --\n\n";

#[test]
fn files_are_named_for_the_one_who_reads() {
    let site = Site::from(SITE);
    let at = "site/content/a.md";
    let run = wsgen(site.root(), &["check", "-s", "site"]).exits(1);
    assert!(run.stderr.contains(&format!("--> {at}:3:5")), "{}", run.stderr);
    for format in ["github", "sarif", "junit", "json"] {
        let run = wsgen(site.root(), &["check", "-s", "site", "--format", format]).exits(1);
        assert!(run.stdout.contains(at), "{format}: {}", run.stdout);
    }
    let inside = site.root().join("site");
    let run = wsgen(&inside, &["check", "--format", "github"]).exits(1);
    assert!(run.stdout.contains(&format!("file={at},")), "{}", run.stdout);
    let run = wsgen(&inside, &["check"]).exits(1);
    assert!(run.stderr.contains("--> content/a.md:3:5"), "{}", run.stderr);
}
