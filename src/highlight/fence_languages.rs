//! The languages of fences: their names, as people write them, and their grammars.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The means to highlight a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// Nothing: it has no colours.
    Plain,
    /// Prompts, shell commands and output.
    Terminal,
    /// Our own reader of diffs.
    Diff,
    /// Our own reader of PromQL.
    PromQl,
    /// The grammar of that name.
    Named(&'static str),
}

/// A language that fences may name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// The canonical name.
    pub(super) id: &'static str,
    /// The name shown to readers.
    pub(super) label: &'static str,
    /// The means to highlight it.
    pub(super) grammar: Grammar,
    aliases: &'static str,
}

impl Language {
    /// The language that `name` means: one of its names in any case, a file name, or both as in `js:src/app.js`.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        const MAX_BYTES: usize = 200;
        if name.len() > MAX_BYTES {
            return None;
        }
        let name = name.trim().to_lowercase();
        by_name(&name)
            .or_else(|| {
                by_name(
                    name.strip_prefix("language-")
                        .or_else(|| name.strip_prefix("lang-"))?,
                )
            })
            .or_else(|| by_name(name.split_once(':')?.0))
            .or_else(|| by_file(name.rsplit([':', '/', '\\']).next()?))
            .or_else(|| name.starts_with("diff-").then(|| by_name("diff"))?)
    }
}

fn by_name(name: &str) -> Option<&'static Language> {
    static NAMES: OnceLock<HashMap<&str, &Language>> = OnceLock::new();
    let all = || {
        let names = |language: &'static Language| language.aliases.split(' ').chain([language.id]);
        LANGUAGES
            .iter()
            .flat_map(|language| names(language).map(move |name| (name, language)))
            .collect()
    };
    NAMES.get_or_init(all).get(name).copied()
}

/// `Dockerfile`, `main.go`, `page.html.erb`: the whole name, else the longest known extension.
fn by_file(name: &str) -> Option<&'static Language> {
    let mut extensions = name.match_indices('.').map(|(dot, _)| &name[dot + 1..]);
    by_name(name).or_else(|| extensions.find_map(by_name))
}

const fn language(
    id: &'static str,
    label: &'static str,
    grammar: Grammar,
    aliases: &'static str,
) -> Language {
    Language {
        id,
        label,
        grammar,
        aliases,
    }
}

use Grammar::{Diff, Named, Plain, PromQl, Terminal};

/// Every language. Names of files stand here where they have no telling extension.
#[rustfmt::skip]
static LANGUAGES: &[Language] = &[
    language("text", "Text", Plain, "plain plaintext plain-text txt none output no-highlight nohighlight no-code raw ascii stdout text/plain result"),
    language("console", "Terminal", Terminal, "shell-session shellsession terminal bash-session sh-session zsh-session term shell-console"),
    language("diff", "Diff", Diff, "patch udiff rej"),
    language("promql", "PromQL", PromQl, "prometheus metricsql logql"),
    language("actionscript", "ActionScript", Named("ActionScript"), "as"),
    language("ada", "Ada", Named("Ada"), "adb ads gpr"),
    language("apache", "Apache", Named("Apache Conf"), "apacheconf apache2 htaccess .htaccess htpasswd .htpasswd"),
    language("applescript", "AppleScript", Named("AppleScript"), "applescript"),
    language("arm-asm", "Assembly", Named("ARM Assembly"), "s arm armasm"),
    language("asciidoc", "AsciiDoc", Named("AsciiDoc (Asciidoctor)"), "adoc ad"),
    language("asm", "Assembly", Named("x86_64 Assembly"), "nasm yasm assembly x86asm inc gas"),
    language("asp", "ASP", Named("HTML (ASP)"), "aspx"),
    language("asp-script", "ASP", Named("ASP"), "asa"),
    language("awk", "AWK", Named("AWK"), "gawk mawk"),
    language("bash", "Shell", Named("Bourne Again Shell (bash)"), "sh shell zsh ash dash ksh shellscript shell-script bats .bashrc .bash_profile .bash_aliases .profile .zshrc .zprofile .zshenv pkgbuild ebuild ssh curl"),
    language("batch", "Batch", Named("Batch File"), "bat cmd batchfile winbatch dosbatch command-prompt"),
    language("bibtex", "BibTeX", Named("BibTeX"), "bib"),
    language("c", "C", Named("C"), "h"),
    language("cabal", "Cabal", Named("Cabal"), "cabal"),
    language("cfml", "CFML", Named("CFML"), "cfm cfc coldfusion"),
    language("clojure", "Clojure", Named("Clojure"), "clj cljc cljs edn"),
    language("cmake", "CMake", Named("CMake"), "cmakelists.txt"),
    language("cmake-cache", "CMake cache", Named("CMakeCache"), "cmakecache.txt"),
    language("coffeescript", "CoffeeScript", Named("CoffeeScript"), "coffee cakefile cson"),
    language("cpp", "C++", Named("C++"), "c++ cc cxx hpp hxx hh h++"),
    language("crontab", "crontab", Named("Crontab"), "cron cron.d"),
    language("crystal", "Crystal", Named("Crystal"), "cr"),
    language("csharp", "C#", Named("C#"), "c# cs chsarp csx c-sharp dotnet"),
    language("css", "CSS", Named("CSS"), "css"),
    language("csv", "CSV", Named("Separated Values"), "tsv psv"),
    language("d", "D", Named("D"), "di dlang"),
    language("dart", "Dart", Named("Dart"), "dart"),
    language("dockerfile", "Dockerfile", Named("Dockerfile (with bash)"), "docker .dockerfile containerfile"),
    language("dot", "Graphviz", Named("Graphviz (DOT)"), "gv graphviz"),
    language("dotenv", ".env", Named("DotENV"), ".env env .envrc .env.local .env.example .env.sample .flaskenv"),
    language("eex", "EEx", Named("HTML (EEx)"), "heex leex html.eex html.leex"),
    language("elixir", "Elixir", Named("Elixir"), "ex exs iex"),
    language("elm", "Elm", Named("Elm"), "elm"),
    language("erb", "ERB", Named("HTML (Rails)"), "html.erb rhtml rails"),
    language("erlang", "Erlang", Named("Erlang"), "erl hrl escript"),
    language("fish", "fish", Named("Fish"), "fishshell"),
    language("fortran", "Fortran", Named("Fortran (Modern)"), "f f90 f95 f03 f08"),
    language("fortran-fixed", "Fortran", Named("Fortran (Fixed Form)"), "f77 for"),
    language("fsharp", "F#", Named("F#"), "f# fs fsi fsx"),
    language("fstab", "fstab", Named("fstab"), "mtab crypttab"),
    language("gdscript", "GDScript", Named("GDScript (Godot Engine)"), "gd godot gdscript3"),
    language("git-commit", "Git commit", Named("Git Commit"), "commit_editmsg"),
    language("git-log", "Git log", Named("Git Log"), "gitlog"),
    language("git-rebase", "Git rebase", Named("Git Rebase Todo"), "git-rebase-todo"),
    language("gitattributes", ".gitattributes", Named("Git Attributes"), ".gitattributes"),
    language("gitconfig", ".gitconfig", Named("Git Config"), ".gitconfig .gitmodules"),
    language("gitignore", ".gitignore", Named("Git Ignore"), ".gitignore .dockerignore dockerignore .npmignore .helmignore ignore"),
    language("glsl", "GLSL", Named("GLSL"), "vert frag geom comp shader vsh fsh"),
    language("gnuplot", "gnuplot", Named("gnuplot"), "gp plt"),
    language("go", "Go", Named("Go"), "golang"),
    language("gomod", "go.mod", Named("Gomod"), "go.mod go.work go-mod"),
    language("gosum", "go.sum", Named("Gosum"), "go.sum"),
    language("graphql", "GraphQL", Named("GraphQL"), "gql graphqls"),
    language("groff", "groff", Named("Groff/troff"), "troff nroff roff"),
    language("groovy", "Groovy", Named("Groovy"), "gradle jenkinsfile gvy"),
    language("haskell", "Haskell", Named("Haskell"), "hs"),
    language("hosts", "hosts", Named("Hosts File"), "etc-hosts"),
    language("html", "HTML", Named("HTML"), "htm xhtml shtml cshtml razor gohtml go-html-template"),
    language("http", "HTTP", Named("HTTP Request and Response"), "https rest-client"),
    language("idris", "Idris", Named("Idris"), "idr"),
    language("ini", "INI", Named("INI"), "cfg conf cnf inf reg desktop editorconfig .editorconfig systemd service dosini hgrc .pylintrc .npmrc"),
    language("java", "Java", Named("Java"), "bsh"),
    language("javascript", "JavaScript", Named("JavaScript"), "js mjs cjs node nodejs ecmascript es6"),
    language("jinja", "Jinja", Named("Jinja2"), "jinja2 j2 django htmldjango liquid tera nunjucks"),
    language("jinja-html", "Jinja", Named("HTML (Jinja2)"), "html.j2 xml.j2 html.jinja"),
    language("jq", "jq", Named("JQ"), "jq"),
    language("json", "JSON", Named("JSON"), "jsonc json5 jsonl ndjson geojson ipynb webmanifest code-workspace tfstate avsc"),
    language("jsonnet", "Jsonnet", Named("jsonnet"), "libsonnet"),
    language("jsp", "JSP", Named("Java Server Page (JSP)"), "jsp"),
    language("jsx", "JSX", Named("JavaScript (Babel)"), "babel"),
    language("julia", "Julia", Named("Julia"), "jl"),
    language("kotlin", "Kotlin", Named("Kotlin"), "kt kts"),
    language("latex", "LaTeX", Named("LaTeX"), "tex ltx"),
    language("lean", "Lean", Named("Lean 4"), "lean4"),
    language("less", "Less", Named("Less"), "css.less"),
    language("lisp", "Lisp", Named("Lisp"), "cl clisp common-lisp elisp emacs-lisp el scheme scm ss"),
    language("literate-haskell", "Literate Haskell", Named("Literate Haskell"), "lhs"),
    language("livescript", "LiveScript", Named("LiveScript"), "ls"),
    language("llvm", "LLVM IR", Named("LLVM"), "ll llvm-ir"),
    language("log", "Log", Named("log"), "logs syslog"),
    language("lua", "Lua", Named("Lua"), "lua"),
    language("makefile", "Makefile", Named("Makefile"), "make mk mak gnumakefile makefile.am makefile.in"),
    language("man", "man page", Named("Manpage"), "manpage"),
    language("markdown", "Markdown", Named("Markdown"), "md mkd mdown mdx"),
    language("matlab", "MATLAB", Named("MATLAB"), "octave"),
    language("mediawiki", "MediaWiki", Named("MediaWiki"), "wiki wikipedia"),
    language("nginx", "nginx", Named("nginx"), "nginx.conf nginxconf mime.types fastcgi_params"),
    language("nim", "Nim", Named("Nim"), "nims nimble"),
    language("ninja", "Ninja", Named("Ninja"), "build.ninja"),
    language("nix", "Nix", Named("Nix"), "nix"),
    language("nsis", "NSIS", Named("NSIS"), "nsi nsh"),
    language("objective-c", "Objective-C", Named("Objective-C"), "objc obj-c m"),
    language("objective-cpp", "Objective-C++", Named("Objective-C++"), "mm objective-c++ objcpp"),
    language("ocaml", "OCaml", Named("OCaml"), "ml mli"),
    language("odin", "Odin", Named("Odin"), "odin"),
    language("org", "Org", Named("orgmode"), "orgmode org-mode"),
    language("pascal", "Pascal", Named("Pascal"), "pas delphi objectpascal"),
    language("perl", "Perl", Named("Perl"), "pl pm"),
    language("php", "PHP", Named("PHP"), "php3 php4 php5 php7 php8 phtml"),
    language("plain-tex", "TeX", Named("TeX"), "sty cls"),
    language("powershell", "PowerShell", Named("PowerShell"), "ps1 pwsh posh psm1 psd1 ps"),
    language("properties", "Properties", Named("Java Properties"), "java-properties"),
    language("protobuf", "Protocol Buffers", Named("Protocol Buffer"), "proto proto3 protodevel"),
    language("puppet", "Puppet", Named("Puppet"), "pp epp"),
    language("purescript", "PureScript", Named("PureScript"), "purs"),
    language("python", "Python", Named("Python"), "py python3 py3 python2 py2 pyw pyi pycon pyx cython starlark bazel bzl sconstruct snakefile"),
    language("qml", "QML", Named("QML"), "qml"),
    language("r", "R", Named("R"), "rprofile rlang"),
    language("racket", "Racket", Named("Racket"), "rkt"),
    language("regex", "Regex", Named("Regular Expression"), "regexp re"),
    language("rego", "Rego", Named("Rego"), "opa"),
    language("requirements", "requirements.txt", Named("Requirements.txt"), "requirements.txt requirements.in pip pip-requirements"),
    language("robot", "Robot Framework", Named("Robot Framework"), "robotframework"),
    language("rst", "reStructuredText", Named("reStructuredText"), "rest restructuredtext"),
    language("ruby", "Ruby", Named("Ruby"), "rb gemfile rakefile podfile vagrantfile brewfile fastfile gemspec rake ru"),
    language("rust", "Rust", Named("Rust"), "rs"),
    language("sass", "Sass", Named("Sass"), "sass"),
    language("scala", "Scala", Named("Scala"), "sbt sc"),
    language("scss", "SCSS", Named("SCSS"), "scss"),
    language("slim", "Slim", Named("Ruby Slim"), "slim"),
    language("sls", "Salt", Named("Salt State (SLS)"), "salt saltstate"),
    language("sml", "Standard ML", Named("SML"), "standard-ml"),
    language("solidity", "Solidity", Named("Solidity"), "sol"),
    language("sql", "SQL", Named("SQL"), "ddl dml mysql postgres postgresql pgsql plpgsql psql sqlite sqlite3 tsql t-sql mssql plsql oracle bigquery"),
    language("ssh-config", "SSH config", Named("SSH Config"), "ssh_config sshconfig"),
    language("sshd-config", "SSHD config", Named("SSHD Config"), "sshd_config"),
    language("strace", "strace", Named("Strace"), "strace"),
    language("stylus", "Stylus", Named("Stylus"), "styl"),
    language("svelte", "Svelte", Named("Svelte"), "svelte"),
    language("swift", "Swift", Named("Swift"), "swift"),
    language("systemverilog", "SystemVerilog", Named("SystemVerilog"), "sv svh"),
    language("tcl", "Tcl", Named("Tcl"), "tcl"),
    language("terraform", "Terraform", Named("Terraform"), "tf hcl tfvars hcl2 opentofu"),
    language("textproto", "Protocol Buffers", Named("Protocol Buffer (TEXT)"), "pbtxt prototxt textpb pb.txt"),
    language("toml", "TOML", Named("TOML"), "cargo.lock cargo.toml pipfile poetry.lock pyproject uv.lock tml"),
    language("tsx", "TSX", Named("TypeScriptReact"), "typescriptreact"),
    language("twig", "Twig", Named("HTML (Twig)"), "html.twig"),
    language("typescript", "TypeScript", Named("TypeScript"), "ts mts cts deno"),
    language("typst", "Typst", Named("Typst"), "typ"),
    language("verilog", "Verilog", Named("Verilog"), "v"),
    language("vhdl", "VHDL", Named("VHDL"), "vhd"),
    language("vim", "Vim script", Named("VimL"), "viml vimscript vimrc .vimrc"),
    language("vue", "Vue", Named("Vue Component"), "vuejs"),
    language("vyper", "Vyper", Named("Vyper"), "vy"),
    language("wgsl", "WGSL", Named("WGSL"), "wgsl"),
    language("xml", "XML", Named("XML"), "xsd xslt xsl dtd tld rng rss atom opml svg xaml plist csproj fsproj vbproj pom wsdl"),
    language("yaml", "YAML", Named("YAML"), "yml k8s kubernetes helm docker-compose compose openapi"),
    language("zig", "Zig", Named("Zig"), "zon"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::grammar::Grammars;

    fn id(name: &str) -> Option<&'static str> {
        Language::find(name).map(|language| language.id)
    }

    #[test]
    fn names_are_found_as_workshops_write_them() {
        for (name, expected) in [
            ("go", "go"),
            ("golang", "go"),
            ("Go", "go"),
            ("sh", "bash"),
            ("Bash", "bash"),
            ("shell", "bash"),
            ("console", "console"),
            ("shell-session", "console"),
            ("js", "javascript"),
            ("ts", "typescript"),
            ("jsx", "jsx"),
            ("yml", "yaml"),
            ("c#", "csharp"),
            ("cs", "csharp"),
            ("chsarp", "csharp"),
            ("C++", "cpp"),
            ("kt", "kotlin"),
            ("py", "python"),
            ("ps1", "powershell"),
            ("pwsh", "powershell"),
            ("dockerfile", "dockerfile"),
            ("tf", "terraform"),
            ("hcl", "terraform"),
            (".gitignore", "gitignore"),
            ("proto", "protobuf"),
            ("make", "makefile"),
            ("text", "text"),
            ("txt", "text"),
            ("output", "text"),
            ("log", "log"),
            ("promql", "promql"),
            ("diff-js", "diff"),
            ("cmd", "batch"),
            ("tex", "latex"),
        ] {
            assert_eq!(id(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn file_names_tell_the_language() {
        for (name, expected) in [
            ("js:src/app.js", "javascript"),
            ("main.go", "go"),
            ("k8s/deployment.yaml", "yaml"),
            ("Dockerfile", "dockerfile"),
            ("build/Makefile", "makefile"),
            ("app.html.erb", "erb"),
            ("go:Makefile", "go"),
            ("x:cmd/main.rs", "rust"),
            ("language-go", "go"),
        ] {
            assert_eq!(id(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn unknown_names_are_no_language() {
        for name in [
            "",
            " ",
            "nosuchlang",
            "mermaid",
            "kql",
            ".",
            "a.",
            ":",
            "goat",
            "x.y.z",
            "💥",
        ] {
            assert_eq!(id(name), None, "{name}");
        }
        assert_eq!(id(&"go".repeat(1000)), None);
    }

    #[test]
    fn no_name_means_two_languages_and_all_are_in_lower_case() {
        let mut names: Vec<&str> = LANGUAGES
            .iter()
            .flat_map(|language| {
                language
                    .aliases
                    .split(' ')
                    .filter(|alias| *alias != language.id)
                    .chain([language.id])
            })
            .collect();
        let count = names.len();
        assert!(names.iter().all(|name| *name == name.to_lowercase()));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_named_grammar_exists() {
        let grammars = Grammars::default();
        let known = grammars.names();
        for language in LANGUAGES {
            if let Named(name) = language.grammar {
                assert!(known.contains(&name), "{name}");
            }
        }
    }
}
