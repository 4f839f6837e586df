// What an editor asks the server beside findings, on the sample as it is printed: mend, hover, complete, go to, rename.
import assert from "node:assert/strict";
import { test } from "node:test";
import protocol from "vscode-languageserver-protocol/node";
import { apply, position, withServer } from "./support/server.mjs";

const FILE = "mvs3.profile";

/** Opens the file with the misspelt statement, applies the fix that the server offers, and gives the text that is left. */
async function mended(client) {
  const text = await client.open(FILE);
  const found = await client.diagnostics(FILE);
  const misspelt = found.find((one) => one.message.includes("SOURECEIPA"));
  assert.ok(misspelt, JSON.stringify(found, null, 1));
  const actions = await client.request(protocol.CodeActionRequest.type, {
    textDocument: { uri: client.uri(FILE) },
    range: misspelt.range,
    context: { diagnostics: [misspelt], only: ["quickfix"] },
  });
  const fix = actions.find((action) => action.edit && JSON.stringify(action.edit).includes('"SOURCEIPA"'));
  assert.ok(fix, JSON.stringify(actions, null, 1));
  const after = apply(text, client.editsOf(fix.edit, FILE));
  await client.change(FILE, 2, after);
  await client.diagnostics(FILE, (now) => !now.some((one) => one.message.includes("SOURECEIPA")));
  return after;
}

test("the fix of a misspelt statement leaves a buffer without the mistake", async () => {
  await withServer("figure6", async (client) => {
    assert.equal(await mended(client), "SOURCEIPA DVB1 APPB\n");
  });
});

test("hover, completion and definition know the statement and the address", async () => {
  await withServer("figure6", async (client) => {
    const text = await mended(client);
    const at = (word) => ({ textDocument: { uri: client.uri(FILE) }, position: position(text, word) });
    const statement = await client.request(protocol.HoverRequest.type, at("SOURCEIPA"));
    assert.match(JSON.stringify(statement.contents), /SOURCEIPA/);
    const address = await client.request(protocol.HoverRequest.type, at("DVB1"));
    assert.match(JSON.stringify(address.contents), /TCPIP5/);
    const places = [await client.request(protocol.DefinitionRequest.type, at("DVB1"))].flat();
    const uris = places.map((place) => place.uri ?? place.targetUri);
    assert.ok(uris.some((uri) => uri === client.uri("mvs5.profile")), JSON.stringify(places, null, 1));

    await client.change(FILE, 3, `VIPADIS\n${text}`);
    const completion = await client.request(protocol.CompletionRequest.type, {
      textDocument: { uri: client.uri(FILE) },
      position: { line: 0, character: 7 },
    });
    const items = Array.isArray(completion) ? completion : completion.items;
    assert.ok(items.some((item) => item.label === "VIPADISTRIBUTE"), JSON.stringify(items.slice(0, 5), null, 1));
  });
});

test("a job is renamed in every profile and in the description", async () => {
  await withServer("figure6", async (client) => {
    const text = await mended(client);
    const edit = await client.request(protocol.RenameRequest.type, {
      textDocument: { uri: client.uri(FILE) },
      position: position(text, "APPB"),
      newName: "ORDERS",
    });
    assert.equal(apply(text, client.editsOf(edit, FILE)), "SOURCEIPA DVB1 ORDERS\n");
    for (const other of ["mvs2.profile", "mvs5.profile", "sysplex.toml"]) {
      const changed = apply(await client.read(other), client.editsOf(edit, other));
      assert.match(changed, /ORDERS/, other);
      assert.doesNotMatch(changed, /APPB/, other);
    }
  });
});
