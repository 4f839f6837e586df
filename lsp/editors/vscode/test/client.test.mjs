// The server, driven by the protocol library that VS Code's own client is built on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withServer } from "./support/server.mjs";

test("a profile with a mistake has its finding at the word, with the rule as its code", async () => {
  await withServer("figure6", async (client) => {
    const text = await client.open("mvs3.profile");
    const found = await client.diagnostics("mvs3.profile");
    const misspelt = found.find((one) => text.split("\n")[one.range.start.line].includes("SOURECEIPA"));
    assert.ok(misspelt, JSON.stringify(found, null, 1));
    assert.match(misspelt.message, /SOURCEIPA/);
    assert.equal(misspelt.source, "vipa");
  });
});

test("an edit that mends a mistake takes its finding away", async () => {
  await withServer("figure6", async (client) => {
    const text = await client.open("mvs3.profile");
    const before = await client.diagnostics("mvs3.profile");
    await client.change("mvs3.profile", 2, text.replaceAll("SOURECEIPA", "SOURCEIPA"));
    const after = await client.diagnostics("mvs3.profile", (found) => found.length < before.length);
    assert.ok(!after.some((one) => one.message.includes("SOURECEIPA")), JSON.stringify(after, null, 1));
  });
});
