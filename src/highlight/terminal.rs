//! Terminal sessions: prompts and output are marked, commands are highlighted as shell.

use syntect::parsing::ParsingError;

use super::grammar::Parser;
use super::tokens::{Builder, TokenClass};

/// Returns true for code in a shell language that is a session: its first line that is no comment begins with `$ `,
/// which no script does.
pub(super) fn is_session(code: &str) -> bool {
    code.lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .is_some_and(|line| line.trim_start().starts_with("$ "))
}

/// Adds the runs of a session. `parser` parses shell. Without any prompt there is no telling commands from output, and
/// all is plain. Comments between commands count as output: they are not to be run.
pub(super) fn session(code: &str, parser: &mut Parser<'_>, out: &mut Builder) -> Result<(), ParsingError> {
    let root_prompts = !code.lines().any(|line| prompt(line, false).is_some());
    if !code.lines().any(|line| prompt(line, root_prompts).is_some()) {
        out.push(TokenClass::Plain, code);
        return Ok(());
    }
    let mut continued = Continued::No;
    for line in code.split_inclusive('\n') {
        let command = match prompt(line, root_prompts) {
            Some(end) => {
                parser.restart();
                continued = Continued::No;
                Some(end)
            }
            None => continued.prompt(line),
        };
        let Some(start) = command else {
            out.push(TokenClass::Output, line);
            continue;
        };
        out.push(TokenClass::Prompt, &line[..start]);
        parser.line(&line[start..], out)?;
        continued = continued.after(&line[start..]);
    }
    Ok(())
}

/// The way in which the next line belongs to the command of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Continued {
    No,
    Backslash,
    /// Up to a line that holds only this word.
    HereDocument(String),
}

impl Continued {
    /// Length of the secondary prompt when `line` belongs to the command.
    fn prompt(&self, line: &str) -> Option<usize> {
        match self {
            Self::No => None,
            Self::Backslash | Self::HereDocument(_) => Some(if line.starts_with("> ") { 2 } else { 0 }),
        }
    }

    fn after(self, command: &str) -> Self {
        let command = command.trim_end();
        match self {
            Self::HereDocument(end) if command.trim_start() == end => Self::No,
            Self::HereDocument(end) => Self::HereDocument(end),
            _ => here_document(command).map_or_else(
                || {
                    if command.ends_with('\\') {
                        Self::Backslash
                    } else {
                        Self::No
                    }
                },
                Self::HereDocument,
            ),
        }
    }
}

/// The end word of `<<EOF`, `<< 'EOF'`, `<<-EOF`; not of `<<<`.
fn here_document(command: &str) -> Option<String> {
    let (_, rest) = command.split_once("<<")?;
    let rest = rest
        .trim_start_matches('-')
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!word.is_empty()).then_some(word)
}

/// Length of the prompt that `line` begins with. A bare `# ` counts when `root` is set.
fn prompt(line: &str, root: bool) -> Option<usize> {
    windows_prompt(line).or_else(|| {
        let sign = line.find(['$', '#', '%'])?;
        let (head, tail) = line.split_at(sign);
        let ends = tail[1..].is_empty() || tail[1..].starts_with([' ', '\n', '\r']);
        let bare = head.trim().is_empty() && (root || !tail.starts_with('#'));
        let length = sign + 1 + usize::from(tail[1..].starts_with(' '));
        (ends && (bare || is_place(head))).then_some(length)
    })
}

/// Returns true if `head` is the part before the sign of a prompt: `user@host:~`, `[user@host dir]`, `bash-5.1`, `/ `.
fn is_place(head: &str) -> bool {
    const MAX_BYTES: usize = 120;
    let head = strip_environment(head);
    let bracketed = head
        .trim_end()
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let place = bracketed.unwrap_or(head.trim_end());
    let one_word = !place.contains(char::is_whitespace);
    head.len() <= MAX_BYTES
        && ((bracketed.is_some() || one_word) && place.contains('@')
            || one_word && place.starts_with(['/', '~'])
            || one_word && (place.starts_with("bash-") || place.starts_with("sh-")))
}

/// Removes `(venv) ` from the beginning.
fn strip_environment(head: &str) -> &str {
    head.strip_prefix('(')
        .and_then(|rest| rest.split_once(") "))
        .map_or(head, |(_, rest)| rest)
}

/// `PS C:\work> ` and `C:\work>`.
fn windows_prompt(line: &str) -> Option<usize> {
    let path = line.strip_prefix("PS ").unwrap_or(line);
    let mut start = path.chars();
    let drive = start.next().is_some_and(|c| c.is_ascii_alphabetic()) && start.as_str().starts_with(":\\");
    let bare = line.starts_with("PS> ");
    let end = line.find('>').filter(|_| drive || bare)? + 1;
    Some(end + usize::from(line[end..].starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prompts_are_found() {
        for (line, length) in [
            ("$ ls", Some(2)),
            ("$", Some(1)),
            ("  $ ls", Some(4)),
            ("% ls", Some(2)),
            ("root@web-1:/# ls", Some(14)),
            ("[ec2-user@ip-10-0-0-1 app]$ ls", Some(28)),
            ("(venv) me@host:~/x$ ls", Some(20)),
            ("bash-5.1$ ls", Some(10)),
            ("/ # ls", Some(4)),
            ("PS C:\\work> dir", Some(12)),
            ("C:\\>dir", Some(4)),
            ("$HOME is set", None),
            ("costs 5 $ each", None),
            ("NAME  READY", None),
            ("100% done", None),
            ("", None),
        ] {
            assert_eq!(prompt(line, false), length, "{line}");
        }
    }

    #[test]
    fn a_bare_hash_is_a_prompt_only_where_no_other_prompt_is() {
        assert_eq!(prompt("# ls", true), Some(2));
        assert_eq!(prompt("# ls", false), None);
    }

    #[test]
    fn a_script_is_a_session_when_it_begins_with_a_dollar() {
        assert!(is_session("\n# setup\n$ ls\n"));
        assert!(!is_session("ls\n$ x"));
        assert!(!is_session("$HOME/bin/x"));
        assert!(!is_session(""));
    }

    #[test]
    fn here_documents_and_backslashes_continue_a_command() {
        assert_eq!(
            Continued::No.after("cat <<'EOF' > x\n"),
            Continued::HereDocument("EOF".into())
        );
        assert_eq!(Continued::No.after("cat <<< x\n"), Continued::No);
        assert_eq!(Continued::No.after("ls \\\n"), Continued::Backslash);
        assert_eq!(
            Continued::HereDocument("EOF".into()).after("EOF\n"),
            Continued::No
        );
    }

    proptest! {
        #[test]
        fn a_prompt_ends_at_a_character(line in "[ $#%>@~/あ():\\\\a-zPS]{0,20}") {
            if let Some(end) = prompt(&line, true) {
                prop_assert!(line.is_char_boundary(end));
            }
        }
    }
}
