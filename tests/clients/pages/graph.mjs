// Clicks through the picture: an address, a stack, the search, the keyboard.
import assert from "node:assert/strict";
import { open } from "./browser.mjs";

const [, , file, picture] = process.argv;

await open(file, async (page) => {
  const pale = () => page.locator("body.choosing g.row:not(.on)").count();
  const details = page.locator("#details");
  const rows = page.locator("g.row");
  assert.ok((await rows.count()) >= 5, "a row for each DVIPA and range");
  assert.equal(await pale(), 0);
  assert.match(await page.locator(".remark").innerText(), /Every DVIPA has an owner and a backup/);

  await page.locator("g.row", { hasText: "203.0.113.12" }).click();
  assert.equal(await pale(), (await rows.count()) - 1, "the others are pale");
  assert.match(await details.innerText(), /owned by TCPIPC/);
  assert.match(await details.innerText(), /TCPIPA \(rank 200\), then TCPIPB \(rank 100\)/);
  assert.match(await details.innerText(), /HOTSTANDBY/);

  await page.keyboard.press("Escape");
  assert.equal(await pale(), 0);
  assert.match(await details.innerText(), /How to read it/);

  const stack = page.locator("g.stack", { hasText: "TCPIPB" });
  await stack.click();
  assert.match(await details.innerText(), /owns 203\.0\.113\.11; 203\.0\.113\.13/);
  assert.equal(await stack.getAttribute("aria-pressed"), "true");
  await stack.click();
  assert.equal(await stack.getAttribute("aria-pressed"), "false");

  await page.locator("#search").fill("3000");
  assert.match(await page.locator("#found").innerText(), /^1 of \d+ rows$/);
  await page.locator("#search").fill("");
  assert.equal(await pale(), 0);

  await rows.first().focus();
  await page.keyboard.press("Enter");
  assert.match(await details.innerText(), /203\.0\.113\.10/);
  for (const drawn of await page.locator("svg").all()) {
    const box = await drawn.boundingBox();
    const inside = await drawn.evaluate((svg) => {
      const area = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].every((text) => text.getBoundingClientRect().right <= area.right + 1);
    });
    assert.ok(box.width > 0 && inside, "every word is inside the picture");
  }
  if (picture) await page.screenshot({ path: picture, fullPage: true });
});
