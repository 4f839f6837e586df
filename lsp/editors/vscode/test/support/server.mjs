// A client on vscode-languageserver-protocol that drives the real server over its standard input and output.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node";

const repository = fileURLToPath(new URL("../../../../../", import.meta.url));

/** Copies a sample to a folder of its own, starts the server there, and hands both to `use`. */
export async function withServer(sample, use) {
  const folder = await mkdtemp(join(tmpdir(), "vipa-client-"));
  await cp(join(repository, "samples", sample), folder, { recursive: true });
  const server = spawn(process.env.VIPA ?? join(repository, "target", "debug", "vipa"), ["lsp"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin),
  );
  const client = new Client(connection, folder);
  connection.listen();
  try {
    await client.initialize();
    await use(client);
    await connection.sendRequest(protocol.ShutdownRequest.type);
    await connection.sendNotification(protocol.ExitNotification.type);
    const code = await new Promise((resolve) => server.once("exit", resolve));
    assert.equal(code, 0, "the server ends with 0 after shutdown and exit");
  } finally {
    server.kill();
    connection.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What an editor does, in its words. */
class Client {
  constructor(connection, folder) {
    this.connection = connection;
    this.folder = folder;
    this.published = new Map();
    this.waiting = [];
    this.edits = [];
    connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
      this.published.set(params.uri, params.diagnostics);
      this.waiting = this.waiting.filter((waiter) => !waiter());
    });
    connection.onRequest(protocol.ApplyWorkspaceEditRequest.type, ({ edit }) => {
      this.edits.push(edit);
      return { applied: true };
    });
    connection.onRequest(protocol.RegistrationRequest.type, () => null);
    connection.onRequest(protocol.ConfigurationRequest.type, ({ items }) => items.map(() => null));
    connection.onRequest(protocol.WorkDoneProgressCreateRequest.type, () => null);
  }

  uri(name) {
    return pathToFileURL(join(this.folder, name)).toString();
  }

  async initialize() {
    const uri = pathToFileURL(this.folder).toString();
    const answer = await this.connection.sendRequest(protocol.InitializeRequest.type, {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "sample" }],
      capabilities: {
        general: { positionEncodings: ["utf-16"] },
        textDocument: {
          publishDiagnostics: { relatedInformation: true },
          completion: { completionItem: { snippetSupport: true } },
          hover: { contentFormat: ["markdown"] },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
        },
        workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
      },
    });
    this.capabilities = answer.capabilities;
    await this.connection.sendNotification(protocol.InitializedNotification.type, {});
  }

  async open(name) {
    const text = await readFile(join(this.folder, name), "utf8");
    const textDocument = { uri: this.uri(name), languageId: "zos-tcpip", version: 1, text };
    await this.connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, { textDocument });
    return text;
  }

  async change(name, version, text) {
    await this.connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name), version },
      contentChanges: [{ text }],
    });
  }

  /** The diagnostics of a file, as soon as `enough` says yes to them. */
  diagnostics(name, enough = (found) => found.length > 0) {
    const uri = this.uri(name);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such diagnostics of ${name} within 30 seconds`)), 30_000);
      const look = () => {
        const found = this.published.get(uri);
        if (found === undefined || !enough(found)) return false;
        clearTimeout(timer);
        resolve(found);
        return true;
      };
      if (!look()) this.waiting.push(look);
    });
  }

  read(name) {
    return readFile(join(this.folder, name), "utf8");
  }

  /** The text edits that a workspace edit has for a file, in either of its two forms. */
  editsOf(edit, name) {
    const uri = this.uri(name);
    const documents = (edit.documentChanges ?? []).filter((change) => change.textDocument?.uri === uri);
    return [...(edit.changes?.[uri] ?? []), ...documents.flatMap((change) => change.edits)];
  }

  request(type, params) {
    return this.connection.sendRequest(type, params);
  }
}

/** The position of a word in a text, at its first letter. */
export function position(text, word, nth = 0) {
  let offset = -1;
  for (let count = 0; count <= nth; count += 1) {
    offset = text.indexOf(word, offset + 1);
    assert.notEqual(offset, -1, `${word} is not in the text`);
  }
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

/** A text after edits that do not overlap. */
export function apply(text, edits) {
  const lines = text.split("\n");
  const offset = ({ line, character }) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const last = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return last.reduce(
    (now, edit) => now.slice(0, offset(edit.range.start)) + edit.newText + now.slice(offset(edit.range.end)),
    text,
  );
}
