//! Shortcodes that work together, and templates of a site that call each other.

use std::sync::Arc;

use crate::host::{MemoryHost, ONE};
use hugo_template::{Arguments, Limits, Position, Shortcode, Template, Value};

fn run(host: &MemoryHost, template: &str, shortcode: &Arc<Shortcode>) -> String {
    let template = Template::parse("x.html", template).unwrap();
    template
        .execute(&shortcode.clone().dot(), host, Limits::default())
        .unwrap()
        .html
}

fn call(name: &str, arguments: &[&str], ordinal: usize) -> Shortcode {
    let arguments = Arguments::Positional(arguments.iter().map(|text| Value::from(*text)).collect());
    let position = Position {
        file: "content/lab/one.md".to_owned(),
        line: 3,
        column: 1,
        offset: 0,
    };
    Shortcode::new(name, ONE, arguments, ordinal, position)
}

#[test]
fn tabs_collect_their_tabs_before_they_run() {
    let host = MemoryHost::new();
    let tab = "{{ if ne .Parent.Name \"tabs\" }}{{ errorf \"stray\" }}{{ end }}\
        {{ .Parent.Scratch.Add \"tabs\" (slice (dict \"name\" (.Get 0) \"content\" (.Inner | markdownify))) }}";
    let tabs = "{{ with .Inner }}{{ end }}{{ $id := printf \"tabs-%d\" .Ordinal }}\
        <ul>{{ range $i, $t := .Scratch.Get \"tabs\" }}<li{{ if not $i }} class=\"active\"{{ end }}>\
        <a href=\"#{{ $id }}-{{ $i }}\">{{ .name }}</a></li>{{ end }}</ul>\
        {{ range $i, $t := .Scratch.Get \"tabs\" }}<div id=\"{{ $id }}-{{ $i }}\">{{ .content }}</div>{{ end }}";
    let parent = Arc::new(call("tabs", &[], 2));
    for (ordinal, (name, text)) in [("Linux & Mac", "**a**"), ("Windows", "b")]
        .into_iter()
        .enumerate()
    {
        let child = Arc::new(call("tab", &[name], ordinal).inside(parent.clone()));
        child.set_inner(text, text);
        assert_eq!(run(&host, tab, &child), "");
    }
    parent.set_inner("", "");
    assert_eq!(
        run(&host, tabs, &parent),
        "<ul><li class=\"active\"><a href=\"#tabs-2-0\">Linux &amp; Mac</a></li>\
         <li><a href=\"#tabs-2-1\">Windows</a></li></ul>\
         <div id=\"tabs-2-0\"><strong>a</strong></div><div id=\"tabs-2-1\">b</div>"
    );
}

#[test]
fn calls_know_their_place() {
    let host = MemoryHost::new();
    let parent = Arc::new(call("outer", &["p"], 0));
    let child = Arc::new(call("inner", &["c"], 1).inside(parent));
    let template = "{{ .Name }}:{{ .Ordinal }} in {{ with .Parent }}{{ .Name }}({{ .Get 0 }}){{ end }} at {{ .Position }} \
        line {{ .Position.LineNumber }}{{ with .Parent.Parent }}!{{ end }}";
    assert_eq!(
        run(&host, template, &child),
        "inner:1 in outer(p) at &#34;content/lab/one.md:3:1&#34; line 3"
    );
}

#[test]
fn a_call_without_inner_text_has_an_empty_one() {
    let host = MemoryHost::new();
    let only = Arc::new(call("x", &[], 0));
    assert_eq!(run(&host, "[{{ .Inner }}]{{ if .Inner }}T{{ end }}", &only), "[]");
    only.set_inner("  a\n  b", "a\nb");
    only.set_inner("later", "later");
    assert_eq!(
        run(&host, "[{{ .Inner }}|{{ .InnerDeindent }}]", &only),
        "[  a\n  b|a\nb]"
    );
}

#[test]
fn the_pages_scratch_is_shared_between_calls() {
    let host = MemoryHost::new();
    let counter = "{{ .Page.Scratch.Add \"n\" 1 }}{{ .Page.Scratch.Get \"n\" }}";
    let numbers: Vec<String> = (0..3)
        .map(|at| run(&host, counter, &Arc::new(call("x", &[], at))))
        .collect();
    assert_eq!(numbers, ["1", "2", "3"]);
}

#[test]
fn partials_are_found_with_and_without_extension_and_may_return() {
    let mut host = MemoryHost::new();
    let mut add = |name: &'static str, text: &str| {
        host.partials
            .insert(name, Arc::new(Template::parse(name, text).unwrap()));
    };
    add("box.html", "<b>{{ .text }}</b>");
    add(
        "func/double.html",
        "{{ $x := . }}{{ if lt $x 0 }}{{ return 0 }}{{ end }}{{ return mul $x 2 }}",
    );
    add("once.html", "{{ newScratch | printf \"%T\" }}{{ . }}");
    let only = Arc::new(call("x", &[], 0));
    let texts = [
        ("{{ partial \"box\" (dict \"text\" \"<\") }}", "<b>&lt;</b>"),
        ("{{ partial \"box.html\" (dict \"text\" \"a\") | plainify }}", "a"),
        (
            "{{ add (partial \"func/double\" 4) 1 }}{{ partial \"func/double.html\" -4 }}",
            "90",
        ),
        (
            "{{ template \"partials/box.html\" (dict \"text\" 1) }}",
            "<b>1</b>",
        ),
        (
            "{{ templates.Exists \"partials/box.html\" }}{{ templates.Exists \"partials/no.html\" }}",
            "truefalse",
        ),
        (
            "{{ partialCached \"once.html\" 1 }}{{ partialCached \"once.html\" 2 }}{{ partialCached \"once.html\" 3 \"k\" }}",
            "*maps.Scratch1*maps.Scratch1*maps.Scratch3",
        ),
    ];
    for (text, expected) in texts {
        assert_eq!(run(&host, text, &only), expected, "{text}");
    }
}

#[test]
fn old_names_of_fields_still_work() {
    let host = MemoryHost::new();
    let only = Arc::new(call("x", &[], 0));
    let texts = [
        ("{{ .Page.Dir }}", "lab/"),
        ("{{ .Page.URL }}", "/sub/lab/one/"),
        ("{{ (.Site.GetPage \"page\" \"lab/two\").Title }}", "Two"),
        ("{{ .Site.IsMultiLingual }}", "false"),
        ("{{ .Page.Hugo.Version | printf \"%.2s\" }}", "0."),
        ("{{ .Page.Lang }}{{ .Site.LanguageCode }}", "enen"),
    ];
    for (text, expected) in texts {
        assert_eq!(run(&host, text, &only), expected, "{text}");
    }
}
