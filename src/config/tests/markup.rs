//! Settings in `[markup]`.

use super::*;

#[test]
fn defaults_are_those_of_hugo() {
    let markup = Config::default().markup;
    let goldmark = &markup.goldmark;
    assert_eq!(goldmark.unsafe_html, None);
    assert!(goldmark.table && goldmark.footnote && goldmark.auto_heading_id && goldmark.title_attributes);
    assert!(!goldmark.block_attributes && !goldmark.hard_wraps && goldmark.passthrough.is_none());
    assert_eq!(goldmark.typographer, Some(Typographer::default()));
    assert_eq!((markup.toc.start_level, markup.toc.end_level), (2, 3));
    assert!(markup.highlight.code_fences && markup.highlight.in_table && !markup.highlight.line_numbers);
}

#[test]
fn extensions_are_switches_or_tables() {
    let config = Config::from_toml(
        r#"
        [markup.goldmark.extensions]
        strikethrough = false
        typographer = false
        [markup.goldmark.extensions.footnote]
        enable = true
        enableAutoIDPrefix = true
        [markup.goldmark.extensions.cjk]
        enable = true
        eastAsianLineBreaks = true
        eastAsianLineBreaksStyle = "css3draft"
        [markup.goldmark.extensions.extras.mark]
        enable = true
        [markup.goldmark.extensions.passthrough]
        enable = true
        [markup.goldmark.extensions.passthrough.delimiters]
        block = [["\\[", "\\]"], ["$$", "$$"]]
        inline = [["\\(", "\\)"]]
        "#,
    );
    let goldmark = config.markup.goldmark;
    assert!(!goldmark.strikethrough && goldmark.typographer.is_none());
    assert!(goldmark.footnote && goldmark.footnote_id_prefix);
    assert!(goldmark.cjk.east_asian_line_breaks && goldmark.cjk.css3draft && !goldmark.cjk.escaped_space);
    assert!(goldmark.extras.mark && !goldmark.extras.insert);
    let passthrough = goldmark.passthrough.unwrap_or_default();
    assert_eq!(passthrough.block.len(), 2);
    assert_eq!(passthrough.inline, [("\\(".to_owned(), "\\)".to_owned())]);
}

#[test]
fn the_typographer_takes_replacements_as_html() {
    let config = Config::from_toml(
        "[markup.goldmark.extensions.typographer]\nleftDoubleQuote='&laquo;&nbsp;'\nenDash='-'",
    );
    let typographer = config.markup.goldmark.typographer.unwrap_or_default();
    assert_eq!(typographer.left_double_quote, "«\u{a0}");
    assert_eq!(
        (typographer.en_dash.as_str(), typographer.em_dash.as_str()),
        ("-", "—")
    );
    let off = Config::from_toml("[markup.goldmark.extensions.typographer]\ndisable=true");
    assert_eq!(off.markup.goldmark.typographer, None);
}

#[test]
fn types_of_heading_ids_have_two_spellings() {
    let id_type = |text| {
        Config::from_toml(&format!("[markup.goldmark.parser]\n{text}"))
            .markup
            .goldmark
            .auto_id_type
    };
    assert_eq!(id_type("autoIDType='github-ascii'"), AutoIdType::GithubAscii);
    assert_eq!(
        id_type("autoHeadingIDType='blackfriday'"),
        AutoIdType::Blackfriday
    );
    assert_eq!(
        findings("[markup.goldmark.parser]\nautoIDType='githb'"),
        ["invalid-config at `'githb'`: there is no type of heading ids `githb`"]
    );
}

#[test]
fn old_names_of_highlighting_count_where_the_new_are_silent() {
    let highlight = |text| Config::from_toml(text).markup.highlight;
    assert!(!highlight("pygmentsCodeFences=false").code_fences);
    assert!(highlight("pygmentsCodeFences=false\n[markup.highlight]\ncodeFences=true").code_fences);
    let old = highlight("pygmentsOptions='linenos=inline'\npygmentsCodefencesGuessSyntax=true");
    assert!(old.line_numbers && !old.in_table && old.guess_syntax);
    let new = highlight(
        "[markup.highlight]\nlineNos=true\nlineNumbersInTable=false\nlineNoStart=3\nguessSyntax='true'",
    );
    assert!(new.line_numbers && !new.in_table && new.start == 3 && new.guess_syntax);
}

#[test]
fn levels_of_the_table_of_contents_stay_within_headings() {
    let toc = Config::from_toml("[markup.tableOfContents]\nstartLevel=0\nendLevel=9\nordered=true")
        .markup
        .toc;
    assert_eq!((toc.start_level, toc.end_level, toc.ordered), (1, 6, true));
    assert_eq!(
        Config::from_toml("[markup.tableOfContents]\nendLevel=-1")
            .markup
            .toc
            .end_level,
        6
    );
}
