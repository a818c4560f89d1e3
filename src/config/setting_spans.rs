//! Places of settings, which come from several files.

use std::ops::Range;

use crate::diag::{FileId, Span};

/// The first byte of each configuration file in the numbering of settings' spans.
///
/// A [`Value`](spanned_data::Value) knows a byte range but no file. As settings of many files are merged into one table,
/// the files are numbered through: the first begins at byte 1, the next after it. Byte 0 is for settings that no file
/// holds, such as environment variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    files: Vec<(Range<usize>, FileId)>,
}

impl Places {
    /// The first byte of a file of `len` bytes.
    pub(super) fn add(&mut self, file: FileId, len: usize) -> usize {
        let start = self.files.last().map_or(1, |(range, _)| range.end);
        // One byte more, so that an empty range at the end of a file is in the file.
        self.files.push((start..start + len + 1, file));
        start
    }

    /// The file and bytes of a setting's span.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let at = self.files.partition_point(|(file, _)| file.end <= range.start);
        let (bytes, file) = self
            .files
            .get(at)
            .filter(|(bytes, _)| bytes.contains(&range.start))?;
        let end = range.end.clamp(range.start, bytes.end - 1);
        Some(Span::new(*file, range.start - bytes.start, end - bytes.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_merged_settings_lead_back_to_their_files() {
        let mut places = Places::default();
        let first = places.add(FileId(3), 10);
        let second = places.add(FileId(5), 4);
        assert_eq!((first, second), (1, 12));
        assert_eq!(places.span(&(first..first + 2)), Some(Span::new(FileId(3), 0, 2)));
        assert_eq!(
            places.span(&(first + 10..first + 10)),
            Some(Span::new(FileId(3), 10, 10))
        );
        assert_eq!(
            places.span(&(second + 1..second + 4)),
            Some(Span::new(FileId(5), 1, 4))
        );
        assert_eq!(places.span(&(0..0)), None);
        assert_eq!(places.span(&(99..100)), None);
    }
}
