//! The colours of drawings: those of the page, for all kinds, as `static/js/diagram/colours.js` has them.
//!
//! The library computes further colours from these and reads no properties of CSS, so it gets the theme's light colours as
//! `#rrggbb`, each one only once, and the finished drawing gets the properties back. So it follows the page, in the dark
//! and on paper.

use serde_json::{Map, Value, json};

/// The colours of the page: what the library gets, and the property of CSS.
const TOKENS: [(&str, &str); 15] = [
    ("#fcfdfe", "page"),
    ("#f3f6fa", "panel"),
    ("#eaeef4", "well"),
    ("#dce0e5", "line"),
    ("#78818c", "control"),
    ("#1c222a", "text"),
    ("#505964", "quiet"),
    ("#0256a9", "accent"),
    ("#e7f1ff", "tint"),
    ("#1157a4", "blue"),
    ("#006436", "green"),
    ("#7f4e00", "amber"),
    ("#6938a7", "violet"),
    ("#00626a", "teal"),
    ("#a32226", "red"),
];

/// The hues in their order, and what areas in them have on which text stands.
const HUES: [(&str, &str); 6] = [
    ("blue", "#b5cbe3"),
    ("green", "#b0cfc2"),
    ("amber", "#d6c8b2"),
    ("violet", "#d0c2e4"),
    ("teal", "#b0ced2"),
    ("red", "#e1bbbd"),
];

/// The colour for an area of a hue.
fn soft(hue: &str) -> String {
    format!("color-mix(in srgb, var(--{hue}) 30%, var(--page))")
}

/// The expression of CSS for a colour of the palette; `None` for colours of authors.
fn expression(hex: &str) -> Option<String> {
    let token = TOKENS.iter().find(|(known, _)| known.eq_ignore_ascii_case(hex));
    let token = token.map(|(_, name)| format!("var(--{name})"));
    token.or_else(|| {
        let hue = HUES.iter().find(|(_, known)| known.eq_ignore_ascii_case(hex))?;
        Some(soft(hue.0))
    })
}

/// Returns true for a colour of the palette.
pub(super) fn is_part(colour: &str) -> bool {
    expression(colour).is_some()
}

/// `css` with the properties of the page instead of the palette's colours.
pub(super) fn named(css: &str) -> String {
    let mut out = String::with_capacity(css.len() * 2);
    let mut rest = css;
    while let Some(at) = rest.find('#') {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let end = behind[1..].find(|c: char| !c.is_ascii_hexdigit());
        let end = end.map_or(behind.len(), |end| end + 1);
        match expression(&behind[..end]) {
            Some(name) => out.push_str(&name),
            None => out.push_str(&behind[..end]),
        }
        rest = &behind[end..];
    }
    out.push_str(rest);
    if out.contains("rgb(") { named_rgb(out) } else { out }
}

/// The colours that the library writes as `rgb(1, 2, 3)`.
fn named_rgb(css: String) -> String {
    let tokens = TOKENS.iter().map(|(hex, _)| *hex);
    tokens
        .chain(HUES.iter().map(|(_, hex)| *hex))
        .fold(css, |css, hex| {
            let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap_or_default();
            let rgb = format!("rgb({}, {}, {})", part(1), part(3), part(5));
            css.replace(&rgb, &expression(hex).unwrap_or_default())
        })
}

/// The variables of the library's theme `base` by the colour that they get.
const VARIABLES: [(&str, &str); 12] = [
    (
        "page",
        "background edgeLabelBackground labelBackgroundColor sequenceNumberColor compositeBackground \
         attributeBackgroundColorOdd rowOdd pieStrokeColor altSectionBkgColor quadrant2Fill quadrant4Fill",
    ),
    (
        "panel",
        "mainBkg primaryColor clusterBkg actorBkg labelBoxBkgColor altBackground compositeTitleBackground stateBkg \
         attributeBackgroundColorEven rowEven sectionBkgColor sectionBkgColor2 quadrant1Fill quadrant3Fill \
         commitLabelBackground",
    ),
    ("well", "secondaryColor activationBkgColor doneTaskBkgColor"),
    (
        "tint",
        "tertiaryColor noteBkgColor errorBkgColor taskBkgColor tagLabelBackground",
    ),
    (
        "line",
        "clusterBorder pieOuterStrokeColor gridColor quadrantInternalBorderStrokeFill quadrantExternalBorderStrokeFill",
    ),
    (
        "control",
        "primaryBorderColor secondaryBorderColor tertiaryBorderColor nodeBorder noteBorderColor actorBorder \
         actorLineColor labelBoxBorderColor activationBorderColor compositeBorder taskBorderColor doneTaskBorderColor \
         tagLabelBorder",
    ),
    (
        "text",
        "primaryTextColor secondaryTextColor tertiaryTextColor nodeTextColor textColor titleColor noteTextColor \
         actorTextColor signalTextColor labelTextColor loopTextColor classText labelColor transitionLabelColor \
         stateLabelColor pieTitleTextColor pieSectionTextColor pieLegendTextColor quadrantPointTextFill \
         quadrantXAxisTextFill quadrantYAxisTextFill quadrantTitleFill taskTextColor taskTextOutsideColor \
         taskTextLightColor taskTextDarkColor commitLabelColor tagLabelColor",
    ),
    (
        "quiet",
        "lineColor arrowheadColor defaultLinkColor signalColor innerEndBackground specialStateColor transitionColor \
         quadrant1TextFill quadrant2TextFill quadrant3TextFill quadrant4TextFill",
    ),
    ("accent", "quadrantPointFill taskTextClickableColor"),
    ("blue", "activeTaskBorderColor"),
    ("red", "critBorderColor todayLineColor"),
    ("green", "vertLineColor"),
];

/// The variables of charts with axes.
const AXES: [(&str, &str); 3] = [
    ("page", "backgroundColor"),
    (
        "text",
        "titleColor xAxisLabelColor xAxisTitleColor yAxisLabelColor yAxisTitleColor",
    ),
    (
        "quiet",
        "xAxisTickColor xAxisLineColor yAxisTickColor yAxisLineColor",
    ),
];

/// The variables of the library's theme `base`.
pub(super) fn theme_variables() -> Value {
    let mut all = of_table(&VARIABLES);
    for (name, value) in [
        ("fontSize", "16px"),
        ("fontFamily", "inherit"),
        ("dropShadow", "none"),
        ("pieOpacity", "1"),
        ("activeTaskBkgColor", HUES[0].1),
        ("critBkgColor", HUES[5].1),
    ] {
        all.insert(name.to_owned(), json!(value));
    }
    all.insert("darkMode".to_owned(), json!(false));
    let mut axes = of_table(&AXES);
    let plots = ["amber", "green", "violet", "teal", "red"].map(token).join(",");
    axes.insert(
        "plotColorPalette".to_owned(),
        json!(format!("{},{plots}", HUES[0].1)),
    );
    all.insert("xyChart".to_owned(), Value::Object(axes));
    all.extend(counted());
    Value::Object(all)
}

fn of_table(table: &[(&str, &'static str)]) -> Map<String, Value> {
    let names = |(colour, names): &(&str, &'static str)| {
        let colour = token(colour);
        names
            .split_whitespace()
            .map(move |name| (name.to_owned(), json!(colour)))
    };
    table.iter().flat_map(names).collect()
}

fn token(name: &str) -> &'static str {
    TOKENS
        .iter()
        .find(|(_, known)| *known == name)
        .map_or("#000000", |(hex, _)| hex)
}

/// The colours that are counted: of time lines, pies, branches of a repository, and people.
fn counted() -> Map<String, Value> {
    let mut all = Map::new();
    for number in 0..12 {
        let (hue, area) = HUES[number % HUES.len()];
        let strong = token(hue);
        for (name, colour) in [
            ("cScale", area),
            ("cScaleLabel", token("text")),
            ("cScaleInv", strong),
            ("cScalePeer", strong),
            ("fillType", area),
            ("git", strong),
            ("gitInv", token("page")),
            ("gitBranchLabel", token("page")),
        ] {
            all.insert(format!("{name}{number}"), json!(colour));
        }
        let slice = if number < HUES.len() { area } else { strong };
        all.insert(format!("pie{}", number + 1), json!(slice));
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_colour_stands_for_two_properties() {
        let tokens = TOKENS.iter().map(|(hex, _)| *hex);
        let all: BTreeSet<&str> = tokens.chain(HUES.iter().map(|(_, hex)| *hex)).collect();
        assert_eq!(all.len(), TOKENS.len() + HUES.len());
    }

    #[test]
    fn colours_of_the_palette_become_properties_and_others_stay() {
        assert_eq!(
            named("fill:#F3F6FA;stroke:#78818c;a:#f3f6fa1;b:#abc;c:url(#x)"),
            "fill:var(--panel);stroke:var(--control);a:#f3f6fa1;b:#abc;c:url(#x)"
        );
        assert_eq!(named("fill: rgb(243, 246, 250)"), "fill: var(--panel)");
        assert_eq!(
            named("#b5cbe3"),
            "color-mix(in srgb, var(--blue) 30%, var(--page))"
        );
    }

    #[test]
    fn every_colour_of_the_tables_is_one_of_the_page() {
        for (colour, _) in VARIABLES.iter().chain(&AXES) {
            assert!(TOKENS.iter().any(|(_, name)| name == colour), "{colour}");
        }
    }

    #[test]
    fn the_properties_are_those_of_the_script() {
        let script = include_str!("../../../static/js/diagram/colours.js");
        for (_, name) in TOKENS {
            assert!(script.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
