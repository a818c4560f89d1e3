//! Any text gives a configuration.

use super::*;
use proptest::prelude::*;

/// Words that make settings, so that random texts reach the decoding.
const WORDS: [&str; 24] = [
    "[languages.en]\n",
    "[languages]\n",
    "[menus]\n",
    "[[menu.main]]\n",
    "[markup.goldmark.extensions]\n",
    "typographer=",
    "cascade=",
    "permalinks=",
    "title=",
    "weight=",
    "uglyURLs=",
    "disableKinds=",
    "ignoreFiles=",
    "[wsgen]\n",
    "accent=",
    "[[module.mounts]]\n",
    "source=",
    "target=",
    "3\n",
    "'x'\n",
    "[]\n",
    "{a=1}\n",
    "true\n",
    "[['a','b']]\n",
];

proptest! {
    #[test]
    fn any_settings_give_a_configuration(words in proptest::collection::vec(0..WORDS.len(), 0..30)) {
        let text: String = words.into_iter().map(|word| WORDS[word]).collect();
        let (config, tree, diagnostics) = site(&[("hugo.toml", &text)], &ConfigOptions::default());
        prop_assert!(config.languages.get(config.default_language).is_some());
        for span in diagnostics.iter().filter_map(|finding| finding.span) {
            prop_assert!(tree.text(span.file).is_some_and(|text| text.get(span.range()).is_some()));
        }
    }

    #[test]
    fn any_text_gives_a_configuration(text in "\\PC{0,60}") {
        for name in ["hugo.toml", "hugo.yaml", "hugo.json"] {
            let (_, tree, diagnostics) = site(&[(name, &text)], &ConfigOptions::default());
            for span in diagnostics.iter().filter_map(|finding| finding.span) {
                prop_assert!(tree.text(span.file).is_some_and(|text| text.get(span.range()).is_some()));
            }
        }
    }
}
