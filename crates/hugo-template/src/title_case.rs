//! Capitals in titles, as style guides want them.

/// The capitals of a title: `titleCaseStyle`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TitleStyle {
    /// As the Associated Press does: all words but articles and short prepositions.
    #[default]
    Ap,
    /// As the Chicago Manual of Style does: long prepositions are small, too.
    Chicago,
    /// Capitals for every word.
    Go,
    /// The first letter alone.
    FirstUpper,
    /// No changes.
    None,
}

/// Words that the Associated Press leaves small inside of a title.
const SMALL: [&str; 23] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per",
    "the", "to", "v", "v.", "via", "vs", "vs.",
];

/// Words that Chicago leaves small besides those.
const PREPOSITIONS: [&str; 31] = [
    "about", "above", "across", "after", "against", "along", "among", "around", "before", "behind", "below",
    "between", "beyond", "down", "during", "from", "inside", "into", "like", "near", "off", "onto", "over",
    "past", "since", "through", "till", "under", "until", "with", "without",
];

impl TitleStyle {
    /// The style with this name, in any case; unknown names are that of the Associated Press, as in Hugo.
    pub fn named(name: &str) -> Self {
        match name.to_lowercase().as_str() {
            "chicago" => Self::Chicago,
            "go" => Self::Go,
            "firstupper" => Self::FirstUpper,
            "none" => Self::None,
            _ => Self::Ap,
        }
    }

    /// The title in this style.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::FirstUpper => first_upper(text),
            Self::Go => with_capitals(text, |_| false),
            Self::Ap => with_capitals(text, |word| SMALL.contains(&word)),
            Self::Chicago => {
                with_capitals(text, |word| SMALL.contains(&word) || PREPOSITIONS.contains(&word))
            }
        }
    }
}

/// The text with a capital at its start.
pub fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Capitals at the start of all words but those that `is_small` names, in lower case, inside of the title.
fn with_capitals(text: &str, is_small: impl Fn(&str) -> bool) -> String {
    let words = words(text);
    let last = words.len().saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (number, &(start, end)) in words.iter().enumerate() {
        out.push_str(&text[copied..start]);
        let word = &text[start..end];
        let lower = word.to_lowercase();
        let small = is_small(&lower) && number > 0 && (number < last || end < text.len());
        let small = small && !after_colon(&text[..start]) && !text[end..].starts_with('-');
        out.push_str(&if small { lower } else { first_upper(word) });
        copied = end;
    }
    out + &text[copied..]
}

fn after_colon(before: &str) -> bool {
    before.trim_end_matches(' ').ends_with(':')
}

/// Start and end of each word: from a letter or digit to white space, a hyphen or a slash.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match open {
            None if c.is_alphanumeric() => open = Some(at),
            Some(start) if c.is_whitespace() || matches!(c, '-' | '/') => {
                words.push((start, at));
                open = None;
            }
            _ => {}
        }
    }
    words.extend(open.map(|start| (start, text.len())));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_has_its_capitals() {
        let cases = [
            ("ap", "Of Mice and Men From Here"),
            ("Chicago", "Of Mice and Men from Here"),
            ("go", "Of Mice And Men From Here"),
            ("FirstUpper", "Of mice and men from here"),
            ("none", "of mice and men from here"),
        ];
        for (name, title) in cases {
            assert_eq!(
                TitleStyle::named(name).apply("of mice and men from here"),
                title,
                "{name}"
            );
        }
        assert_eq!(TitleStyle::Ap.apply(".net"), ".Net");
    }
}
