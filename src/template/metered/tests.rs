use super::*;

fn metered(text: &str) -> String {
    Metered::of(text).text
}

#[test]
fn loops_and_parts_are_counted_where_they_begin() {
    assert_eq!(
        metered("{% for a in b.c if d else e -%} ab {% endfor %}"),
        "{{ __turn(text=0) }}{% for a in __turns(of=b.c if d else e, text=4) -%} ab {% endfor %}"
    );
    assert_eq!(
        metered("{% extends 'a' %}{% block x -%} a{% endblock %}"),
        "{% extends 'a' %}{% block x -%}{{ __turn(text=2) -}} a{% endblock %}"
    );
    assert_eq!(
        metered("{{ [a.b for a in c if a in d] }}"),
        "{{ __turn(text=0) }}{{ __size(of=__built(of=[a.b for a in __turns(of=c, text=0) \
         if __size(of=a) in __size(of=d)])) }}"
    );
}

#[test]
fn what_grows_is_counted() {
    let body = |text: &str| metered(text).replace("{{ __turn(text=0) }}", "");
    assert_eq!(
        body("{% set_global s = s ~ t.u[0](a=1) %}"),
        "{% set_global s = __kept(of=__size(of=s) ~ __size(of=t.u[0](a=1))) %}"
    );
    assert_eq!(
        body("{{ a.b['c d'] -}}"),
        "{{ a.b['c d'] -}}{{ __printed(of=a.b['c d']) -}}"
    );
    assert_eq!(
        body("{% set s %}{% endset %}"),
        "{% set s | __sized %}{% endset %}"
    );
    assert_eq!(
        body("{{ x | default(value=1) | replace(from='a', to=b) }}"),
        "{{ __size(of=x | default(value=1) | __sized | __sized | __replace(from='a', to=b) | __sized) }}"
    );
    assert_eq!(
        body("{% set l = [...l, l] %}"),
        "{% set l = __kept(of=__built(of=[...__size(of=l), l])) %}"
    );
    assert_eq!(
        body("{% filter indent(width=9) %}{% endfilter %}"),
        "{% filter __sized | __indent(width=9) | __sized %}{% endfilter %}"
    );
    assert_eq!(
        body("{% if range(end=9) %}{% endif %}"),
        "{% if __size(of=range(end=9)) %}{% endif %}"
    );
}

#[test]
fn components_and_attributes_keep_their_form() {
    for text in [
        "{{ <a.b c={d} f=\"g\" /> }}",
        "{% <a b={c}> %}{% </a> %}",
        "{# {% for #}",
        "{% raw %}{{ a ~ b }}{% endraw %}",
        "{% include \"a ~ b\" %}",
    ] {
        assert_eq!(
            metered(text),
            format!("{{{{ __turn(text={}) }}}}{text}", text_of(text))
        );
    }
}

fn text_of(text: &str) -> usize {
    if text.contains("raw") { text.len() } else { 0 }
}

#[test]
fn a_place_leads_back_to_the_text_of_the_author() {
    let text = "ä {% for a in b %}{{ a ~ 'c' }}{% endfor %} end";
    let metered = Metered::of(text);
    for word in ["for", "b %}", "'c'", "endfor", "end", "a ~"] {
        let word = word.trim_end_matches(" ~").trim_end_matches(" %}");
        let at = metered.text.rfind(word).unwrap();
        let original = metered.original(at);
        assert!(text[original..].starts_with(word), "{word}");
    }
}

#[test]
fn a_text_that_cannot_be_read_is_left_alone() {
    for text in ["{{ 'a }}", "{{ a", "{# a", "{{ § }}"] {
        assert_eq!(metered(text), text);
    }
}
