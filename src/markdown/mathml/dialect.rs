//! The commands that formulas may use: those of KaTeX, and what authors know from LaTeX and MathJax.

use std::sync::{Arc, LazyLock};

use katex::KatexContext;
use katex::macro_expander::MacroMap;
use katex::macros::MacroDefinition;

/// Commands and what stands for them. LaTeX gives way to a definition of its own with `\newcommand`; `\R` is one of
/// KaTeX's, which authors need not know.
const MACROS: &[(&str, &str)] = &[
    (
        r"\DeclareMathOperator",
        r"\@ifstar\declare@with@limits\declare@operator",
    ),
    (r"\declare@operator", r"\providecommand{#1}{\operatorname{#2}}"),
    (
        r"\declare@with@limits",
        r"\providecommand{#1}{\operatorname*{#2}}",
    ),
    (r"\bbm", r"\mathbb{#1}"),
    (r"\eqref", r"\text{(#1)}"),
    (r"\intertext", r"\text{#1}\\"),
    (r"\label", r"\@secondoftwo{#1}{}"),
    (r"\mathbbm", r"\mathbb{#1}"),
    (r"\mathbfit", r"\boldsymbol{#1}"),
    (r"\mathds", r"\mathbb{#1}"),
    (r"\mbox", r"\text{#1}"),
    (r"\newcommand", r"\providecommand"),
    (r"\overparen", r"\overgroup{#1}"),
    (r"\prescript", r"{}^{#1}_{#2}{#3}"),
    (r"\require", r"\@secondoftwo{#1}{}"),
    (r"\shortintertext", r"\text{#1}\\"),
    (r"\sideset", r"{}#1#3\nolimits#2"),
    (r"\textsc", r"\text{#1}"),
    (r"\underparen", r"\undergroup{#1}"),
];

/// Environments and the ones that they are drawn as.
const ENVIRONMENTS: &[(&str, &str)] = &[
    ("eqnarray", "align"),
    ("eqnarray*", "align*"),
    ("flalign", "align"),
    ("flalign*", "align*"),
    ("multline", "gather"),
    ("multline*", "gather*"),
];

pub(super) fn context() -> &'static KatexContext {
    static CONTEXT: LazyLock<KatexContext> = LazyLock::new(|| {
        let mut context = KatexContext::default();
        for (name, model) in ENVIRONMENTS {
            if let Some(environment) = context.environments.get(*model).map(Arc::clone) {
                context.environments.insert((*name).to_owned(), environment);
            }
        }
        context
    });
    &CONTEXT
}

pub(super) fn macros() -> MacroMap {
    let pair = |(name, text): &(&str, &'static str)| ((*name).to_owned(), MacroDefinition::StaticStr(text));
    MACROS.iter().map(pair).collect()
}
