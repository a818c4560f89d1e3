//! Plurals and singulars of English words.

use super::Entry;

pub(super) const FUNCTIONS: &[Entry] = &[
    (&["pluralize", "inflect.Pluralize"], |_, args| {
        Ok(plural(&args.text(0)?).into())
    }),
    (&["singularize", "inflect.Singularize"], |_, args| {
        Ok(singular(&args.text(0)?).into())
    }),
];

const IRREGULAR: [(&str, &str); 24] = [
    ("analysis", "analyses"),
    ("child", "children"),
    ("datum", "data"),
    ("foot", "feet"),
    ("goose", "geese"),
    ("half", "halves"),
    ("hero", "heroes"),
    ("index", "indices"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("man", "men"),
    ("mouse", "mice"),
    ("movie", "movies"),
    ("ox", "oxen"),
    ("person", "people"),
    ("potato", "potatoes"),
    ("quiz", "quizzes"),
    ("shelf", "shelves"),
    ("tomato", "tomatoes"),
    ("tooth", "teeth"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("woman", "women"),
];
const UNCOUNTED: [&str; 9] = [
    "equipment",
    "information",
    "rice",
    "money",
    "species",
    "series",
    "fish",
    "sheep",
    "news",
];

fn is_uncounted(word: &str) -> bool {
    UNCOUNTED.contains(&word.to_lowercase().as_str())
}

/// `word` with its ending exchanged for an irregular one, keeping the case of its first letter.
fn irregular(
    word: &str,
    pair: impl Fn(&(&'static str, &'static str)) -> (&'static str, &'static str),
) -> Option<String> {
    let lower = word.to_lowercase();
    let (_, to) = IRREGULAR.iter().map(pair).find(|(from, _)| lower == *from)?;
    let first: String = word.chars().take(1).collect();
    Some(first + to.get(1..)?)
}

fn plural(word: &str) -> String {
    if word.is_empty() || is_uncounted(word) {
        return word.to_owned();
    }
    if let Some(plural) = irregular(word, |pair| *pair) {
        return plural;
    }
    let before_y = word
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    let is_plural = word.ends_with('s') && !["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end));
    match before_y {
        _ if is_plural => word.to_owned(),
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        None => format!("{word}s"),
    }
}

fn singular(word: &str) -> String {
    if is_uncounted(word) || word.ends_with("ss") {
        return word.to_owned();
    }
    if let Some(singular) = irregular(word, |(one, many)| (many, one)) {
        return singular;
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hissing = ["ses", "xes", "ches", "shes"]
        .iter()
        .any(|end| word.ends_with(end));
    let cut = if hissing {
        2
    } else {
        usize::from(word.ends_with('s'))
    };
    word[..word.len() - cut].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_english() {
        for (one, many) in [
            ("cat", "cats"),
            ("box", "boxes"),
            ("city", "cities"),
            ("day", "days"),
            ("Person", "People"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
        }
        assert_eq!(singular("class"), "class");
        assert_eq!(plural("fish"), "fish");
    }
}
