//! A workshop of our own, the size and mix of a real one: 17 pages in every section.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::Result;
use super::options::SECTION;

/// The contents of a generated site.
#[derive(Default)]
pub(super) struct Size {
    pub(super) pages: usize,
    pub(super) blocks: usize,
    pub(super) bytes: u64,
}

impl Size {
    pub(super) fn add(&mut self, text: &str, blocks: usize) {
        self.pages += 1;
        self.blocks += blocks;
        self.bytes += text.len() as u64;
    }
}

/// Writes a site of `pages` pages.
pub(super) fn generate(site: &Path, pages: usize) -> Result<Size> {
    let mut size = Size::default();
    write_frame(site)?;
    for nth in 0..pages {
        let (section, number) = (nth / SECTION, nth % SECTION);
        let folder = site.join("content").join(format!("part{section:04}"));
        fs::create_dir_all(&folder)?;
        let mut page = Page::new(section, number);
        page.write(|_, _| {});
        size.add(&page.text, page.blocks);
        fs::write(folder.join(file_name(number)), page.text)?;
    }
    Ok(size)
}

/// The configuration, and for Hugo the least that it needs to print pages.
pub(super) fn write_frame(site: &Path) -> Result<()> {
    // Search and page for printing are switched on for the rows that are about them.
    const CONFIG: &str = "baseURL = 'https://workshop.example/'\nlanguageCode = 'ja'\ntitle = 'Workshop'\n\
        disableKinds = ['taxonomy', 'term', 'rss']\n[markup.goldmark.renderer]\nunsafe = true\n\
        [markup.highlight]\nnoClasses = false\n[wsgen]\nsearch = false\nprint = false\n";
    const LAYOUT: &str =
        "<!doctype html><html lang=\"ja\"><title>{{ .Title }}</title><main>{{ .Content }}</main></html>\n";
    let layouts = site.join("layouts");
    fs::create_dir_all(&layouts)?;
    fs::write(layouts.join("all.html"), LAYOUT)?;
    fs::create_dir_all(site.join("content"))?;
    fs::write(
        site.join("content/_index.md"),
        "---\ntitle: Workshop\n---\n\nはじめに。\n",
    )?;
    fs::write(site.join("hugo.toml"), CONFIG)?;
    Ok(())
}

pub(super) fn file_name(number: usize) -> String {
    if number == 0 {
        "_index.md".to_owned()
    } else {
        format!("{number:02}_step.md")
    }
}

const SENTENCES: [&str; 24] = [
    "この章では、小さなサーバーを少しずつ作りながら、計測と改善の流れを体験します。",
    "Before you change anything, write down what you expect to see.",
    "手元の環境によって値は変わりますが、**傾向は同じ**になるはずです。",
    "The command prints one line for each worker, and the last column is the one to watch.",
    "もし結果が違う場合は、一つ前の手順に戻って設定を確認してください。",
    "`queue.depth` が増え続けるときは、受け取る側が追いついていません。",
    "A *small* buffer hides nothing: it only moves the place where the work waits.",
    "時間に余裕がある方は、**並行数（ワーカー数）**を変えて試してみましょう。",
    "Remember that an average says little about the slowest request.",
    "次の図は、要求が届いてから応答が返るまでの道筋を表しています。",
    "We keep the numbers in a table, so that the next step can be compared with this one.",
    "ここまでの内容は[公式の文書](https://example.org/docs/)にも詳しく書かれています。",
    "Stop the program with Ctrl+C before you go on; the port stays in use otherwise.",
    "ログには時刻、重要度、そして処理にかかった時間が記録されます。",
    "If the lines look different, check the version with `tool version` first.",
    "最後に、変更前と変更後の結果を並べて、何が効いたのかを話し合います。",
    "It is tempting to change two things at once, and then nobody knows which one helped.",
    "設定ファイルは読みやすさを優先し、値には必ず単位を添えます。",
    "The second run is faster, since the files are in memory by now.",
    "エラーが出ても慌てずに、最初の一行から順番に読むことが大切です。",
    "Measure again after every step, even when the step looks harmless.",
    "「速くなった気がする」ではなく、数字で確かめる習慣をつけましょう。",
    "Each worker takes a job, does it, and asks for the next one -- that is all.",
    "これで準備は完了です。お疲れさまでした。",
];

const WORDS: [&str; 16] = [
    "queue", "worker", "batch", "ticket", "garden", "parcel", "signal", "harbor", "ledger", "lantern",
    "orchard", "anchor", "beacon", "copper", "meadow", "timber",
];

/// A page in the making.
pub(super) struct Page {
    section: usize,
    number: usize,
    pub(super) blocks: usize,
    pub(super) text: String,
    seed: usize,
}

impl Page {
    pub(super) fn new(section: usize, number: usize) -> Self {
        Self {
            section,
            number,
            blocks: 0,
            text: String::new(),
            seed: number * 7919,
        }
    }

    /// Writes the page; `more` adds to each of its parts.
    pub(super) fn write(&mut self, more: impl Fn(&mut Self, usize)) {
        let title = format!("{} のワークショップ", self.word());
        let weight = self.number + 1;
        self.push(&format!(
            "---\ntitle: \"{title}\"\nweight: {weight}\ndescription: \"Step {weight}\"\n---\n\n"
        ));
        for part in 0..6 {
            self.part(part);
            more(self, part);
        }
        self.text += "[^1]: 計測の方法については付録を参照してください。\n";
    }

    fn part(&mut self, part: usize) {
        let word = self.word();
        let sign = if part == 0 { "[^1]" } else { "" };
        self.push(&format!("## {}. {word} を動かす {{#part-{part}}}\n\n", part + 1));
        self.paragraph(4);
        self.push(&format!("以上が概要です{sign}。\n\n"));
        match part {
            0 if self.number.is_multiple_of(3) => self.diagram(),
            1 => self.table(),
            2 => self.callout(),
            3 => self.details(),
            4 => self.steps(),
            _ => self.link(),
        }
        self.go();
        self.push(&format!("### {word} の確認\n\n"));
        self.paragraph(3);
        if part.is_multiple_of(2) {
            self.shell();
        } else {
            self.yaml();
        }
        self.paragraph(2);
    }

    fn paragraph(&mut self, sentences: usize) {
        for _ in 0..sentences {
            let sentence = SENTENCES[self.random() % SENTENCES.len()];
            self.text += sentence;
            let space = if self.random().is_multiple_of(3) {
                '\n'
            } else {
                ' '
            };
            self.text.push(space);
        }
        self.text += "\n\n";
    }

    fn table(&mut self) {
        self.push("| 項目 | 変更前 | 変更後 | Note |\n|------|-------:|-------:|:----:|\n");
        for _ in 0..6 {
            let (word, before, after) = (self.word(), self.random() % 900, self.random() % 90);
            self.push(&format!(
                "| **{word}** | {before} ms | {after} ms | `{word}.total` |\n"
            ));
        }
        self.text.push('\n');
    }

    fn callout(&mut self) {
        let kind = ["NOTE", "TIP", "WARNING"][self.random() % 3];
        self.push(&format!(
            "> [!{kind}]\n> {}\n>\n",
            SENTENCES[self.number % SENTENCES.len()]
        ));
        self.push("> - 設定を保存する\n> - もう一度実行する\n\n");
    }

    fn details(&mut self) {
        self.push("<details>\n<summary>ヒント: 何を見ればよいですか</summary>\n\n");
        self.paragraph(3);
        self.shell();
        self.push("</details>\n\n");
    }

    fn steps(&mut self) {
        self.push(
            "1. 端末を二つ開きます。\n2. 一つ目でサーバーを起動します。\n   - ポートは `8080` です。\n",
        );
        self.push("   - [x] 起動を確認\n   - [ ] 値を記録\n3. 二つ目で負荷をかけます。\n\n");
    }

    fn link(&mut self) {
        let next = file_name((self.number + 1) % SECTION);
        self.push(&format!("続きは[次の手順]({{{{< relref \"{next}\" >}}}})、"));
        self.push("または[最初の節](#part-0)に戻ってください。\n\n");
    }

    fn diagram(&mut self) {
        let (a, b) = (self.word(), self.word());
        self.block("mermaid", &format!("graph LR\n    A[{a} を受け取る] --> B[{b} に渡す]\n    B --> C{{終わり?}}\n    C -->|いいえ| A\n"));
    }

    fn go(&mut self) {
        let (a, b, n) = (self.word(), self.word(), self.random() % 900 + 10);
        let id = self.id();
        let code = format!(
            "// {a}{id} hands jobs to the {b}.\nfunc {a}{id}(ctx context.Context, jobs <-chan int) (map[string]int, error) {{\n\
             \tcounts := make(map[string]int, {n})\n\tfor job := range jobs {{\n\t\tselect {{\n\
             \t\tcase <-ctx.Done():\n\t\t\treturn nil, fmt.Errorf(\"{b} stopped at %d: %w\", job, ctx.Err())\n\
             \t\tdefault:\n\t\t\tcounts[\"{b}\"] += job * {n} // 合計\n\t\t}}\n\t}}\n\treturn counts, nil\n}}\n"
        );
        self.block("go", &code);
    }

    fn shell(&mut self) {
        let (a, n, id) = (self.word(), self.random() % 60, self.id());
        let code = format!(
            "# {a} を {n} 秒動かす\ngo run ./cmd/{a} -workers {n} -out \"$HOME/{a}-{id}.log\" &\n\
             curl -s http://localhost:8080/{a}/{id} | grep -c 'ok' > {a}.txt\n"
        );
        self.block("bash", &code);
    }

    fn yaml(&mut self) {
        let (a, n, id) = (self.word(), self.random() % 60, self.id());
        let code = format!(
            "apiVersion: v1\nkind: Deployment\nmetadata:\n  name: {a}-{id}\n  labels:\n    app: {a} # 名前\nspec:\n\
             \x20 replicas: {n}\n  template:\n    args: [\"--{a}\", \"{n}s\", true]\n"
        );
        self.block("yaml", &code);
    }

    fn block(&mut self, language: &str, code: &str) {
        self.blocks += 1;
        let _ = write!(self.text, "```{language}\n{code}```\n\n");
    }

    /// A sentence, the same on the same page of every section.
    pub(super) fn sentence(&mut self) -> &'static str {
        SENTENCES[self.random() % SENTENCES.len()]
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.random() % WORDS.len()]
    }

    /// Different in every block of the site.
    fn id(&self) -> String {
        format!("{}x{}x{}", self.section, self.number, self.blocks)
    }

    /// The next pseudo-random number, equal on the same page of every section.
    fn random(&mut self) -> usize {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 33
    }
}
