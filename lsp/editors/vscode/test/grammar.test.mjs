// The TextMate grammars, run by the library that VS Code itself uses.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);

const files = {
  "source.zos-tcpip": "zos-tcpip.tmLanguage.json",
  "source.vipa-scenario": "vipa-scenario.tmLanguage.json",
};

await oniguruma.loadWASM((await readFile(require.resolve("vscode-oniguruma/release/onig.wasm"))).buffer);

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => {
    const path = new URL(`../syntaxes/${files[scope]}`, import.meta.url);
    return textmate.parseRawGrammar(await readFile(path, "utf8"), path.pathname);
  },
});

/** The words of a line with their innermost scope, neighbours of one scope joined, blanks left out. */
async function scopes(scope, line) {
  const grammar = await registry.loadGrammar(scope);
  const { tokens } = grammar.tokenizeLine(line, textmate.INITIAL);
  const joined = [];
  for (const token of tokens) {
    const [word, inner] = [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1)];
    if (joined.at(-1)?.[1] === inner) joined.at(-1)[0] += word;
    else joined.push([word, inner]);
  }
  return joined.filter(([word]) => word.trim() !== "");
}

test("statements, keywords, addresses and comments have their colours", async () => {
  assert.deepEqual(await scopes("source.zos-tcpip", "  VIPADEFINE MOVE IMMED 255.255.255.0 192.0.2.1 ; owner"), [
    ["VIPADEFINE", "keyword.control.statement.zos-tcpip"],
    ["MOVE", "storage.modifier.keyword.zos-tcpip"],
    ["IMMED", "storage.modifier.keyword.zos-tcpip"],
    ["255.255.255.0", "constant.numeric.address.zos-tcpip"],
    ["192.0.2.1", "constant.numeric.address.zos-tcpip"],
    ["; owner", "comment.line.semicolon.zos-tcpip"],
  ]);
});

test("case does not matter, and a name that only begins like a statement is none", async () => {
  assert.deepEqual(await scopes("source.zos-tcpip", "home homer"), [
    ["home", "keyword.control.statement.zos-tcpip"],
    [" homer", "source.zos-tcpip"],
  ]);
});

test("symbols and IPv6 addresses are whole", async () => {
  assert.deepEqual(await scopes("source.zos-tcpip", "2001:db8::1/64 &SYSCLONE."), [
    ["2001:db8::1/64", "constant.numeric.address.zos-tcpip"],
    ["&SYSCLONE.", "variable.other.symbol.zos-tcpip"],
  ]);
});

test("a scenario has its events, outcomes and assertions", async () => {
  const [[word, scope]] = await scopes("source.vipa-scenario", "expect owner 192.0.2.1 = TCPIP1");
  assert.deepEqual([word, scope], ["expect", "keyword.control.assertion.vipa-scenario"]);
});
