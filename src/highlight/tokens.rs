//! Token classes, and the compact list of runs that highlighted code is kept as.

/// The class of a piece of code, one for each colour of the stylesheet.
///
/// Operators and punctuation have no class: they are the most frequent tokens, a third of the weight of highlighted
/// code when marked, and themes print them in the colour of the text anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TokenClass {
    /// Names, operators: the colour of the text.
    Plain = 0,
    /// Comments of the language.
    Comment = 1,
    /// Keywords, operators that are words, tags of markup.
    Keyword = 2,
    /// Text in quotes.
    String = 3,
    /// Numbers, `true`, `null` and other constants.
    Number = 4,
    /// Functions where they are defined or called, commands of a shell.
    Function = 5,
    /// Types, classes, modules.
    Type = 6,
    /// Shell variables, options, parameters, attributes, keys of data.
    Variable = 7,
    /// Lines that a diff adds.
    Inserted = 8,
    /// Lines that a diff removes.
    Deleted = 9,
    /// Headings, annotations, file and hunk lines of a diff.
    Meta = 10,
    /// The prompt of a terminal, which is not to be copied.
    Prompt = 11,
    /// Output of a terminal, which is not to be copied either.
    Output = 12,
}

impl TokenClass {
    const ALL: [Self; 13] = [
        Self::Plain,
        Self::Comment,
        Self::Keyword,
        Self::String,
        Self::Number,
        Self::Function,
        Self::Type,
        Self::Variable,
        Self::Inserted,
        Self::Deleted,
        Self::Meta,
        Self::Prompt,
        Self::Output,
    ];

    /// The class in the page; none for plain text.
    pub fn css(self) -> Option<&'static str> {
        Some(match self {
            Self::Plain => return None,
            Self::Comment => "c",
            Self::Keyword => "k",
            Self::String => "s",
            Self::Number => "n",
            Self::Function => "f",
            Self::Type => "t",
            Self::Variable => "v",
            Self::Inserted => "i",
            Self::Deleted => "d",
            Self::Meta => "m",
            Self::Prompt => "p",
            Self::Output => "o",
        })
    }

    fn from_number(number: usize) -> Option<Self> {
        Self::ALL.get(number).copied()
    }
}

/// The runs of a piece of code: classes and lengths in bytes, without the code itself.
///
/// A run is one number, `length << 4 | class`, in base 128 with the low part first, so that most runs take one or two
/// bytes in memory and in the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens(Box<[u8]>);

impl Tokens {
    /// Code in one plain run.
    pub fn plain(code: &str) -> Self {
        let mut builder = Builder::default();
        builder.push(TokenClass::Plain, code);
        builder.finish()
    }

    /// The runs in order. Their lengths add up to the length of the code.
    pub fn runs(&self) -> Runs<'_> {
        Runs(&self.0)
    }

    /// The encoded form.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads the encoded form; nothing when it does not describe exactly `code`.
    pub(super) fn from_bytes(bytes: &[u8], code: &str) -> Option<Self> {
        let mut rest = bytes;
        let mut end = 0usize;
        while !rest.is_empty() {
            end = end.checked_add(read_run(&mut rest)?.1)?;
            if !code.is_char_boundary(end) {
                return None;
            }
        }
        (end == code.len()).then(|| Self(bytes.into()))
    }
}

/// Iterator over the runs of [`Tokens`].
#[derive(Debug, Clone)]
pub struct Runs<'a>(&'a [u8]);

impl Iterator for Runs<'_> {
    type Item = (TokenClass, usize);

    fn next(&mut self) -> Option<Self::Item> {
        read_run(&mut self.0)
    }
}

fn read_run(bytes: &mut &[u8]) -> Option<(TokenClass, usize)> {
    let mut number = 0usize;
    let mut shift = 0;
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f)
            .checked_shl(shift)
            .filter(|_| shift < 35)?;
        if byte < 0x80 {
            return Some((TokenClass::from_number(number & 0xf)?, number >> 4));
        }
        shift += 7;
    }
}

/// Collects runs: merges neighbours of equal class, white space between them included, and leaves no white space at
/// the ends of a coloured run.
#[derive(Debug, Default)]
pub(super) struct Builder {
    bytes: Vec<u8>,
    last: Option<(TokenClass, usize)>,
    gap: usize,
}

impl Builder {
    /// Adds a piece of the code.
    pub(super) fn push(&mut self, class: TokenClass, text: &str) {
        let core = text.trim();
        if core.is_empty() {
            self.gap += text.len();
            return;
        }
        self.gap += text.len() - text.trim_start().len();
        self.add(class, core.len());
        self.gap = text.len() - text.trim_end().len();
    }

    fn add(&mut self, class: TokenClass, len: usize) {
        let gap = std::mem::take(&mut self.gap);
        match &mut self.last {
            Some((last, last_len)) if *last == class => *last_len += gap + len,
            Some((TokenClass::Plain, last_len)) => {
                *last_len += gap;
                self.start(class, len);
            }
            _ if class == TokenClass::Plain => self.start(class, gap + len),
            _ => {
                self.start(TokenClass::Plain, gap);
                self.start(class, len);
            }
        }
    }

    fn start(&mut self, class: TokenClass, len: usize) {
        if let Some((class, len)) = self.last.replace((class, len)) {
            write_run(&mut self.bytes, class, len);
        }
    }

    /// The finished list.
    pub(super) fn finish(mut self) -> Tokens {
        match &mut self.last {
            Some((TokenClass::Plain, len)) => *len += self.gap,
            _ => self.start(TokenClass::Plain, self.gap),
        }
        self.start(TokenClass::Plain, 0);
        Tokens(self.bytes.into_boxed_slice())
    }
}

fn write_run(bytes: &mut Vec<u8>, class: TokenClass, len: usize) {
    if len == 0 {
        return;
    }
    let mut number = len << 4 | class as usize;
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn build(parts: &[(TokenClass, &str)]) -> Vec<(TokenClass, usize)> {
        let mut builder = Builder::default();
        for (class, text) in parts {
            builder.push(*class, text);
        }
        builder.finish().runs().collect()
    }

    #[test]
    fn equal_neighbours_become_one_run_with_the_white_space_between_them() {
        let runs = build(&[
            (TokenClass::Comment, "// a\n"),
            (TokenClass::Plain, "  "),
            (TokenClass::Comment, "// b\n"),
        ]);
        assert_eq!(runs, [(TokenClass::Comment, 11), (TokenClass::Plain, 1)]);
    }

    #[test]
    fn white_space_never_begins_or_ends_a_coloured_run() {
        let runs = build(&[(TokenClass::Keyword, " func "), (TokenClass::Function, "main")]);
        let plain = TokenClass::Plain;
        assert_eq!(
            runs,
            [
                (plain, 1),
                (TokenClass::Keyword, 4),
                (plain, 1),
                (TokenClass::Function, 4)
            ]
        );
    }

    #[test]
    fn white_space_joins_a_plain_neighbour() {
        let runs = build(&[
            (TokenClass::Keyword, "if "),
            (TokenClass::Plain, "x"),
            (TokenClass::Plain, " = "),
        ]);
        assert_eq!(runs, [(TokenClass::Keyword, 2), (TokenClass::Plain, 5)]);
    }

    #[test]
    fn empty_code_has_no_runs() {
        assert_eq!(build(&[]), []);
        assert_eq!(Tokens::plain("").runs().count(), 0);
        assert_eq!(
            Tokens::plain("\n\n").runs().collect::<Vec<_>>(),
            [(TokenClass::Plain, 2)]
        );
    }

    #[test]
    fn an_encoding_that_ends_within_a_character_is_refused() {
        let tokens = Tokens::plain("ab");
        assert!(Tokens::from_bytes(tokens.as_bytes(), "ab").is_some());
        assert!(Tokens::from_bytes(tokens.as_bytes(), "abc").is_none());
        let mut split = Vec::new();
        write_run(&mut split, TokenClass::Plain, 1);
        write_run(&mut split, TokenClass::Keyword, 2);
        assert!(Tokens::from_bytes(&split, "あ").is_none());
    }

    proptest! {
        #[test]
        fn runs_cover_the_code_and_survive_encoding(parts in prop::collection::vec((0usize..13, "[ \na-zあ]{0,40}"), 0..40)) {
            let mut builder = Builder::default();
            let mut code = String::new();
            for (class, text) in &parts {
                builder.push(TokenClass::from_number(*class).unwrap(), text);
                code.push_str(text);
            }
            let tokens = builder.finish();
            prop_assert_eq!(Tokens::from_bytes(tokens.as_bytes(), &code), Some(tokens.clone()));
            let mut at = 0;
            let mut previous = None;
            for (class, len) in tokens.runs() {
                prop_assert!(len > 0 && previous != Some(class));
                let text = &code[at..at + len];
                prop_assert!(class == TokenClass::Plain || text.trim() == text);
                (at, previous) = (at + len, Some(class));
            }
        }

        #[test]
        fn any_bytes_decode_to_runs_that_fit_or_to_nothing(bytes in prop::collection::vec(any::<u8>(), 0..40), code in "[a-zあ]{0,40}") {
            if let Some(tokens) = Tokens::from_bytes(&bytes, &code) {
                prop_assert_eq!(tokens.runs().map(|run| run.1).sum::<usize>(), code.len());
            }
        }
    }
}
