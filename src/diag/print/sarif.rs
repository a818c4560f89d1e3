//! SARIF 2.1.0, which code scanning of GitHub and others reads.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Place, Places};
use crate::diag::{Code, Diagnostic, Severity};

/// Characters that are encoded in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One run with a rule for each code that was found, and a result for each finding.
pub(super) fn sarif(list: &[Diagnostic], places: &mut Places<'_>) -> String {
    let mut codes: Vec<Code> = list.iter().map(|d| d.code).collect();
    codes.sort();
    codes.dedup();
    let rules: Vec<Value> = codes
        .iter()
        .map(|code| json!({"id": code.name(), "shortDescription": {"text": code.summary()}}))
        .collect();
    let results: Vec<Value> = list.iter().map(|d| result(d, &codes, places)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "wsgen",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn result(d: &Diagnostic, codes: &[Code], places: &mut Places<'_>) -> Value {
    let level = match d.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let text = match &d.help {
        Some(help) => format!("{}\nHelp: {help}", d.message),
        None => d.message.clone(),
    };
    let locations: Vec<Value> = d
        .span
        .map(|span| location(&places.place(span)))
        .into_iter()
        .collect();
    let related: Vec<Value> = d
        .labels
        .iter()
        .map(|label| {
            let mut place = location(&places.place(label.span));
            place["message"] = json!({"text": label.text});
            place
        })
        .collect();
    json!({
        "ruleId": d.code.name(),
        "ruleIndex": codes.binary_search(&d.code).unwrap_or_default(),
        "level": level,
        "message": {"text": text},
        "locations": locations,
        "relatedLocations": related,
    })
}

fn location(place: &Place<'_>) -> Value {
    let uri = utf8_percent_encode(&place.shown, PATH).to_string();
    let region = place.lines.map(|(start, end)| {
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    });
    let mut physical = json!({"artifactLocation": {"uri": uri}});
    if let Some(region) = region {
        physical["region"] = region;
    }
    json!({"physicalLocation": physical})
}
