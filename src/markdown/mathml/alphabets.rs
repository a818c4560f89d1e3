//! The alphabets of mathematics. Browsers do not know MathML's `mathvariant`, but each letter of such an alphabet is a
//! character of its own.

/// Offsets of an alphabet in Unicode's block of mathematical letters, and the letters that had a place before.
struct Alphabet {
    capitals: u32,
    small: u32,
    digits: Option<u32>,
    /// Greek capitals and small letters.
    greek: Option<(u32, u32)>,
    exceptions: &'static [(char, char)],
}

const PLAIN: Alphabet = Alphabet {
    capitals: 'A' as u32,
    small: 'a' as u32,
    digits: None,
    greek: None,
    exceptions: &[],
};

const SCRIPT: Alphabet = Alphabet {
    capitals: 0x1D49C,
    small: 0x1D4B6,
    exceptions: &[
        ('B', 'ℬ'),
        ('E', 'ℰ'),
        ('F', 'ℱ'),
        ('H', 'ℋ'),
        ('I', 'ℐ'),
        ('L', 'ℒ'),
        ('M', 'ℳ'),
        ('R', 'ℛ'),
        ('e', 'ℯ'),
        ('g', 'ℊ'),
        ('o', 'ℴ'),
    ],
    ..PLAIN
};

const FRAKTUR: Alphabet = Alphabet {
    capitals: 0x1D504,
    small: 0x1D51E,
    exceptions: &[('C', 'ℭ'), ('H', 'ℌ'), ('I', 'ℑ'), ('R', 'ℜ'), ('Z', 'ℨ')],
    ..PLAIN
};

const DOUBLE_STRUCK: Alphabet = Alphabet {
    capitals: 0x1D538,
    small: 0x1D552,
    digits: Some(0x1D7D8),
    greek: None,
    exceptions: &[
        ('C', 'ℂ'),
        ('H', 'ℍ'),
        ('N', 'ℕ'),
        ('P', 'ℙ'),
        ('Q', 'ℚ'),
        ('R', 'ℝ'),
        ('Z', 'ℤ'),
    ],
};

fn alphabet(variant: &str) -> Option<Alphabet> {
    let of = |capitals, small| Alphabet {
        capitals,
        small,
        ..PLAIN
    };
    let with = |capitals, small, digits, greek| Alphabet {
        digits,
        greek,
        ..of(capitals, small)
    };
    Some(match variant {
        "bold" => with(0x1D400, 0x1D41A, Some(0x1D7CE), Some((0x1D6A8, 0x1D6C2))),
        "italic" => Alphabet {
            exceptions: &[('h', 'ℎ')],
            ..with(0x1D434, 0x1D44E, None, Some((0x1D6E2, 0x1D6FC)))
        },
        "bold-italic" => with(0x1D468, 0x1D482, Some(0x1D7CE), Some((0x1D71C, 0x1D736))),
        "script" => SCRIPT,
        "bold-script" => of(0x1D4D0, 0x1D4EA),
        "fraktur" => FRAKTUR,
        "bold-fraktur" => of(0x1D56C, 0x1D586),
        "double-struck" => DOUBLE_STRUCK,
        "sans-serif" => with(0x1D5A0, 0x1D5BA, Some(0x1D7E2), None),
        "bold-sans-serif" => with(0x1D5D4, 0x1D5EE, Some(0x1D7EC), Some((0x1D756, 0x1D770))),
        "sans-serif-italic" => with(0x1D608, 0x1D622, Some(0x1D7E2), None),
        "sans-serif-bold-italic" => with(0x1D63C, 0x1D656, Some(0x1D7EC), Some((0x1D790, 0x1D7AA))),
        "monospace" => with(0x1D670, 0x1D68A, Some(0x1D7F6), None),
        _ => return None,
    })
}

/// `text` in the letters of `variant`; characters that it does not have stay.
pub(super) fn letters(text: &str, variant: &str) -> String {
    match alphabet(variant) {
        Some(alphabet) => text.chars().map(|c| letter(c, &alphabet)).collect(),
        None => text.to_owned(),
    }
}

fn letter(c: char, alphabet: &Alphabet) -> char {
    if let Some((_, letter)) = alphabet.exceptions.iter().find(|(plain, _)| *plain == c) {
        return *letter;
    }
    let start = match c {
        'A'..='Z' => Some((alphabet.capitals, 'A')),
        'a'..='z' => Some((alphabet.small, 'a')),
        '0'..='9' => alphabet.digits.map(|digits| (digits, '0')),
        'Α'..='Ω' => alphabet.greek.map(|(capitals, _)| (capitals, 'Α')),
        'α'..='ω' => alphabet.greek.map(|(_, small)| (small, 'α')),
        _ => None,
    };
    start
        .and_then(|(start, first)| char::from_u32(start + (c as u32 - first as u32)))
        .unwrap_or(c)
}

/// The style of a text in `variant`, which is no alphabet there: `\textbf{強調}` is bold as well.
pub(super) fn text_style(variant: &str) -> &'static str {
    match variant {
        "bold" => "font-weight:bold",
        "italic" => "font-style:italic",
        "bold-italic" => "font-weight:bold;font-style:italic",
        "monospace" => "font-family:monospace",
        "sans-serif" => "font-family:sans-serif",
        "bold-sans-serif" => "font-family:sans-serif;font-weight:bold",
        "sans-serif-italic" => "font-family:sans-serif;font-style:italic",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_an_alphabet_are_unicodes_own() {
        assert_eq!(letters("RZn1", "double-struck"), "ℝℤ𝕟𝟙");
        assert_eq!(letters("LAb", "script"), "ℒ𝒜𝒷");
        assert_eq!(letters("Ωω0x", "bold"), "𝛀𝛚𝟎𝐱");
        assert_eq!(letters("日h", "italic"), "日ℎ");
        assert_eq!(letters("x", "normal"), "x");
    }
}
