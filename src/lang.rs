//! Languages of a site, by id, and lists with one item for each.

use serde::Serialize;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A language of one site: its place in [`Config::languages`](crate::config::Config::languages).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct LangId(pub usize);

impl LangId {
    /// The number of the language's site in a Hugo template.
    pub fn site_number(self) -> u32 {
        u32::try_from(self.0).unwrap_or_default()
    }
}

/// One item for each language of a site, in the order of its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerLanguage<T>(Vec<T>);

impl<T> PerLanguage<T> {
    /// The item of a language, if the site has that language.
    pub fn get(&self, lang: LangId) -> Option<&T> {
        self.0.get(lang.0)
    }

    /// The first language whose item satisfies a condition.
    pub fn find(&self, condition: impl FnMut(&T) -> bool) -> Option<LangId> {
        self.0.iter().position(condition).map(LangId)
    }

    /// The ids of all languages.
    pub fn ids(&self) -> impl Iterator<Item = LangId> + use<T> {
        (0..self.0.len()).map(LangId)
    }

    /// All languages with their items.
    pub fn each(&self) -> impl Iterator<Item = (LangId, &T)> {
        self.ids().zip(&self.0)
    }

    /// One item for each language, made of the items of this list.
    pub fn map<U>(&self, make: impl FnMut(&T) -> U) -> PerLanguage<U> {
        self.0.iter().map(make).collect()
    }
}

impl<T> FromIterator<T> for PerLanguage<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T> IntoIterator for &'a PerLanguage<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> From<Vec<T>> for PerLanguage<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> Index<LangId> for PerLanguage<T> {
    type Output = T;

    fn index(&self, lang: LangId) -> &T {
        &self.0[lang.0]
    }
}

impl<T> IndexMut<LangId> for PerLanguage<T> {
    fn index_mut(&mut self, lang: LangId) -> &mut T {
        &mut self.0[lang.0]
    }
}

impl<T> Deref for PerLanguage<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for PerLanguage<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}
