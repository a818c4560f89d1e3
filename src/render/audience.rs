//! The audience of a page by front matter of workshops: its level, and its prerequisites.

use spanned_data::Map;

/// Keys of the level in workshops.
const LEVEL: [&str; 4] = ["level", "difficulty", "difficulties", "난이도"];
/// Keys of the prerequisites in workshops.
const PREREQUISITES: [&str; 4] = ["prerequisites", "prerequisite", "prereq", "요구사항"];
/// Values for "no prerequisites" in workshops.
const NOTHING: [&str; 6] = ["none", "no", "n/a", "-", "nenhum", "ninguno"];

/// The level as written, several with commas between them; empty if it is not given.
pub(super) fn level(params: &Map) -> String {
    texts(params, &LEVEL).join(", ")
}

/// The prerequisites of a page.
pub(super) fn prerequisites(params: &Map) -> Vec<String> {
    let mut texts = texts(params, &PREREQUISITES);
    texts.retain(|text| {
        let word = text.trim_end_matches('.').to_lowercase();
        !NOTHING.contains(&word.as_str())
    });
    texts
}

/// The texts of the first of `names` that is there. A number or a table is nothing to print.
fn texts(params: &Map, names: &[&str]) -> Vec<String> {
    let value = names.iter().find_map(|name| params.get(name));
    let items = value.map_or(&[][..], |value| value.items());
    let texts = items.iter().filter_map(|item| item.as_str());
    texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use spanned_data::yaml;

    fn params(text: &str) -> Map {
        yaml::parse(text, 0).0.unwrap().into_map().unwrap()
    }

    #[test]
    fn levels_are_words() {
        assert_eq!(
            level(&params("difficulties: [beginner, advanced]")),
            "beginner, advanced"
        );
        assert_eq!(level(&params("level: \" Basic \"")), "Basic");
        assert_eq!(level(&params("level: 3")), "");
        assert_eq!(level(&params("a: b")), "");
    }

    #[test]
    fn nothing_to_know_is_nothing() {
        assert_eq!(prerequisites(&params("prereq: None")), [""; 0]);
        assert_eq!(prerequisites(&params("prerequisites: [Git, Go]")), ["Git", "Go"]);
    }
}
