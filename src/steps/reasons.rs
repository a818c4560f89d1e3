//! Reasons for which the text of a block does not run.

use std::sync::LazyLock;

use regex::Regex;

use super::script::without_documents;

/// A word in angle brackets. What makes it a placeholder is asked of the match.
static BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(^|[^<\d&])<(\p{Alphabetic}[^<>\n=$"'&|;()/@.]*)>($|\s|[^\w])"#).ok());

/// The first text in angle brackets that a reader has to replace: `<YOUR_NAME>`, `<project id>`.
pub(super) fn placeholder(text: &str) -> Option<String> {
    let found = BRACKETS.as_ref()?.captures_iter(text);
    let names = found.filter_map(|found| found.get(2).map(|name| name.as_str()));
    names
        .filter(|name| !name.ends_with(' ') && !text.contains(&format!("</{name}>")))
        .map(|name| format!("<{name}>"))
        .next()
}

/// The first program of `skip` that a script starts.
pub(super) fn skipped_program<'s>(script: &str, skip: &'s [String]) -> Option<&'s str> {
    let lines = without_documents(script);
    let words: Vec<&str> = lines.iter().flat_map(|line| programs(line)).collect();
    let found = skip.iter().find(|program| words.contains(&program.as_str()));
    found.map(String::as_str)
}

/// Words that stand before the name of a program.
const BEFORE: [&str; 12] = [
    "time", "env", "exec", "command", "then", "else", "do", "if", "while", "until", "nohup", "!",
];

/// The programs that a line of a script starts.
fn programs(line: &str) -> Vec<&str> {
    let line = if line.trim_start().starts_with('#') {
        ""
    } else {
        line
    };
    let parts = line.split(['|', '&', ';', '(', '`', '{']);
    let is_program = |word: &&str| !BEFORE.contains(word) && !word.contains('=');
    parts
        .filter_map(|part| part.split_whitespace().find(is_program))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_in_angle_brackets() {
        for (text, name) in [
            ("git clone <URL>\n", "<URL>"),
            ("cd <your-project>/src", "<your-project>"),
            ("cd <プロジェクト名>", "<プロジェクト名>"),
            ("echo \"<project id>\"", "<project id>"),
            ("kubectl logs <pod>", "<pod>"),
        ] {
            assert_eq!(placeholder(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "cat <in >out",
            "cat <<EOF >x\nEOF",
            "echo '<h1>a</h1>'",
            "git commit --author 'A <a@example.org>'",
            "sort < a > b",
            "diff <(a) <(b)",
            "a 2>&1 <b",
            "[[ $a < $b ]] && [[ $c > $d ]]",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }

    #[test]
    fn programs_stand_at_the_beginning_of_commands() {
        let skip = ["sudo".to_owned(), "brew".to_owned()];
        for text in [
            "sudo ls",
            "a && sudo b",
            "x=1 sudo b",
            "echo $(sudo b)",
            "if brew x; then y; fi",
            "time brew a",
        ] {
            assert!(skipped_program(text, &skip).is_some(), "{text}");
        }
        for text in [
            "echo sudo",
            "# sudo x",
            "cat <<EOF\nsudo x\nEOF",
            "man brew",
            "a --sudo",
        ] {
            assert_eq!(skipped_program(text, &skip), None, "{text}");
        }
    }
}
