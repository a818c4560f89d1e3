//! Several files in one text: a line `-- path --` begins a file. Words in brackets after the path change its bytes:
//! `-- a.md (crlf) --`, `(bom)`, `(no newline)`.

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Path, or whatever stands between the dashes.
    pub(crate) name: String,
    /// Words in brackets.
    pub(crate) options: Vec<String>,
    /// The lines up to the next file.
    pub(crate) text: String,
}

/// The text before the first file, and the files.
pub(crate) fn parse(text: &str) -> (String, Vec<File>) {
    let mut head = String::new();
    let mut files: Vec<File> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (header(line), files.last_mut()) {
            (Some(file), _) => files.push(file),
            (None, Some(file)) => file.text.push_str(line),
            (None, None) => head.push_str(line),
        }
    }
    (head, files)
}

fn header(line: &str) -> Option<File> {
    let inside = line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")?.trim();
    let (name, options) = match inside
        .strip_suffix(')')
        .and_then(|inside| inside.split_once(" ("))
    {
        Some((name, options)) => (
            name,
            options.split(',').map(|word| word.trim().to_owned()).collect(),
        ),
        None => (inside, Vec::new()),
    };
    Some(File {
        name: name.to_owned(),
        options,
        text: String::new(),
    })
}

impl File {
    /// The bytes of the file on disk.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut text = self.text.clone();
        if self.has("no newline") {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if self.has("crlf") {
            text = text.replace('\n', "\r\n");
        }
        if self.has("bom") {
            text.insert(0, '\u{feff}');
        }
        text.into_bytes()
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|word| word == option)
    }
}

/// An archive as text; what [`parse`] reads.
pub(crate) fn write(head: &str, files: &[File]) -> String {
    let mut out = head.to_owned();
    for file in files {
        let options = if file.options.is_empty() {
            String::new()
        } else {
            format!(" ({})", file.options.join(", "))
        };
        out += &format!("-- {}{options} --\n{}", file.name, file.text);
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

#[test]
fn an_archive_survives_reading_and_writing() {
    let text = "head\n-- a.md --\none\n\n-- b c.md (crlf, bom) --\ntwo\n-- empty --\n";
    let (head, files) = parse(text);
    assert_eq!(files[1].bytes(), "\u{feff}two\r\n".as_bytes());
    assert_eq!(write(&head, &files), text);
}
