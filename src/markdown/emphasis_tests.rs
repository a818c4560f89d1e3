//! Emphasis against the rules of CommonMark, and those of markdown-cjk-friendly where they differ, written down plainly.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::tests::html;

/// A delimiter run, or the rest of it.
struct Run {
    sign: char,
    len: usize,
    /// Length of the whole run, for the rule of three.
    whole: usize,
    opens: bool,
    closes: bool,
    /// Index of its piece of the text.
    piece: usize,
}

/// The paragraph of one line in which the only markup is emphasis.
fn expected(line: &str) -> String {
    let (mut pieces, mut runs) = pieces(line);
    let mut closer = 0;
    while closer < runs.len() {
        let Some(opener) = opener_of(&runs, closer) else {
            closer += 1;
            continue;
        };
        let strong = runs[opener].len >= 2 && runs[closer].len >= 2;
        let (len, name) = if strong { (2, "strong") } else { (1, "em") };
        let (from, to) = (runs[opener].piece, runs[closer].piece);
        // Delimiters next to the text are used up first; what is left of an opener stands before its tags.
        let left = runs[opener].len - len;
        pieces[from].replace_range(left..left + len, "");
        pieces[from + 1].insert_str(0, &format!("<{name}>"));
        pieces[to - 1].push_str(&format!("</{name}>"));
        pieces[to].drain(..len);
        runs[opener].len -= len;
        runs[closer].len -= len;
        runs.drain(opener + 1..closer);
        closer = opener + 1;
        if runs[opener].len == 0 {
            runs.remove(opener);
            closer = opener;
        }
        if runs[closer].len == 0 {
            runs.remove(closer);
        }
    }
    format!("<p>{}</p>\n", pieces.concat())
}

/// The text in pieces, each delimiter run between two others, and the runs.
fn pieces(line: &str) -> (Vec<String>, Vec<Run>) {
    let chars: Vec<char> = line.chars().collect();
    let (mut pieces, mut runs) = (vec![String::new()], Vec::new());
    let mut at = 0;
    while at < chars.len() {
        let sign = chars[at];
        if !matches!(sign, '*' | '_') {
            pieces.last_mut().expect("a piece").push(sign);
            at += 1;
            continue;
        }
        let len = chars[at..].iter().take_while(|c| **c == sign).count();
        let before = at.checked_sub(1).map_or(' ', |at| chars[at]);
        let after = chars.get(at + len).copied().unwrap_or(' ');
        let (left, right) = (flanks(before, after), flanks(after, before));
        let stars = sign == '*';
        runs.push(Run {
            sign,
            len,
            whole: len,
            opens: left && (stars || !right || is_punctuation(before)),
            closes: right && (stars || !left || is_punctuation(after)),
            piece: pieces.len(),
        });
        pieces.push(sign.to_string().repeat(len));
        pieces.push(String::new());
        at += len;
    }
    (pieces, runs)
}

/// Returns true if a run flanks the character `inner`, with `outer` on its other side.
fn flanks(outer: char, inner: char) -> bool {
    let narrow = |c| is_punctuation(c) && !is_wide(c);
    inner != ' ' && (!narrow(inner) || outer == ' ' || narrow(outer) || is_wide(outer))
}

fn is_wide(c: char) -> bool {
    matches!(c, '日' | '「' | '」')
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '「' | '」' | '(' | '*' | '_')
}

/// The run that the one at `closer` closes.
fn opener_of(runs: &[Run], closer: usize) -> Option<usize> {
    let close = &runs[closer];
    let three = |open: &Run| {
        (open.closes || close.opens)
            && (open.whole + close.whole).is_multiple_of(3)
            && !(open.whole.is_multiple_of(3) && close.whole.is_multiple_of(3))
    };
    let fits = |open: &Run| open.opens && open.sign == close.sign && !three(open);
    runs[..closer].iter().rposition(fits).filter(|_| close.closes)
}

proptest! {
    // The same lines in every run.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn emphasis_beside_east_asian_text_follows_the_rules(
        line in "(\\*{1,2}|_{1,2})?[a日「」(](\\*{1,3}|_{1,2}|a|日|「|」|\\(| [a*日「]){1,12}[a日」]",
    ) {
        prop_assert_eq!(html(&line), expected(&line));
    }
}
