//! Phrases of Japanese text: the places between them are where a title may break.
//!
//! The model of BudouX finds them. It knows no borders inside a run of katakana, which may be wider than a phone, so a
//! long run also breaks behind the endings that loanwords have.

use budoux_phf_rs::Parser;

/// Endings of loanwords, behind which another word begins.
const ENDINGS: [&str; 7] = [
    "ング",
    "ション",
    "メント",
    "サーバー",
    "ユーザー",
    "システム",
    "ネットワーク",
];
/// Minimum number of characters in a run of katakana that breaks inside.
const LONG: usize = 8;
/// Minimum number of characters on both sides of a break in a run of katakana.
const WORD: usize = 3;
/// Characters that no line begins with.
const CLOSING: &str = "、。，．・：；？！ー々」』）】》〉”’…ぁぃぅぇぉっゃゅょァィゥェォッャュョン";
/// Characters that no line ends with.
const OPENING: &str = "「『（【《〈“‘";

/// The pieces of a text between which a line may break. They are the text when they are put together. A text without
/// kana is one piece: its language has spaces, or is one that the model does not know.
pub fn phrases(text: &str) -> Vec<&str> {
    if !text.chars().any(is_kana) {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for end in breaks(text) {
        pieces.push(&text[start..end]);
        start = end;
    }
    pieces.push(&text[start..]);
    pieces
}

/// Returns true for a character of hiragana or katakana.
fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ')
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

/// Byte offsets of the breaks, in order.
fn breaks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut end = 0;
    Parser::japanese_parser().parse_with(text, |phrase| {
        found.extend(loanwords(phrase).map(|at| end + at));
        end += phrase.len();
        found.push(end);
    });
    found.retain(|at| may_break(text, *at));
    found
}

/// The breaks inside the long runs of katakana of a phrase.
fn loanwords(phrase: &str) -> impl Iterator<Item = usize> {
    let runs = phrase
        .split(|c| !is_katakana(c))
        .filter(|run| run.chars().count() >= LONG);
    runs.flat_map(move |run| {
        let start = run.as_ptr() as usize - phrase.as_ptr() as usize;
        let places = run.char_indices().map(|(at, _)| at).skip(WORD);
        let ends = move |at: &usize| {
            ENDINGS.iter().any(|ending| run[..*at].ends_with(ending)) && run[*at..].chars().count() >= WORD
        };
        places.filter(ends).map(move |at| start + at)
    })
}

/// Returns true if a line may end at `at`: beside Japanese, and not where spaces or punctuation decide.
fn may_break(text: &str, at: usize) -> bool {
    let (Some(before), Some(behind)) = (text[..at].chars().next_back(), text[at..].chars().next()) else {
        return false;
    };
    let decided = before.is_whitespace() || behind.is_whitespace() || before.is_ascii() && behind.is_ascii();
    !(decided || OPENING.contains(before) || CLOSING.contains(behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        phrases(text).join("|")
    }

    #[test]
    fn japanese_breaks_between_phrases() {
        assert_eq!(joined("本番運用のTipsとまとめ"), "本番運用の|Tipsと|まとめ");
        assert_eq!(
            joined("総合演習: ログ解析ツールの最適化"),
            "総合演習: ログ解析ツールの|最適化"
        );
    }

    #[test]
    fn long_loanwords_break_between_their_words() {
        assert_eq!(
            joined("Go プロファイリングワークショップ"),
            "Go プロファイリング|ワークショップ"
        );
        assert_eq!(joined("ユーザーインターフェース"), "ユーザー|インターフェース");
        for whole in [
            "プロファイリング",
            "キングストン",
            "トレーニングス",
            "フレームワーク",
        ] {
            assert_eq!(joined(whole), whole);
        }
    }

    #[test]
    fn other_languages_are_one_piece() {
        for text in ["", "Working with Go", "设置环境", "환경 설정", "𠮟"] {
            assert_eq!(phrases(text), [text]);
        }
    }

    #[test]
    fn pieces_are_the_text_and_obey_the_rules_of_lines() {
        for text in [
            "「はじめに」を読む（必須）",
            "Go、Rust、そしてZig！",
            "コード`x`とメモリー",
            "が\u{3099}か",
        ] {
            let pieces = phrases(text);
            assert_eq!(pieces.concat(), text);
            for pair in pieces.windows(2) {
                assert!(!CLOSING.contains(pair[1].chars().next().unwrap()), "{pieces:?}");
                assert!(
                    !OPENING.contains(pair[0].chars().next_back().unwrap()),
                    "{pieces:?}"
                );
            }
        }
    }
}
