//! The nearest of some names, for "did you mean".
//!
//! Names are compared without regard to case and separators. Edits are counted over characters, so that one wrong
//! kanji of four is a near miss and not three wrong bytes; a wrong folder before the right file name is one, too. The
//! number that orders files (`10-setup.md`) and the ending of Markdown files count for little: authors forget both.

/// The name most like `name`, if any is like it at all.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(name, candidates, 1).pop()
}

/// At most `count` names like `name`, the most similar first; of equals the first given.
pub fn nearest_few<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let wanted = Name::new(name);
    let mut best: Vec<(f64, &str)> = candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| Some((likeness(&wanted, &Name::new(candidate))?, candidate)))
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    best.dedup_by(|a, b| a.1 == b.1);
    best.into_iter()
        .take(count)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// The help line for a name that does not exist: ``did you mean `x`?``.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The name that was certainly meant: the only one that is one letter away, which is missing, doubled, wrong or swapped with
/// its neighbour, or that differs in case alone. Digits tell names apart and are never a slip.
pub fn certain<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = candidates
        .into_iter()
        .filter(|candidate| is_slip(name, candidate));
    let first = near.next()?;
    near.all(|other| other == first).then_some(first)
}

/// Returns true if two names differ in one letter, or in case.
fn is_slip(a: &str, b: &str) -> bool {
    if a == b || a.chars().count() < 3 {
        return false;
    }
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(a) != digits(b) {
        return false;
    }
    let fold = |name: &str| name.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (a, b) = (fold(a), fold(b));
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (x, y) = (&a[same..], &b[same..]);
    match (x, y) {
        ([], []) => true,
        ([p, q, x @ ..], [r, s, y @ ..]) if p == s && q == r && x == y => true,
        _ => x.get(1..) == y.get(1..) || x.get(1..) == Some(y) || Some(x) == y.get(1..),
    }
}

/// A name ready to be compared.
struct Name {
    /// Lower case, one separator.
    whole: Chars,
    /// The text after the last slash, if there is one.
    last: Option<Chars>,
    /// The last part without the number before it and the ending behind it.
    bare: Chars,
}

/// Characters, and a set of them that is quick to compare.
struct Chars {
    list: Vec<char>,
    set: u64,
}

impl Name {
    fn new(name: &str) -> Self {
        let folded = fold(name);
        let last = folded
            .trim_end_matches('/')
            .rsplit_once('/')
            .map(|(_, last)| Chars::new(last));
        Self {
            whole: Chars::new(&folded),
            last,
            bare: Chars::new(bare(&folded)),
        }
    }

    fn last(&self) -> &Chars {
        self.last.as_ref().unwrap_or(&self.whole)
    }
}

impl Chars {
    fn new(text: &str) -> Self {
        let list: Vec<char> = text.chars().collect();
        let set = list.iter().fold(0, |set, &c| set | 1 << (u32::from(c) % 64));
        Self { list, set }
    }

    /// A lower bound of the edits between two texts, from lengths and sets of characters alone.
    fn least_edits(&self, other: &Self) -> usize {
        let missing = (self.set & !other.set)
            .count_ones()
            .max((other.set & !self.set).count_ones());
        self.list.len().abs_diff(other.list.len()).max(missing as usize)
    }
}

fn fold(name: &str) -> String {
    let name = name.trim();
    let separators = |c: char| if matches!(c, '_' | ' ' | '-') { '-' } else { c };
    name.chars()
        .flat_map(char::to_lowercase)
        .map(separators)
        .collect()
}

/// Likeness from 0 to 1; `None` if the names have little in common.
fn likeness(wanted: &Name, candidate: &Name) -> Option<f64> {
    let whole = edits(&wanted.whole, &candidate.whole);
    let last = (wanted.last.is_some() || candidate.last.is_some())
        .then(|| edits(wanted.last(), candidate.last()))
        .flatten()
        .map(|likeness| likeness * 0.95);
    let bare = edits(&wanted.bare, &candidate.bare).map(|likeness| likeness * 0.9);
    whole.into_iter().chain(last).chain(bare).max_by(f64::total_cmp)
}

/// `setup` for `docs/10-setup.md`.
fn bare(folded: &str) -> &str {
    let path = folded.trim_end_matches('/');
    let last = path.rsplit_once('/').map_or(path, |(_, last)| last);
    let name = [".md", ".markdown", ".html"]
        .iter()
        .find_map(|ending| last.strip_suffix(ending))
        .unwrap_or(last);
    let unnumbered = name.trim_start_matches(|c: char| c.is_ascii_digit());
    match unnumbered.strip_prefix(['-', '.']) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    }
}

/// Likeness by edits: at most a third of the characters may differ, one in short names; or one name is a part of the
/// other.
fn edits(a: &Chars, b: &Chars) -> Option<f64> {
    let longer = a.list.len().max(b.list.len());
    let allowed = (longer / 3).max(1);
    if longer < 2 {
        return None;
    }
    if a.least_edits(b) <= allowed {
        let distance = strsim::generic_damerau_levenshtein(&a.list, &b.list);
        if distance <= allowed {
            return Some(1.0 - distance as f64 / longer as f64);
        }
    }
    part(a, b).then_some(0.5)
}

/// Returns true if the shorter of the two is a part of the longer and long enough to be meant.
fn part(a: &Chars, b: &Chars) -> bool {
    let (short, long) = if a.list.len() < b.list.len() {
        (a, b)
    } else {
        (b, a)
    };
    let enough = short.list.len() >= 4 || (short.list.len() >= 2 && !short.list.iter().any(char::is_ascii));
    enough && short.set & !long.set == 0 && long.list.windows(short.list.len()).any(|w| w == short.list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_a_slip_and_a_digit_is_none() {
        let names = ["title", "weight", "lab1.md", "lab2.md", "note"];
        for (name, meant) in [
            ("titel", Some("title")),
            ("tile", Some("title")),
            ("tittle", Some("title")),
            ("Weight", Some("weight")),
            ("wieght", Some("weight")),
            ("lab3.md", None),
            ("lab12.md", None),
            ("noet", Some("note")),
            ("no", None),
            ("wt", None),
            ("heading", None),
        ] {
            assert_eq!(certain(name, names), meant, "{name}");
        }
        assert_eq!(certain("bat", ["cat", "rat"]), None);
    }

    #[test]
    fn a_typing_mistake_finds_the_name() {
        let names = ["notice", "mermaid", "relref", "ref"];
        assert_eq!(nearest("notcie", names), Some("notice"));
        assert_eq!(nearest("mermiad", names), Some("mermaid"));
        assert_eq!(nearest("reff", names), Some("ref"));
        assert_eq!(nearest("zzz", names), None);
    }

    #[test]
    fn case_and_separators_do_not_count() {
        assert_eq!(
            nearest("My Page.md", ["other.md", "my-page.md"]),
            Some("my-page.md")
        );
    }

    #[test]
    fn japanese_counts_by_character() {
        assert_eq!(
            nearest("環境購築", ["準備", "環境構築", "まとめ"]),
            Some("環境構築")
        );
        assert_eq!(
            nearest("構築", ["準備", "環境構築ガイド"]),
            Some("環境構築ガイド")
        );
        assert_eq!(nearest("準備", ["起動", "終了"]), None);
    }

    #[test]
    fn the_right_file_in_a_wrong_folder_is_found() {
        let names = ["/docs/lab/10_setup.md", "/docs/lab/20_run.md"];
        assert_eq!(nearest("/labs/10_setup.md", names), Some("/docs/lab/10_setup.md"));
        assert_eq!(nearest("10_setpu.md", names), Some("/docs/lab/10_setup.md"));
    }

    #[test]
    fn forgotten_numbers_and_endings_count_for_little() {
        let names = ["/10-prepare/10-tools", "/20-build/10-greeting", "/20-build"];
        assert_eq!(nearest("gretting.md", names), Some("/20-build/10-greeting"));
        assert_eq!(nearest("../tool.md", names), Some("/10-prepare/10-tools"));
        assert_eq!(nearest("20-greeting", names), Some("/20-build/10-greeting"));
        assert_eq!(nearest("2024.md", ["/1984"]), None);
    }

    #[test]
    fn the_most_similar_names_come_first() {
        let names = ["tabs", "tab", "table", "tabs"];
        assert_eq!(nearest_few("tabz", names, 2), ["tabs", "tab"]);
    }

    #[test]
    fn the_name_itself_is_never_proposed() {
        assert_eq!(nearest("tab", ["tab"]), None);
    }

    #[test]
    fn single_characters_propose_nothing() {
        assert_eq!(nearest("a", ["b", "c"]), None);
    }
}
