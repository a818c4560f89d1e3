//! Builds that do not end: what they have begun, the next one finishes.

use super::*;

type Files<'a> = &'a [(&'a str, &'a str)];

const OLD: Files<'_> = &[
    ("index.html", "home"),
    ("a/index.html", "a"),
    ("b/c/index.html", "c"),
    ("b/c/p.png", "p"),
    ("d", "a file"),
    ("e/f", "f"),
    ("kept.css", "kept"),
];
const NEW: Files<'_> = &[
    ("index.html", "new home"),
    ("a/index.html", "a"),
    ("b/index.html", "b"),
    ("d/index.html", "a folder"),
    ("e", "a file"),
    ("g/h/i/index.html", "i"),
    ("g/h/x.css", "x"),
    ("sitemap.xml", "new"),
    ("kept.css", "kept"),
];
const NEXT: Files<'_> = &[("index.html", "next"), ("g/h/x.css", "x"), ("e/f", "f again")];

/// The first `steps` steps of a plan.
fn begun(plan: &Plan, mut steps: usize) -> Plan {
    let mut part = |len: usize| {
        let taken = steps.min(len);
        steps -= taken;
        taken
    };
    let mut folders: Vec<_> = plan.folders.iter().cloned().collect();
    folders.sort_by_key(|folder| folder.matches('/').count());
    Plan {
        is_informed: plan.is_informed,
        renamed: plan.renamed[..part(plan.renamed.len())].to_vec(),
        folders: folders.into_iter().take(part(plan.folders.len())).collect(),
        moved: plan.moved[..part(plan.moved.len())].to_vec(),
        removed: plan
            .removed
            .iter()
            .take(part(plan.removed.len()))
            .map(|(path, checksum)| (path.clone(), *checksum))
            .collect(),
        known: plan.known.clone(),
    }
}

fn steps(plan: &Plan) -> usize {
    plan.renamed.len() + plan.folders.len() + plan.moved.len() + plan.removed.len()
}

impl Site {
    /// Writes files and ends without a word after so many steps in the destination; gives how many there are.
    fn end_after(&self, files: Files<'_>, done: usize) -> usize {
        let (tree, destination) = (SourceTree::default(), self.root().join("public"));
        let mut emission = begin(&tree, &self.place(&destination)).unwrap();
        emission.write(&output(files));
        let plan = emission.plan();
        emission.stage.begin(&plan).unwrap();
        let part = begun(&plan, done);
        let old = emission.memory.manifest();
        commit::carry_out(&part, &emission.root, emission.stage.dir(), old, Progress::New).unwrap();
        steps(&plan)
    }

    fn contents(&self) -> Vec<(String, Option<String>)> {
        self.list()
            .into_iter()
            .map(|path| (path.clone(), self.read(&path)))
            .collect()
    }
}

/// The files of a build into an empty folder, and a file of somebody else.
fn clean(files: Files<'_>) -> Vec<(String, Option<String>)> {
    let site = Site::new();
    site.put("CNAME", "mine");
    site.emit(files);
    site.contents()
}

#[test]
fn a_build_that_ends_at_any_step_is_finished_by_the_next() {
    for old in [OLD, &[]] {
        let mut done = 0;
        loop {
            let site = Site::new();
            site.emit(old);
            site.put("CNAME", "mine");
            let all = site.end_after(NEW, done);
            let report = site.emit(NEXT);
            assert_eq!(failed(&report), [""; 0], "after {done}");
            assert_eq!(site.contents(), clean(NEXT), "after {done} of {all}");
            assert!(report.is_informed && report.foreign.is_empty(), "after {done}");
            if done == all {
                break;
            }
            done += 1;
        }
        assert!(done > 10, "{done} steps");
    }
}

#[test]
fn a_build_that_ends_twice_is_finished_by_the_next() {
    for (first, second) in (0..12).flat_map(|first| (0..8).map(move |second| (first, second))) {
        let site = Site::new();
        site.put("CNAME", "mine");
        site.emit(OLD);
        site.end_after(NEW, first);
        site.end_after(OLD, second);
        site.emit(NEXT);
        assert_eq!(site.contents(), clean(NEXT), "after {first} and {second}");
    }
}

#[test]
fn until_the_journal_is_whole_the_destination_is_as_it_was() {
    for share in [0, 1, 2] {
        let site = Site::new();
        site.emit(OLD);
        let before = site.contents();
        let (tree, destination) = (SourceTree::default(), site.root().join("public"));
        let mut emission = begin(&tree, &site.place(&destination)).unwrap();
        emission.write(&output(NEW));
        let plan = emission.plan();
        emission.stage.begin(&plan).unwrap();
        let journal = emission.stage.dir().join("journal");
        let len = fs::metadata(&journal).unwrap().len();
        drop(emission);
        let file = fs::File::options().write(true).open(&journal).unwrap();
        file.set_len(len * share / 3).unwrap();
        site.emit(OLD);
        assert_eq!(site.contents(), before);
    }
}

#[test]
fn what_a_power_cut_has_damaged_is_not_put_in() {
    let site = Site::new();
    site.emit(OLD);
    site.end_after(NEW, 0);
    for entry in fs::read_dir(site.at(stage::FOLDER)).unwrap().flatten() {
        if entry.file_name() != "journal" {
            fs::write(entry.path(), "").unwrap();
        }
    }
    let report = site.emit(&[("kept.css", "kept")]);
    assert!(report.foreign.is_empty() && report.edited.is_empty());
    assert_eq!(site.list(), ["kept.css"]);
}

#[test]
fn a_file_that_a_power_cut_has_emptied_is_nobodys_work() {
    let site = Site::new();
    site.emit(&[("a/x.html", "text"), ("b.html", "text"), ("c.html", "text")]);
    site.put("a/x.html", "");
    site.put("b.html", "\0\0\0\0");
    site.put("c.html", "mine");
    let report = site.emit(&[]);
    assert_eq!(site.list(), ["c.html"]);
    assert_eq!(report.edited, ["c.html"]);
}

#[test]
fn a_build_that_is_stopped_leaves_the_destination_as_it_was() {
    let site = Site::new();
    site.emit(OLD);
    let before = site.contents();
    let (tree, destination) = (SourceTree::default(), site.root().join("public"));
    let halt = Halt::default();
    let mut emission = Emission::begin(&tree, &site.place(&destination), &halt, || ()).unwrap();
    emission.write(&output(&NEW[..3]));
    drop(halt.stop());
    emission.write(&output(&NEW[3..]));
    assert_eq!(site.contents(), before);
    assert!(emission.finish().obstacle.is_some());
    assert_eq!(site.contents(), before);
}

#[test]
fn what_stands_in_the_way_of_a_build_that_is_finished_costs_one_file() {
    let site = Site::new();
    site.emit(OLD);
    site.end_after(NEW, 3);
    // Somebody has put a folder where a page should be, which costs that page alone.
    fs::remove_file(site.at("index.html")).unwrap();
    site.put("index.html/mine", "mine");
    let report = site.emit(NEXT);
    assert_eq!(failed(&report), ["index.html"]);
    assert_eq!(
        site.list(),
        [
            "e/",
            "e/f",
            "g/",
            "g/h/",
            "g/h/x.css",
            "index.html/",
            "index.html/mine"
        ]
    );
}

#[test]
fn a_second_build_waits_for_the_first() {
    let site = Site::new();
    let (tree, destination) = (SourceTree::default(), site.root().join("public"));
    let mut first = begin(&tree, &site.place(&destination)).unwrap();
    first.write(&output(OLD));
    let waited = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let wait = || waited.store(true, std::sync::atomic::Ordering::SeqCst);
            let (tree, halt) = (SourceTree::default(), Halt::default());
            let mut second = Emission::begin(&tree, &site.place(&destination), &halt, wait).unwrap();
            second.write(&output(NEXT));
            second.finish()
        });
        while !waited.load(std::sync::atomic::Ordering::SeqCst) {
            std::thread::yield_now();
        }
        first.finish();
        assert!(second.join().unwrap().failures.is_empty());
    });
    let clean = Site::new();
    clean.emit(NEXT);
    assert_eq!(site.contents(), clean.contents());
}

#[test]
fn where_case_does_not_count_a_name_that_changes_only_in_case_is_changed() {
    let site = Site::new();
    site.emit(&[
        ("Img/Sub/Logo.png", "logo"),
        ("Old.txt", "old"),
        ("Gone.txt", "gone"),
    ]);
    let (tree, destination) = (SourceTree::default(), site.root().join("public"));
    let mut emission = begin(&tree, &site.place(&destination)).unwrap();
    emission.memory.be_blind();
    emission.write(&output(&[
        ("img/sub/logo.png", "logo"),
        ("old.txt", "new"),
        ("OLD.txt", "other"),
    ]));
    let report = emission.finish();
    assert_eq!(site.list(), ["img/", "img/sub/", "img/sub/logo.png", "old.txt"]);
    assert_eq!(site.read("old.txt").as_deref(), Some("new"));
    assert_eq!(failed(&report), ["OLD.txt"]);
    assert_eq!(report.removed, 1);
    site.emit(&[]);
    assert_eq!(site.list(), [""; 0]);
}
