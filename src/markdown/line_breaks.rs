//! Line breaks in East Asian text, which has no blanks between words: `eastAsianLineBreaks`.

use crate::markdown::flanking::is_east_asian;

/// Returns true if a line break between two characters is dropped.
///
/// The simple style drops breaks between wide characters. The style of the CSS draft also drops those with such a
/// character on one side, and keeps those of Korean, which has blanks. Hugo drops breaks before markup as well; here
/// only behind a wide character, because words of other scripts would run together.
pub(super) fn are_joined(before: char, after: char, css3draft: bool) -> bool {
    let korean = css3draft && (is_hangul(before) || is_hangul(after));
    let (wide_before, wide_after) = (is_east_asian(before), is_east_asian(after));
    if korean || !(wide_before || wide_after) {
        return false;
    }
    css3draft || wide_before && (wide_after || begins_markup(after))
}

fn begins_markup(c: char) -> bool {
    matches!(c, '`' | '*' | '_' | '[' | '!' | '<' | '~')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simple_style_joins_wide_characters_and_what_is_marked_up_behind_them() {
        let joined = |before, after| are_joined(before, after, false);
        assert!(joined('語', '次') && joined('。', '「') && joined('語', '`'));
        assert!(!joined('a', '語') && !joined('語', 'a') && !joined('a', '`') && !joined('a', 'b'));
    }

    #[test]
    fn the_style_of_the_draft_needs_one_wide_character_and_leaves_korean_alone() {
        let joined = |before, after| are_joined(before, after, true);
        assert!(joined('語', '次') && joined('a', '語') && joined('。', 'a') && joined('語', '*'));
        assert!(!joined('글', '한') && !joined('a', 'b') && !joined('.', 'b') && !joined('a', '`'));
    }
}
