// The extension: finds the vipa program, starts its language server, and gives its commands a place in the palette.
import { execFile } from "node:child_process";
import * as vscode from "vscode";
import {
  LanguageClient,
  LanguageClientOptions,
  ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";

let client: LanguageClient | undefined;
let output: vscode.LogOutputChannel;

const LANGUAGES = ["zos-tcpip", "vipa-scenario"];
/** Where texts lie that somebody works on: not the older side of a comparison (git:), which would be told of a second time. */
const SCHEMES = ["file", "untitled", "zowe-ds", "zowe-uss", "vscode-vfs"];

/** Settings that the server asks for under the section `vipa`, and the one that only we need. */
function serverPath(): string {
  return vscode.workspace.getConfiguration("vipa").get<string>("server.path", "vipa");
}

/** What `PATH --version` prints, or undefined when there is no such program. */
function version(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ["--version"], { timeout: 10_000 }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}

async function start(): Promise<void> {
  const path = serverPath();
  const found = await version(path);
  if (found === undefined) {
    const open = "Open settings";
    const answer = await vscode.window.showErrorMessage(
      `vipa: the program "${path}" does not start. Install it with "cargo install --path ." from the vipa repository, or set vipa.server.path.`,
      open,
    );
    if (answer === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "vipa.server.path");
    }
    return;
  }
  output.info(`${path}: ${found}`);
  const server: ServerOptions = { command: path, args: ["lsp"], transport: TransportKind.stdio };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
      { scheme: "file", pattern: "**/sysplex.toml" },
    ],
    outputChannel: output,
    synchronize: { configurationSection: "vipa" },
    middleware: { executeCommand },
  };
  client = new LanguageClient("vipa", "vipa", server, options);
  await client.start();
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** A report as the server gives it back. */
interface Report {
  title: string;
  format: "html" | "text";
  text: string;
}

/** Commands whose report is a page, and what its tab is called. */
const PAGES: Record<string, string> = { "vipa.failover": "Failover", "vipa.graph": "Picture of the sysplex" };

/** Asks the server to carry a command out. Why it does not is said once, in its own words: the library would add the request and its number, and VS Code a dialogue. */
async function ask(name: string, argument: object | undefined): Promise<unknown> {
  try {
    return await client?.sendRequest("workspace/executeCommand", { command: name, arguments: argument === undefined ? [] : [argument] });
  } catch (error) {
    void vscode.window.showErrorMessage(`vipa: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Carries a command out. A page is shown here: the server's own way, the browser, would not find its file where VS Code works on a remote machine. */
async function order(name: string, argument: object): Promise<unknown> {
  const title = PAGES[name];
  if (title === undefined) {
    return ask(name, argument);
  }
  const working = { location: vscode.ProgressLocation.Window, title: `vipa: ${title}` };
  const report = (await vscode.window.withProgress(working, () => ask(name, { ...argument, show: false }))) as
    Report | undefined | null;
  if (report?.format === "html") {
    const panel = vscode.window.createWebviewPanel("vipa.report", title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
    });
    panel.webview.html = report.text;
  }
  return report;
}

/** The stack that is to obey a document: what its lenses offer, asked for where there are several. Undefined when nobody chooses. */
async function obeying(uri: vscode.Uri): Promise<object | undefined> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 500);
  const plans = (lenses ?? []).flatMap(({ command }) =>
    command?.command === "vipa.plan" ? [{ label: command.title, argument: command.arguments?.[0] as object }] : [],
  );
  if (plans.length < 2) {
    return plans[0]?.argument ?? { uri: uri.toString() };
  }
  const chosen = await vscode.window.showQuickPick(plans, { title: "vipa: plan", placeHolder: "Which stack obeys it?" });
  return chosen?.argument;
}

/** What the server's commands want to know, where the palette gives nothing along: the document in view, a stack, a question. */
async function executeCommand(name: string, args: unknown[]): Promise<unknown> {
  if (args.length > 0) {
    return order(name, args[0] as object);
  }
  const editor = vscode.window.activeTextEditor;
  const uri = editor?.document.uri.toString();
  if (name === "vipa.rename") {
    if (editor === undefined) {
      return undefined;
    }
    const position = editor.selection.active;
    const word = editor.document.getWordRangeAtPosition(position, /[^\s;,"]+/);
    const newName = await vscode.window.showInputBox({
      title: "vipa: rename",
      prompt: "The new name, everywhere in the sysplex",
      value: word === undefined ? "" : editor.document.getText(word),
    });
    const at = { line: position.line, character: position.character };
    return newName === undefined ? undefined : ask(name, { textDocument: { uri }, position: at, newName });
  }
  if (name === "vipa.plan" && editor !== undefined) {
    const argument = await obeying(editor.document.uri);
    return argument === undefined ? undefined : order(name, argument);
  }
  if (name !== "vipa.why") {
    return order(name, uri === undefined ? {} : { uri });
  }
  const question = await vscode.window.showInputBox({
    title: "vipa: why",
    prompt: "STACK JOB connect DEST:PORT, STACK JOB bind ADDR:PORT or request CLIENT DVIPA:PORT",
  });
  return question === undefined ? undefined : order(name, { uri, question });
}

/** Runs vipa in a terminal, where its colours and its progress are at home. */
function terminal(name: string, args: string[], folder: vscode.Uri | undefined): void {
  const shown = vscode.window.createTerminal({ name, cwd: folder, shellPath: serverPath(), shellArgs: args });
  shown.show();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("vipa", { log: true });
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(name, run);
  context.subscriptions.push(
    output,
    command("vipa.log", () => output.show()),
    command("vipa.restart", async () => {
      await stop();
      await start();
    }),
    command("vipa.lint", () => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      terminal("vipa lint", ["lint", "."], folder?.uri);
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("vipa.server.path")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

export function deactivate(): Promise<void> {
  return stop();
}
