// Clicks through the failover page: a row, the other moment, a weakness, the column filter.
import assert from "node:assert/strict";
import { open } from "./browser.mjs";

const [, , file, picture] = process.argv;

await open(file, async (page) => {
  const rows = page.locator("tbody:not([hidden]) tr");
  assert.ok((await rows.count()) >= 3, "a row for each fault");

  await page.locator("tr", { hasText: "TCPIPA" }).first().click();
  const details = page.locator("#details");
  assert.match(await details.innerText(), /TCPIPA fails while everything runs/);
  assert.match(await details.innerText(), /203\.0\.113\.10 moves from TCPIPA to TCPIPB/);
  assert.ok((await details.locator("pre").innerText()).length > 50, "the trace is there");

  await page.getByRole("button", { name: "Not there at the start" }).click();
  assert.equal(await page.locator('tbody[data-moment="running"]').isHidden(), true);
  assert.equal(await page.locator('tbody[data-moment="start"]').isVisible(), true);

  const weak = page.locator("ol.weak a");
  assert.ok((await weak.count()) >= 3, "the planted weaknesses are listed");
  await weak.first().click();
  assert.equal(await page.locator("tr.chosen").count(), 1);

  await page.locator("#filter").fill("203.0.113.12");
  const shown = await page.locator("thead th[data-column]:visible").allInnerTexts();
  assert.ok(shown.length > 0 && shown.every((name) => name.includes("203.0.113.12")), shown.join(" "));
  await page.locator("#filter").fill("");

  await page.keyboard.press("Tab");
  if (picture) await page.screenshot({ path: picture, fullPage: true });
});
