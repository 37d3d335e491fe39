// A page that is open while news arrive.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, SCREENS, visit } from "./browser.mjs";

/** How long the demonstration may take to move its next story. */
const NEXT_STORY_MAX_MS = 90_000;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test("an open list counts new stories and shows them when asked", { timeout: 2 * NEXT_STORY_MAX_MS }, async () => {
  await visit(browser, "/all", SCREENS.desk, async (view) => {
    const rows = () => view.locator("#list li[id]").evaluateAll((items) => items.map((item) => item.id));
    const before = await rows();
    const button = view.locator(".live button").first();
    await button.waitFor({ state: "visible", timeout: NEXT_STORY_MAX_MS });
    assert.match(await button.innerText(), /\d/, "the button says how many");
    assert.deepEqual(await rows(), before, "nothing moves under the reader");
    await button.focus();
    await view.keyboard.press("Enter");
    await button.waitFor({ state: "hidden" });
    const now = await rows();
    assert.ok(!before.includes(now[0]), "a new story is on top");
    const focused = await view.evaluate(() => document.activeElement.closest("li")?.id);
    assert.equal(focused, now[0], "the focus is on the first new story");
  });
});

test("updates can be paused, and stay paused on the next page", async () => {
  await visit(browser, "/all", SCREENS.desk, async (view) => {
    const pause = view.locator(".live button").nth(1);
    const before = await pause.innerText();
    await pause.click();
    const after = await pause.innerText();
    assert.notEqual(after, before);
    await view.reload();
    assert.equal(await view.locator(".live button").nth(1).innerText(), after);
  });
});
