// What a copy button copies: of a terminal session the commands without prompts and output, of a diff its result, and
// of anything else all of it.

// Languages in which people write down sessions. In any other, what looks like a prompt is code.
const shells = ["", "text", "txt", "plain", "plaintext", "none", "console", "shell-session", "shellsession", "terminal", "bash", "sh", "zsh", "fish", "shell"];
const python = ["python", "py", "python3", "pycon", "python-console", "ipython"];
const windows = ["powershell", "pwsh", "ps", "ps1", "bat", "batch", "cmd", "dosbatch", "winbatch"];
const sql = ["sql", "mysql", "psql", "postgres", "postgresql", "plpgsql", "sqlite", "sqlite3", "mariadb"];

// How lines of a session begin: with a prompt, and with the prompt of a line that continues a command.
const kinds = [
  {
    languages: shells,
    prompt: /^\s*(?:\([\w.-]+\) ?)?(?:➜ {2,}\S+(?: git:\([^)]*\))?(?: ✗)?|\[?[\w.-]+@[^\n$#%]{1,100}[$#%]|(?:[~/][^\s$❯]*\s*)?[$❯➜])(?: +|$)/,
    more: /^> ?/,
  },
  { languages: [...shells, ...python], prompt: /^(?:>>>|In \[\d+\]:)(?: |$)/, more: /^(?:\.\.\.|\s+\.\.\.:)(?: |$)/ },
  { languages: [...shells, ...windows], prompt: /^(?:PS(?: [^>\n]+)?|[A-Za-z]:\\[^>\n]*)> ?/, more: /^>> ?/ },
  {
    languages: [...shells, ...sql],
    prompt: /^(?:(?:mysql|sqlite|SQL|MariaDB \[[^\]]*\])>|\w+[=][#>])(?: |$)/,
    more: /^\s*(?:->|\.\.\.>|['"`]>|\w+[-('"][#>])(?: |$)/,
  },
];
const comment = /^\s*(?:#|--|\/\/|;|rem\b|::)/i;

/** Copies the code of a block; gives whether that worked. Then it is selected, so that a key can copy it. */
export async function copy(block) {
  const code = block.querySelector("code") ?? block.querySelector("pre");
  const done = await write(textOf(code));
  if (!done) getSelection().selectAllChildren(code);
  return done;
}

// The clipboard is there in secure contexts alone, and the browser may refuse it all the same. The old way works on
// plain http.
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    const focused = document.activeElement;
    field.value = text;
    field.readOnly = true;
    field.className = "spoken";
    (document.querySelector("dialog:modal") ?? document.body).append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {}
    field.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }
}

export function textOf(code) {
  const text = code.textContent.replace(/\n$/, "");
  const language = /\blanguage-(\S+)/.exec(code.className)?.[1].toLowerCase() ?? "";
  if (["diff", "patch", "udiff"].includes(language)) return result(text);
  if (code.querySelector(".p")) return commands(marked(code));
  const session = kinds.find(({ languages, prompt }) => languages.includes(language) && begins(text, prompt));
  return session ? commands(read(text, session)) : text;
}

const begins = (text, prompt) => {
  const first = text.split("\n").find((line) => line.trim() && (prompt.test(line) || !comment.test(line)));
  return first !== undefined && prompt.test(first);
};

// The lines of a session that the highlighter has read: pairs of a kind and a text.
function marked(code) {
  const copy = code.cloneNode(true);
  const signs = { p: "\u0001", o: "\u0002" };
  for (const span of copy.querySelectorAll(".p, .o")) {
    const sign = signs[span.className];
    span.textContent = span.textContent.replace(/.+/g, (text) => (sign === signs.p ? sign : sign + text));
  }
  return copy.textContent.split("\n").map((line) => {
    if (line.includes(signs.o)) return ["output", line.replaceAll(signs.o, "")];
    return line.includes(signs.p) ? ["prompt", line.replace(/^\s*\u0001 ?/, "")] : ["more", line];
  });
}

// The lines of a session that nobody has read yet.
function read(text, { prompt, more, languages }) {
  const shell = languages === shells;
  let open = false;
  let end;
  return text.split("\n").map((line) => {
    if (end !== undefined) {
      if (line.trim() === end) end = undefined;
      return ["more", line.replace(more, "")];
    }
    const sign = [prompt, ...(open || !shell ? [more] : [])].find((sign) => sign.test(line));
    if (!sign && !open) return ["output", line];
    const command = sign ? line.replace(sign, "") : line;
    open = shell && /\\\s*$/.test(command);
    end = shell ? /<<-?\s*['"]?(\w+)/.exec(command.replaceAll("<<<", ""))?.[1] : undefined;
    return [sign ? "prompt" : "more", command];
  });
}

// Who has become root types behind another sign, which looks like a comment elsewhere.
const becomesRoot = /^\s*(?:sudo\s+(?:-i|-s|su|bash|sh|zsh)\b|su\b)|\b(?:exec|run)\b.*\s(?:\S*\/)?(?:ba|z|a|da)?sh\s*$/;

function commands(lines) {
  const out = [];
  let empty = [];
  let root = false;
  for (let [kind, text] of lines) {
    if (root && kind === "output" && /^\s*# \S/.test(text)) [kind, text] = ["prompt", text.replace(/^\s*# /, "")];
    if (kind === "prompt" && becomesRoot.test(text)) root = true;
    if (kind === "prompt" && /^\s*(?:exit|logout)\s*$/.test(text)) root = false;
    // Empty lines count where a line follows that continues a command.
    if (kind === "more" && !text.trim()) empty.push(text);
    else {
      if (kind === "more") out.push(...empty);
      if (kind !== "output") out.push(text);
      empty = [];
    }
  }
  return out.join("\n").trimEnd();
}

// What is there once a diff is applied: added lines and those between, without their signs.
function result(diff) {
  const lines = diff.split("\n").filter((line) => !/^(?:diff |index |--- |\+\+\+ |@@|\\ |-)/.test(line));
  if (lines.length === diff.split("\n").length && !lines.some((line) => line.startsWith("+"))) return diff;
  // Some authors leave out the column of signs where nothing changes.
  const column = lines.every((line) => /^(?:[+ ]|$)/.test(line));
  return lines.map((line) => (line.startsWith("+") || column ? line.slice(1) : line)).join("\n");
}
