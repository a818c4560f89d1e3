//! The commands of a block: lines with a prompt and the output below them, or the block as a whole.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A line of code: its text with the values of calls in it, and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// A command with the output that the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// The lines of the command, without prompts.
    pub(super) lines: Vec<Line>,
    /// The shown output.
    pub(super) output: Vec<Line>,
    /// True if it stands behind a prompt. Otherwise it is the whole block.
    pub(super) prompted: bool,
}

impl Command {
    /// The text for the shell.
    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{}\n", line.text)).collect()
    }

    /// The first line that is no comment.
    pub(super) fn title(&self) -> &str {
        let mut lines = self.lines.iter().map(|line| line.text.trim());
        let is_code = |line: &&str| !line.is_empty() && !line.starts_with('#');
        lines.find(is_code).unwrap_or_default()
    }
}

/// The prompts that a copy button leaves out, too: `static/js/copy.js`.
static PROMPT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let prompt = concat!(
        r"^\s*(?:\([\w.-]+\) ?)?(?:➜ {2,}\S+(?: git:\([^)]*\))?(?: ✗)?|",
        r"\[?[\w.-]+@[^\n$#%]{1,100}[$#%]|(?:[~/][^\s$❯]*\s*)?[$❯➜])(?: +|$)"
    );
    Regex::new(prompt).ok()
});

/// The commands in the lines of a block.
pub(super) fn commands(lines: Vec<Line>) -> Vec<Command> {
    let is_code = |line: &&Line| {
        let text = line.text.trim();
        !text.is_empty() && (after_prompt(&line.text).is_some() || !text.starts_with('#'))
    };
    let first = lines.iter().find(is_code);
    if first.is_some_and(|line| after_prompt(&line.text).is_some()) {
        return prompted(lines);
    }
    let whole = Command {
        lines,
        output: Vec::new(),
        prompted: false,
    };
    if whole.title().is_empty() {
        Vec::new()
    } else {
        vec![whole]
    }
}

fn prompted(lines: Vec<Line>) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let mut open = Open::default();
    for line in lines {
        let Some(command) = commands.last_mut().filter(|_| open.is_open()) else {
            if let Some(text) = after_prompt(&line.text) {
                let text = text.to_owned();
                open = Open::default();
                open.read(&text);
                commands.push(Command {
                    lines: vec![Line {
                        text,
                        range: line.range,
                    }],
                    output: Vec::new(),
                    prompted: true,
                });
            } else if let Some(command) = commands.last_mut() {
                command.output.push(line);
            }
            continue;
        };
        // A copy button leaves the prompts of further lines out, too.
        let text = line.text.strip_prefix("> ").unwrap_or(&line.text).to_owned();
        open.read(&text);
        command.lines.push(Line {
            text,
            range: line.range,
        });
    }
    for command in &mut commands {
        while command
            .output
            .last()
            .is_some_and(|line| line.text.trim().is_empty())
        {
            command.output.pop();
        }
    }
    // A prompt with nothing behind it is the end of a session.
    commands.retain(|command| !command.title().is_empty());
    commands
}

/// The text behind a prompt.
pub(super) fn after_prompt(line: &str) -> Option<&str> {
    let found = PROMPT.as_ref()?.find(line)?;
    Some(&line[found.end()..])
}

/// The reasons for which the next line belongs to a command, too.
#[derive(Debug, Default)]
struct Open {
    /// The ends of here-documents, and true for those that may be indented with tabs.
    documents: Vec<(String, bool)>,
    quote: Option<char>,
    /// The last line ends with a sign that something follows.
    goes_on: bool,
}

impl Open {
    fn is_open(&self) -> bool {
        self.goes_on || self.quote.is_some() || !self.documents.is_empty()
    }

    fn read(&mut self, line: &str) {
        if let Some((end, indented)) = self.documents.first() {
            let text = if *indented {
                line.trim_start_matches('\t')
            } else {
                line
            };
            if text.trim_end() == end {
                self.documents.remove(0);
            }
            return;
        }
        let code = self.code(line);
        let code = code.trim_end();
        self.documents = documents(code);
        self.goes_on = line.ends_with('\\') || ["|", "&&"].iter().any(|sign| code.ends_with(sign));
    }

    /// The line without comments and the texts in quotes.
    fn code(&mut self, line: &str) -> String {
        let mut code = String::new();
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match self.quote {
                Some(quote) if c == quote => self.quote = None,
                Some('"') | None if c == '\\' => drop(chars.next()),
                Some(_) => {}
                None if matches!(c, '\'' | '"') => {
                    // The end of a here-document may stand in quotes.
                    if code.trim_end().ends_with("<<") || code.ends_with("<<-") {
                        code.extend(chars.by_ref().take_while(|next| *next != c));
                        continue;
                    }
                    self.quote = Some(c);
                }
                None if c == '#' && code.chars().last().is_none_or(char::is_whitespace) => break,
                None => code.push(c),
            }
        }
        code
    }
}

/// The ends of the here-documents that a line begins.
fn documents(code: &str) -> Vec<(String, bool)> {
    let code = code.replace("<<<", "");
    let mut ends = Vec::new();
    for part in code.split("<<").skip(1) {
        let (indented, part) = part.strip_prefix('-').map_or((false, part), |part| (true, part));
        let word = part.trim_start().trim_start_matches(['\'', '"']);
        let end = word
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(word.len());
        if word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            ends.push((word[..end].to_owned(), indented));
        }
    }
    ends
}

/// The lines of a script that are no texts of here-documents.
pub(super) fn without_documents(text: &str) -> Vec<&str> {
    let mut open = Open::default();
    let mut lines = Vec::new();
    for line in text.lines() {
        if open.documents.is_empty() {
            lines.push(line);
        }
        open.read(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let line = |text: &str| Line {
            text: text.to_owned(),
            range: 0..0,
        };
        let output = |command: &Command| command.output.iter().map(|line| line.text.clone()).collect();
        let all = commands(text.lines().map(line).collect());
        all.iter()
            .map(|command| (command.text(), output(command)))
            .collect()
    }

    #[test]
    fn a_block_without_prompt_is_one_command() {
        assert_eq!(read("# a\ncd b\nls\n"), [("# a\ncd b\nls\n".to_owned(), vec![])]);
        assert_eq!(read("# only a remark\n\n"), []);
        assert_eq!(read("echo $HOME\n"), [("echo $HOME\n".to_owned(), vec![])]);
    }

    #[test]
    fn lines_with_a_prompt_are_commands() {
        let found = read("$ a\none\n\n$ b\n$ c\ntwo\n  three\n\n");
        let found: Vec<_> = found
            .iter()
            .map(|(text, output)| (text.trim(), output.join("|")))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "one".into()),
                ("b", String::new()),
                ("c", "two|  three".into())
            ]
        );
        for prompt in [
            "$ ",
            "~/lab $ ",
            "user@host:~/x$ ",
            "(venv) $ ",
            "❯ ",
            "[root@web ~]# ",
        ] {
            assert_eq!(
                read(&format!("{prompt}ls\n")),
                [("ls\n".to_owned(), vec![])],
                "{prompt}"
            );
        }
    }

    #[test]
    fn commands_take_the_lines_that_they_need() {
        for command in [
            "a \\\n  b",
            "cat <<EOF\n$ x\ny\nEOF",
            "cat <<-\"END\" | sort\nz\n\tEND",
            "echo 'a\nb'",
            "a |\n  b",
            "a &&\nb",
            "cat <<A <<B\n1\nA\n2\nB",
        ] {
            let found = read(&format!("$ {command}\nout\n"));
            assert_eq!(found, [(format!("{command}\n"), vec!["out".to_owned()])]);
        }
        assert_eq!(read("$ cat <<<a\nb\n# it's\n").len(), 1);
        assert_eq!(
            read("$ echo a # don't\nb\n"),
            [("echo a # don't\n".to_owned(), vec!["b".to_owned()])]
        );
        assert_eq!(
            read("$ a \\\n> b\nc\n"),
            [("a \\\nb\n".to_owned(), vec!["c".to_owned()])]
        );
    }
}
