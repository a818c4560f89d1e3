//! Draws mermaid diagrams while building.
//!
//! Takes the text of a diagram; gives a drawing in the colours of the page, which needs no script. `merman` lays it out as
//! mermaid does. What it does not draw well is left to the library in the reader's browser.

mod finish;
mod measure;
mod palette;

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgRenderOptions, TextMeasurementPolicy,
    TextMeasurementProfile, TextMeasurementProfileIdentity,
};
use merman::{
    MermaidEngine, OperationControl, ParseOptions, RenderOutput, RenderRequest, Renderer,
    SourcePresentationConfig, SvgEnvironment, SvgRequest,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::diagram;
use crate::guard::guarded;
use crate::highlight::Cache;

/// Stands in a drawing for its id, which is another one on every page.
const ID: &str = "wsgen0drawing0id";

/// A drawing of a diagram.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Drawing {
    /// Class of its kind.
    class: String,
    /// The `viewBox`.
    view: String,
    /// Width in pixels at which its text has the size of the page's.
    width: f64,
    /// Content of the `svg` element, with [`ID`] for the id.
    content: String,
    /// The title that the author gives it for assistive technology.
    pub(super) title: String,
    /// The author's description, else the labels.
    description: String,
    /// True for one in colours of its own, which are made for a light page.
    pub(super) own: bool,
}

impl Drawing {
    /// The `svg` element with the id `id` and the name `title`.
    pub(super) fn svg(&self, id: &str, title: &str) -> String {
        finish::svg(self, id, title)
    }
}

/// The drawing of the diagram `source`; `None` for one that is left to the library.
pub(super) fn draw(source: &str, cache: &Cache) -> Option<Drawing> {
    /// A change of what is drawn needs another number.
    const KEY: &str = "mermaid drawing 1";
    let key = Cache::key(KEY, source);
    let known = cache.find(key, |bytes| serde_json::from_slice::<Option<Drawing>>(bytes).ok());
    if let Some(drawing) = known {
        return drawing;
    }
    let drawing = fresh(source);
    cache.insert(key, serde_json::to_vec(&drawing).unwrap_or_default().into());
    drawing
}

fn fresh(source: &str) -> Option<Drawing> {
    const MAX_BYTES: usize = 50_000;
    if source.len() > MAX_BYTES || !diagram::needs(source).iter().all(|need| is_drawn(need)) {
        return None;
    }
    let own = has_own_colours(source);
    let svg = guarded(|| rendered(source, own)).ok()??;
    finish::drawing(&svg, own)
}

/// Returns true for the kinds that `merman` draws as mermaid does. Left to the library are mind maps, architecture and
/// C4 diagrams and all that are new: their layout is another one in each version of mermaid. Journeys are: their texts are
/// foreign elements. So are formulas in labels, and diagrams that ask for a layout, which may be ELK.
fn is_drawn(need: &str) -> bool {
    matches!(
        need,
        "graph"
            | "flowchart"
            | "sequenceDiagram"
            | "classDiagram"
            | "classDiagram-v2"
            | "stateDiagram"
            | "stateDiagram-v2"
            | "erDiagram"
            | "pie"
            | "timeline"
            | "gitGraph"
            | "quadrantChart"
            | "xychart"
            | "xychart-beta"
            | "gantt"
    )
}

/// Returns true for a diagram whose author chooses a theme or its colours.
fn has_own_colours(source: &str) -> bool {
    let is_setting =
        |part: &str| part.contains("theme:") || part.contains("theme\"") || part.contains("theme'");
    let text = source.trim_start();
    let front = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
    let front = front.map_or("", |(front, _)| front);
    let directives = source
        .split("%%{")
        .skip(1)
        .map(|rest| rest.split_once("}%%").map_or(rest, |(directive, _)| directive));
    std::iter::once(front)
        .chain(directives)
        .any(|part| part.contains("themeVariables") || is_setting(part))
}

/// The library's own drawing.
fn rendered(source: &str, own: bool) -> Option<String> {
    thread_local! {
        static OF_THE_PAGE: (Renderer, Option<SvgEnvironment>) = (renderer(false), environment());
        static OF_AUTHORS: (Renderer, Option<SvgEnvironment>) = (renderer(true), environment());
    }
    let which = if own { &OF_AUTHORS } else { &OF_THE_PAGE };
    which.with(|(renderer, environment)| {
        let request = SvgRequest {
            environment: environment.clone()?,
            options: SvgRenderOptions {
                diagram_id: Some(ID.to_owned()),
                ..SvgRenderOptions::default()
            },
            ..SvgRequest::default()
        };
        match renderer.render(RenderRequest::svg(source, OperationControl::new(), request)) {
            Ok(RenderOutput::Svg(Some(svg))) => Some(svg.svg().to_owned()),
            _ => None,
        }
    })
}

fn renderer(own: bool) -> Renderer {
    let settings = SourcePresentationConfig::from_value(settings(own));
    Renderer::new()
        .with_presentation_engine(MermaidEngine::new().with_site_config(settings))
        .with_parse_options(ParseOptions::strict())
}

/// The settings of `static/js/diagram.js`, with labels that are text of the drawing.
fn settings(own: bool) -> Value {
    let mut settings = json!({
        "fontFamily": "inherit", "look": "classic", "layout": "dagre", "htmlLabels": false,
        "flowchart": {
            "useMaxWidth": true, "htmlLabels": false, "wrappingWidth": 160, "nodeSpacing": 36, "rankSpacing": 44,
            "padding": 12,
        },
        "class": { "htmlLabels": false },
        "state": { "htmlLabels": false },
        "gantt": {
            "useWidth": 720, "fontSize": 14, "sectionFontSize": 14, "barHeight": 26, "leftPadding": 110,
            // The day of the build is not the reader's.
            "todayMarker": "off",
        },
    });
    if !own {
        settings["theme"] = json!("base");
        settings["themeVariables"] = palette::theme_variables();
    }
    settings
}

fn environment() -> Option<SvgEnvironment> {
    let measurer = DeterministicTextMeasurer::default().with_width_callback(measure::width);
    let profile = MeasurementProfileId::new("wsgen.widest").ok()?;
    let identity = TextMeasurementProfileIdentity::new(profile, "1".to_owned()).ok()?;
    let policy = TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer));
    Some(SvgEnvironment::deterministic().with_text_measurement_policy(policy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(source: &str) -> Drawing {
        draw(source, &Cache::default()).expect(source)
    }

    #[test]
    fn a_drawing_is_text_and_shapes_in_the_colours_of_the_page() {
        for source in [
            "graph LR\n  A[豆] -->|first| B{Ready?}\n",
            "sequenceDiagram\n  Guest->>Waiter: espresso\n",
            "stateDiagram-v2\n  [*] --> Cold\n  Cold --> Hot: switched on\n",
            "classDiagram\n  Drink <|-- Espresso\n",
            "erDiagram\n  GUEST ||--o{ ORDER : places\n",
            "pie title P\n  \"a\" : 1\n  \"b\" : 2\n",
        ] {
            let drawing = drawn(source);
            let svg = drawing.svg("d1", "A name");
            assert!(svg.starts_with("<svg id=\"d1\""), "{source}");
            assert!(svg.contains("<title id=\"d1-title\">A name</title>"), "{source}");
            assert!(svg.contains("var(--"), "{source}");
            assert!(!svg.contains(ID), "{source}");
            for refused in ["<script", "foreignobject", "<a ", "onclick", "http://"] {
                assert!(!svg.to_lowercase().contains(refused), "{source}: {refused}");
            }
            assert!(drawing.width > 20.0, "{source}");
            assert!(!drawing.description.is_empty(), "{source}");
        }
    }

    #[test]
    fn the_author_names_and_describes() {
        let drawing = drawn("flowchart LR\n  accTitle: The way\n  accDescr: From a to b.\n  a --> b\n");
        assert_eq!(drawing.title, "The way");
        assert_eq!(drawing.description, "From a to b.");
        assert_eq!(
            drawn("flowchart LR\n  a[One] --> b[Two]\n").description,
            "One, Two"
        );
    }

    #[test]
    fn what_is_not_drawn_well_is_left_to_the_library() {
        for source in [
            "mindmap\n  root((a))\n",
            "architecture-beta\n  group a(cloud)[A]\n",
            "---\nconfig:\n  layout: elk\n---\nflowchart LR\n a --> b\n",
            "flowchart LR\n  a[\"$$x^2$$\"]\n",
            "flowchart LR\n  a[ -->\n",
            "nothing of ours\n",
            "",
        ] {
            assert_eq!(draw(source, &Cache::default()), None, "{source}");
        }
    }

    #[test]
    fn a_drawing_comes_out_of_the_cache_as_it_was_made() {
        let cache = Cache::default();
        for source in ["graph TD\n a --> b\n", "mindmap\n  root\n"] {
            assert_eq!(draw(source, &cache), draw(source, &cache), "{source}");
        }
    }

    #[test]
    fn colours_of_authors_are_obeyed() {
        for own in [
            "%%{init: {'theme': 'forest'}}%%\nflowchart LR\n a --> b",
            "%%{init: {\"themeVariables\": {\"primaryColor\": \"#ffcc00\"}}}%%\nflowchart LR\n a --> b",
            "---\nconfig:\n  theme: dark\n---\nflowchart LR\n a --> b",
        ] {
            assert!(has_own_colours(own), "{own}");
        }
        assert!(!has_own_colours("flowchart LR\n a[theme: dark] --> b"));
        let drawing = drawn("flowchart LR\n a --> b\n style a fill:#222\n style b fill:#ffe0b0\n");
        let svg = drawing.svg("d1", "");
        assert!(svg.contains("fill:#f5f7fa!important"), "{svg}");
        assert!(svg.contains("fill:#1b1f24!important"), "{svg}");
    }

    #[test]
    fn deep_and_huge_diagrams_do_no_harm() {
        for source in [
            format!("flowchart TD\n{}", "subgraph a\n".repeat(300)),
            format!("sequenceDiagram\n{}", "loop a\n".repeat(300)),
            format!("graph LR\n{}", "A --> B\n".repeat(20_000)),
        ] {
            assert_eq!(draw(&source, &Cache::default()), None);
        }
    }
}
