// Finding and choosing: a filter made by keyboard, kept on this device only when asked to; suggestions while a search is typed; an
// edition that ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, reader, SCREENS, visit } from "./browser.mjs";
import { get, LANGUAGES, none } from "./site.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Goes on with the Tab key until what has the focus answers to a selector. */
async function tabTo(view, selector, max = 200) {
  for (let press = 0; press < max; press += 1) {
    await view.keyboard.press("Tab");
    if (await view.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

test("a filter is made by keyboard alone, without script, and keeps what it says", async () => {
  await visit(browser, "/filter", { ...SCREENS.desk, javaScriptEnabled: false }, async (view) => {
    await tabTo(view, "main input[name=section]");
    const value = await view.evaluate(() => document.activeElement.value);
    await view.keyboard.press("Space");
    await tabTo(view, "main input[name=mute]");
    await view.keyboard.type('Nothing, "no such words"');
    await view.keyboard.press("Enter");
    await view.waitForURL(/\/filter\?mute=/);
    assert.equal(await view.evaluate(() => location.search), `?mute=%22no%20such%20words%22,nothing&section=${value}`, "the address is the one way to write it");
    const choice = view.locator(`input[name=section][value=${value}]`);
    assert.ok(await choice.isChecked());
    const [, kept] = (await view.locator(`label:has(input[name=section][value=${value}]) .out`).innerText()).match(/keeps ([\d,]+),/);
    const [, shown] = (await view.locator("#kept").innerText()).match(/Keeps ([\d,]+) of/);
    assert.equal(kept, shown, "one section chosen keeps what it says it keeps");
    await view.locator(".subs a").first().press("Enter");
    await view.waitForURL(/\/all\?mute=/);
  });
});

test("every choice of a filter has its numbers in every language", async () => {
  for (const lang of LANGUAGES) {
    const { text } = await get(`/filter?lang=${lang}`);
    const choices = text.split(/<input type="(?:checkbox|radio)"/).length - 1;
    const counted = text.match(/aria-hidden="true">[\d,\u00a0]+ \/ [\d,\u00a0]+<\/span><span class="out">/g) ?? [];
    assert.ok(choices > 20, `${lang}: ${choices}`);
    assert.equal(counted.length, choices, lang);
  }
});

test("a filter is kept on this device only when the reader says so, and forgotten likewise", async () => {
  const { page: view, offences, close } = await reader(browser, SCREENS.desk);
  const kept = () => view.evaluate(() => ({ ...localStorage }));
  await view.goto("/filter?urgency=3");
  const box = view.locator("#keep");
  await box.getByText("Nothing is kept on this device.").waitFor();
  assert.deepEqual(await kept(), {});
  await view.goto("/all");
  assert.equal(await view.locator(".bar a", { hasText: "Use my filter" }).count(), 0);
  assert.deepEqual(await kept(), {}, "looking keeps nothing");
  await view.goto("/filter?urgency=3");
  await box.getByRole("button", { name: "Keep on this device" }).press("Enter");
  await box.getByText("Kept in this browser, and nowhere else: urgency=3").waitFor();
  assert.deepEqual(await kept(), { "courant-filter": "urgency=3" });
  assert.equal(await view.evaluate(() => document.activeElement.textContent), "Forget", "the focus is not lost with the button");
  for (const path of ["/all", "/today", "/"]) {
    await view.goto(path);
    const link = view.locator(".bar a", { hasText: "Use my filter" });
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), "/all?urgency=3", path);
  }
  await view.locator(".bar a", { hasText: "Use my filter" }).click();
  await view.waitForURL("**/all?urgency=3");
  await view.goto("/filter");
  await box.getByRole("button", { name: "Forget" }).press("Enter");
  await box.getByText("Nothing is kept on this device.").waitFor();
  assert.deepEqual(await kept(), {});
  await close();
  none(offences.filter((words) => !/ERR_ABORTED/.test(words)), "offences");
});

test("a name is suggested while a search is typed, and chosen by keyboard", async () => {
  const { page: view, offences, close } = await reader(browser, SCREENS.desk);
  await view.goto("/search", { waitUntil: "load" });
  const field = view.locator("input[role=combobox]");
  const list = view.getByRole("listbox");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await field.focus();
  await field.pressSequentially("sci");
  await list.waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  const options = list.getByRole("option");
  const n = await options.count();
  assert.ok(n >= 1 && n <= 8, `${n} suggestions`);
  assert.match(await view.locator("form .out[role=status]").innerText(), new RegExp(`^${n} suggestions?$`));
  const chosen = () => view.evaluate(() => document.getElementById(document.querySelector("[role=combobox]").getAttribute("aria-activedescendant"))?.textContent);
  await view.keyboard.press("ArrowDown");
  assert.equal(await chosen(), await options.first().textContent());
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await view.keyboard.press("ArrowUp");
  assert.equal(await chosen(), undefined, "above the first is the field itself");
  await view.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  assert.equal(await field.inputValue(), "sci", "what was typed stays");
  await view.keyboard.type("e");
  await list.waitFor();
  await view.keyboard.press("ArrowDown");
  await view.keyboard.press("Enter");
  await view.waitForURL((url) => url.pathname !== "/search");
  await view.goto("/search", { waitUntil: "load" });
  await view.locator("input[role=combobox]").fill("metre");
  await view.locator("input[role=combobox]").press("Enter");
  await view.waitForURL(/\/search\?q=metre/);
  await close();
  none(offences.filter((words) => !/ERR_ABORTED/.test(words)), "offences");
});

test("a search is narrowed by a month and widened again, without script", async () => {
  await visit(browser, "/search?q=the", { ...SCREENS.phone, javaScriptEnabled: false }, async (view) => {
    const facet = view.locator(".facet a").first();
    const before = await view.locator(".bar b").innerText();
    await facet.press("Enter");
    await view.waitForURL((url) => url.search !== "?q=the");
    const chip = view.locator(".chips li a").first();
    assert.match(await chip.getAttribute("aria-label"), /^Take out: /);
    await chip.press("Enter");
    await view.waitForURL((url) => url.search === "?q=the");
    assert.equal(await view.locator(".bar b").innerText(), before);
  });
});

test("an edition ends, and what is printed of it is the news", async () => {
  await visit(browser, "/today", SCREENS.desk, async (view) => {
    await view.locator("a[href='#end']").press("Enter");
    assert.match(await view.locator("#end b").innerText(), /^You have read it all: /);
    const ids = await view.locator("main [data-id]").evaluateAll((rows) => rows.map((row) => row.dataset.id));
    assert.equal(new Set(ids).size, ids.length, "no story is there twice");
    await view.emulateMedia({ media: "print" });
    for (const furniture of ["header details", ".bar", "footer"]) assert.equal(await view.locator(furniture).first().isVisible(), false, furniture);
    assert.ok(await view.locator("#end b").isVisible());
    await view.emulateMedia({ media: "screen" });
    const earlier = view.locator("#end a[rel=prev]");
    await earlier.press("Enter");
    await view.waitForURL(/\/today\?at=/);
    assert.match(await view.locator("h1").innerText(), /^The edition of /);
    assert.ok((await view.locator("main article h2 a").count()) > 0, "the day before has stories");
  });
});
