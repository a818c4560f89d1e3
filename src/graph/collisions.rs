//! Collisions: of two pages with one URL the second gets another, so that none is lost.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::page_place::Place;
use super::paths::{clean, output_path};

/// The pages by the file of the site that they are written to.
#[derive(Default)]
pub(super) struct Claims {
    taken: HashMap<String, usize>,
    /// The number to try next for a file that more than one page wanted.
    next: HashMap<String, usize>,
}

impl Claims {
    /// Gives `page` its place. If another page has it, the place is changed to the first free one with a number, and
    /// the other page is returned.
    pub(super) fn claim(&mut self, place: &mut Place, page: usize) -> Option<usize> {
        let wanted = output_path(&place.url);
        let Some(first) = self.taken.get(&wanted).copied() else {
            self.taken.insert(wanted, page);
            return None;
        };
        let next = self.next.entry(wanted).or_insert(2);
        *place = loop {
            let other = numbered(place, *next);
            *next += 1;
            if let Entry::Vacant(free) = self.taken.entry(output_path(&other.url)) {
                free.insert(page);
                break other;
            }
        };
        Some(first)
    }
}

/// Adds a number to the name of a place.
fn numbered(place: &Place, number: usize) -> Place {
    let stem = |base: &str| {
        if base.is_empty() {
            "/page".to_owned()
        } else {
            base.to_owned()
        }
    };
    let base = format!("{}-{number}", stem(&place.base));
    if place.url.ends_with('/') {
        return Place {
            url: format!("{base}/"),
            base,
        };
    }
    if place.url == format!("{}/index.html", place.base) {
        return Place {
            url: format!("{base}/index.html"),
            base,
        };
    }
    let (name, extension) = place.url.rsplit_once('.').unwrap_or((&place.url, "html"));
    let own_folder = name == place.base;
    let url = clean(&format!("{name}-{number}.{extension}"));
    Place {
        url,
        base: if own_folder { base } else { place.base.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str, base: &str) -> Place {
        Place {
            url: url.to_owned(),
            base: base.to_owned(),
        }
    }

    #[test]
    fn the_second_page_gets_the_first_free_number() {
        let mut claims = Claims::default();
        assert_eq!(claims.claim(&mut place("/a/", "/a"), 0), None);
        assert_eq!(claims.claim(&mut place("/a-2/", "/a-2"), 1), None);
        let mut third = place("/a/", "/a");
        assert_eq!(claims.claim(&mut third, 2), Some(0));
        assert_eq!(third, place("/a-3/", "/a-3"));
    }

    #[test]
    fn numbers_stand_before_the_extension() {
        assert_eq!(
            numbered(&place("/a/b.html", "/a/b"), 2),
            place("/a/b-2.html", "/a/b-2")
        );
        assert_eq!(
            numbered(&place("/a/index.html", "/a"), 2),
            place("/a-2/index.html", "/a-2")
        );
        assert_eq!(numbered(&place("/x/f.html", "/x"), 2), place("/x/f-2.html", "/x"));
        assert_eq!(numbered(&place("/", ""), 2), place("/page-2/", "/page-2"));
    }
}
