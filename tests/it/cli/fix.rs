//! `wsgen check --fix`: what it mends, and what it leaves alone.

use super::*;

const SLIPS: &str = "-- content/a.md --\n\
    ---\ntitle: A\nwieght: 3\n---\n\n\
    ##Title\n\n\
    [a](lab-setpu.md) [b](lab3.md) [c] (lab1.md) [d](#titel) [e]({{< relref \"lab-setu.md\" >}})\n\n\
    Right as it is: `##code` and [f](lab1.md).\n\
    -- content/lab-setup.md --\n# Setup\n-- content/lab1.md --\n# One\n";

const MENDED: &str = "---\ntitle: A\nweight: 3\n---\n\n\
    ## Title\n\n\
    [a](lab-setup.md) [b](lab3.md) [c](lab1.md) [d](#title) [e]({{< relref \"lab-setup.md\" >}})\n\n\
    Right as it is: `##code` and [f](lab1.md).\n";

fn page(site: &Site) -> String {
    std::fs::read_to_string(site.root().join("content/a.md")).unwrap()
}

#[test]
fn what_has_one_cure_is_mended_and_nothing_else() {
    let site = Site::from(SLIPS);
    let before = page(&site);
    let run = wsgen(site.root(), &["check", "--fix", "--dry-run"]).exits(1);
    assert_eq!(page(&site), before, "a dry run writes nothing");
    assert!(
        run.stdout.contains("@@ -6,1 +6,1 @@\n-##Title\n+## Title\n"),
        "{}",
        run.stdout
    );
    let run = wsgen(site.root(), &["check", "--fix"]).exits(1);
    assert_eq!(page(&site), MENDED);
    assert!(
        run.stderr.contains("6 findings mended in 1 file\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("`lab3.md`"),
        "a digit is no slip: {}",
        run.stderr
    );
    let again = wsgen(site.root(), &["check", "--fix"]).exits(1);
    assert_eq!(page(&site), MENDED, "twice is the same as once");
    assert!(!again.stderr.contains("mended"), "{}", again.stderr);
}

#[test]
fn a_site_without_findings_stays_as_it_is() {
    let text = "# A\n\n[b](b.md)\r\n| a |\n|---|\n\n```md\n##Title\n```\n\u{3000}\n";
    let site = Site::from("-- content/b.md --\n# B\n");
    site.write("content/a.md", text);
    wsgen(site.root(), &["check", "--fix"]).exits(0);
    assert_eq!(page(&site), text);
}
