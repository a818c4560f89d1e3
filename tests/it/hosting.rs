//! Files for hosts: their commands are run as the host runs them, and the site is where the host looks for it.

use std::path::Path;
use std::process::Command;

use spanned_data::{Value, json, toml, yaml};
use tempfile::TempDir;

use crate::commands::{read, works};

/// The file of a new workshop for a host.
struct Published {
    dir: TempDir,
    file: Value,
    text: String,
}

impl Published {
    fn new(host: &str, path: &str) -> Self {
        let dir = TempDir::new().unwrap();
        works(dir.path(), &["new", "lab", "--host", host]);
        let text = read(dir.path().join("lab").join(path));
        let (file, problems) = match path.rsplit_once('.').unwrap().1 {
            "toml" => toml::parse(&text, 0),
            "json" => json::parse(&text, 0),
            _ => yaml::parse(&text, 0),
        };
        assert!(problems.is_empty(), "{problems:?} in\n{text}");
        let file = file.unwrap();
        Self { dir, file, text }
    }

    /// The text at a path like `build.command`.
    #[track_caller]
    fn at(&self, path: &str) -> String {
        at(&self.file, path)
            .and_then(Value::to_text)
            .unwrap_or_else(|| panic!("{path} is not in\n{}", self.text))
    }

    /// Runs a command of the file in a shell, where `npx` knows wsgen alone, and gives the address that the home page in
    /// the folder `out` says it lives at.
    #[cfg(unix)]
    #[track_caller]
    fn run(&self, command: &str, variables: &[(&str, &str)], out: &str) -> Option<String> {
        let lab = self.dir.path().join("lab");
        let _ = std::fs::remove_dir_all(lab.join(out));
        let output = shell(self.dir.path(), command, variables)
            .current_dir(&lab)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let page = std::fs::read_to_string(lab.join(out).join("index.html")).ok()?;
        let address = page.split("<link rel=\"canonical\" href=\"").nth(1);
        Some(
            address
                .and_then(|rest| rest.split('"').next())
                .unwrap_or("none")
                .to_owned(),
        )
    }
}

/// A value by a path whose numbers are places in lists.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.')
        .try_fold(value, |value, key| match key.parse::<usize>() {
            Ok(nth) => value.items().get(nth),
            Err(_) => value.as_map()?.get(key),
        })
}

#[cfg(unix)]
fn shell(dir: &Path, command: &str, variables: &[(&str, &str)]) -> Command {
    use std::os::unix::fs::PermissionsExt as _;
    let npx = dir.join("bin/npx");
    std::fs::create_dir_all(dir.join("bin")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let script = format!(
        "#!/bin/sh\n[ \"$1 $2\" = \"--yes wsgen@{version}\" ] || exit 9\nshift 2\nexec \"{}\" \"$@\"\n",
        env!("CARGO_BIN_EXE_wsgen")
    );
    std::fs::write(&npx, script).unwrap();
    std::fs::set_permissions(&npx, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", dir.join("bin").display());
    let mut shell = Command::new("/bin/sh");
    shell
        .args(["-e", "-c", command])
        .env_clear()
        .env("PATH", path)
        .envs(variables.iter().copied());
    shell
}

#[test]
#[cfg(unix)]
fn netlify_publishes_and_previews() {
    let site = Published::new("netlify", "netlify.toml");
    let out = site.at("build.publish");
    let variables = [
        ("URL", "https://a.example"),
        ("DEPLOY_PRIME_URL", "https://b.example"),
    ];
    for (context, address) in [
        ("build", "https://a.example/"),
        ("context.deploy-preview", "https://b.example/"),
        ("context.branch-deploy", "https://b.example/"),
    ] {
        let command = site.at(&format!("{context}.command"));
        assert_eq!(
            site.run(&command, &variables, &out).as_deref(),
            Some(address),
            "{context}"
        );
    }
}

#[test]
#[cfg(unix)]
fn vercel_publishes_and_previews() {
    let site = Published::new("vercel", "vercel.json");
    let (command, out) = (site.at("buildCommand"), site.at("outputDirectory"));
    // The host takes no longer commands.
    assert!(command.len() <= 256, "{}", command.len());
    for (environment, address) in [
        ("production", "https://a.example/"),
        ("preview", "https://b.example/"),
    ] {
        let variables = [
            ("VERCEL_ENV", environment),
            ("VERCEL_PROJECT_PRODUCTION_URL", "a.example"),
            ("VERCEL_URL", "b.example"),
        ];
        assert_eq!(
            site.run(&command, &variables, &out).as_deref(),
            Some(address),
            "{environment}"
        );
    }
}

#[test]
#[cfg(unix)]
fn cloudflare_publishes_and_previews() {
    let site = Published::new("cloudflare-pages", "wrangler.toml");
    assert_eq!(site.at("name"), "lab");
    let out = site.at("pages_build_output_dir");
    let command = site
        .text
        .lines()
        .find_map(|line| line.strip_prefix("#   "))
        .unwrap();
    let settings = site.dir.path().join("lab/hugo.toml");
    let text = read(&settings);
    std::fs::write(&settings, format!("baseURL = \"https://a.example/\"\n{text}")).unwrap();
    for (branch, address) in [("main", "https://a.example/"), ("draft", "https://b.example/")] {
        let variables = [("CF_PAGES_BRANCH", branch), ("CF_PAGES_URL", "https://b.example")];
        assert_eq!(
            site.run(command, &variables, &out).as_deref(),
            Some(address),
            "{branch}"
        );
    }
}

#[test]
#[cfg(unix)]
fn gitlab_checks_and_publishes() {
    let site = Published::new("gitlab-pages", ".gitlab-ci.yml");
    let lab = site.dir.path().join("lab");
    let variables = [
        ("CI_PROJECT_DIR", lab.to_str().unwrap()),
        ("CI_PAGES_URL", "https://group.example/lab"),
    ];
    let out = site.at("pages.artifacts.paths.0");
    assert_eq!(site.run(&site.at("check.script.0"), &variables, &out), None);
    let address = site.run(&site.at("pages.script.0"), &variables, &out);
    assert_eq!(address.as_deref(), Some("https://group.example/lab/"));
}

#[test]
#[cfg(unix)]
fn github_checks_and_publishes() {
    let site = Published::new("github-pages", ".github/workflows/pages.yml");
    let steps = at(&site.file, "jobs.build.steps").unwrap().items();
    let step = |name: &str| {
        let named = |step: &&Value| step.as_map().and_then(|step| step.text("name")).as_deref() == Some(name);
        steps.iter().find(named).unwrap().as_map().unwrap()
    };
    let out = step("Hand over")
        .get_path("with.path")
        .and_then(Value::to_text)
        .unwrap();
    let variables = [("BASE", "https://name.example/lab")];
    assert_eq!(
        site.run(&step("Check").text("run").unwrap(), &variables, &out),
        None
    );
    let build = step("Build");
    assert_eq!(
        build.get_path("env.BASE").and_then(Value::to_text).as_deref(),
        Some("${{ steps.pages.outputs.base_url }}")
    );
    let address = site.run(&build.text("run").unwrap(), &variables, &out);
    assert_eq!(address.as_deref(), Some("https://name.example/lab/"));
}

#[test]
fn a_workflow_runs_the_version_that_wrote_it() {
    for (host, path) in [
        ("netlify", "netlify.toml"),
        ("vercel", "vercel.json"),
        ("cloudflare-pages", "wrangler.toml"),
        ("gitlab-pages", ".gitlab-ci.yml"),
        ("github-pages", ".github/workflows/pages.yml"),
    ] {
        let site = Published::new(host, path);
        let version = concat!("wsgen@", env!("CARGO_PKG_VERSION"));
        let words = site
            .text
            .split_whitespace()
            .filter(|word| word.starts_with("wsgen@"));
        assert!(words.clone().count() > 0, "{}", site.text);
        assert!(words.into_iter().all(|word| word == version), "{}", site.text);
    }
}
