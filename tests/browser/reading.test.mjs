// Reading as readers do: without script, by keyboard, with nobody else told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, reader, SCREENS, visit } from "./browser.mjs";
import { none, some, survey } from "./site.mjs";

let browser;
let pages = [];
before(async () => {
  pages = some(await survey());
  browser = await launch();
});
after(() => browser?.close());

/** What a reader reads: the text of the main part, less what lives only with script. */
const textOf = (view) =>
  view.evaluate(() => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll(".live, script, #share + span").forEach((element) => element.remove());
    return main.textContent.replace(/\s+/g, " ").trim();
  });

test("pages are complete without script, and with it nobody else is told, nothing is kept, nothing fails", async () => {
  // Script off still lets the debugger look at the page.
  const plain = await reader(browser, { ...SCREENS.desk, javaScriptEnabled: false });
  const usual = await reader(browser, SCREENS.desk);
  for (const { path, kind } of pages) {
    await plain.page.goto(path);
    const without = await textOf(plain.page);
    assert.equal(await plain.page.locator("h1").count(), 1, path);
    assert.equal(await plain.page.locator("button:visible:not(form *)").count(), 0, `${path} has a button that needs script`);
    await usual.page.goto(path, { waitUntil: "load" });
    const withScript = await textOf(usual.page);
    assert.ok(without.length > 20, `${path} says ${JSON.stringify(without)}`);
    // Lists grow while the demonstration plays; a story does not.
    if (kind === "story") assert.equal(without, withScript, path);
    else if (without.length < withScript.length * 0.8) {
      // What was read first may have grown since.
      await plain.page.goto(path);
      assert.ok((await textOf(plain.page)).length >= withScript.length * 0.8, `${path} is shorter without script`);
    }
  }
  await plain.close();
  await usual.close();
  none([...plain.offences, ...usual.offences], "offences");
});

test("the first key leads past the menu", async () => {
  for (const { path, lang } of pages.filter(({ kind }) => ["front", "all", "story"].includes(kind))) {
    await visit(browser, path, SCREENS.desk, async (view) => {
      await view.keyboard.press("Tab");
      const link = view.locator(":focus");
      assert.equal(await link.getAttribute("href"), "#main", `${path} (${lang})`);
      const box = await link.boundingBox();
      assert.ok(box && box.width > 20 && box.height >= 24 && box.x >= 0 && box.y >= 0, `${path}: the skip link is seen, at ${JSON.stringify(box)}`);
      await view.keyboard.press("Enter");
      await view.waitForFunction(() => location.hash === "#main", null, { timeout: 5_000 }).catch(() => assert.fail(`${path}: the skip link leads nowhere`));
      await view.keyboard.press("Tab");
      const isInside = await view.evaluate(() => document.querySelector("main").contains(document.activeElement));
      assert.ok(isInside || (await view.locator("main a, main button, main input").count()) === 0, `${path}: the next key is inside the main part`);
    });
  }
});

test("the keyboard reaches everything, and one sees where it is", async () => {
  // Every kind of page; from the right, those that are most unlike each other.
  for (const { path } of pages.filter(({ kind, lang }) => lang === "en" || (lang === "ar" && ["front", "all", "story", "search"].includes(kind)))) {
    await visit(browser, path, SCREENS.desk, async (view) => {
      const count = () =>
        view.evaluate(() => {
          const all = document.querySelectorAll("a[href], button, input, select, textarea, summary");
          const groups = new Set();
          // Of a group of radio buttons one is a stop; the arrows lead to the others.
          const isStop = (element) => element.type !== "radio" || (!groups.has(element.name) && groups.add(element.name));
          return [...all].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0 && element.type !== "hidden" && isStop(element)).length;
        });
      const n = await count();
      // A date has a stop for each of its parts, and one for its calendar.
      const n_more = 5 + 4 * (await view.locator("input[type=date]").count());
      const reached = new Set();
      for (let press = 0; press < n + n_more; press += 1) {
        await view.keyboard.press("Tab");
        const at = await view.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          globalThis.courantSeen ??= new Map();
          if (!globalThis.courantSeen.has(element)) globalThis.courantSeen.set(element, globalThis.courantSeen.size);
          const style = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          // What lies on top in the middle of it must be it, or within it, or around it.
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          const isSeen = !top || element.contains(top) || top.contains(element);
          return {
            id: globalThis.courantSeen.get(element),
            html: element.outerHTML.slice(0, 100),
            isMarked: (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
            on: isSeen ? "" : top.outerHTML.slice(0, 100),
            isFrame: element.tagName === "INPUT" && style.outlineStyle === "auto",
          };
        });
        if (!at) continue;
        reached.add(at.id);
        assert.ok(at.isMarked || at.isFrame, `${path}: one does not see that ${at.html} has the focus`);
        assert.equal(at.on, "", `${path}: something lies on ${at.html} when it has the focus`);
      }
      // The wire runs meanwhile: a story that is killed takes its link away, one that arrives brings a button.
      const stands = Math.min(n, await count());
      assert.ok(reached.size >= stands, `${path}: the keyboard reaches ${reached.size} of ${stands}`);
    });
  }
});

test("search works as a plain form", async () => {
  await visit(browser, "/all", { ...SCREENS.desk, javaScriptEnabled: false }, async (view) => {
    const box = view.locator("header input[name=q]");
    if (!(await box.isVisible())) await view.locator("header summary").click();
    await box.fill("the");
    await box.press("Enter");
    await view.waitForURL(/\/search\?/);
    assert.equal(await view.locator("main input[name=q]").inputValue(), "the");
  });
});

test("the filter works as a plain form", async () => {
  await visit(browser, "/all", { ...SCREENS.desk, javaScriptEnabled: false }, async (view) => {
    const form = view.locator("main form").first();
    const fold = view.locator("main details:has(form) > summary").first();
    if (!(await form.locator("button").first().isVisible())) await fold.click();
    const choice = form.locator("input[type=checkbox]").first();
    const name = await choice.getAttribute("name");
    const value = await choice.getAttribute("value");
    await choice.check();
    await form.locator("button").last().click();
    await view.waitForLoadState();
    const chosen = new URL(view.url()).searchParams.getAll(name).join(",");
    assert.ok(chosen.split(",").includes(value), `${view.url()} holds ${name}=${value}`);
  });
});

test("further news come by a plain link, and Back leads back", async () => {
  await visit(browser, "/all", { ...SCREENS.desk, javaScriptEnabled: false }, async (view) => {
    const firstOf = () => view.locator("#list [data-id]").first().getAttribute("data-id");
    const first = await firstOf();
    await view.locator("a[rel=next]").click();
    await view.waitForURL(/before=/);
    assert.notEqual(await firstOf(), first);
    await view.goBack();
    assert.doesNotMatch(view.url(), /before=/);
  });
});

const rowsOf = (view) => view.locator("#list [data-id]").evaluateAll((rows) => rows.map((row) => row.dataset.id));
const focusedRow = (view) => view.evaluate(() => document.activeElement.closest("[data-id]")?.dataset.id);

test("with script the link to older news appends them, says how many, and goes to the first of them", async () => {
  const { page: view, offences, close } = await reader(browser, SCREENS.desk);
  await view.goto("/all");
  const older = view.locator("#older");
  const before = await rowsOf(view);
  const address = await older.getAttribute("href");
  await older.focus();
  await view.keyboard.press("Enter");
  await view.waitForFunction((n) => document.querySelectorAll("#list [data-id]").length > n, before.length);
  const after = await rowsOf(view);
  assert.deepEqual(after.slice(0, before.length), before, "what was there stays where it was");
  assert.equal(new Set(after).size, after.length, "no story is there twice");
  const path = await view.evaluate(() => location.pathname + location.search);
  assert.equal(path, address, "the address says where the list ends");
  assert.equal(await focusedRow(view), after[before.length], "the focus is on the first new one");
  assert.match(await view.locator("nav.more [role=status]").innerText(), new RegExp(`^${after.length - before.length} more stories shown$`));
  const days = await view.locator("#list h2 a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(days, [...new Set(days)], "a day that goes on has one heading");

  // Away and back: the same list, the same place, and still live.
  await view.locator(`#list [data-id="${after.at(-2)}"] a`).first().scrollIntoViewIfNeeded();
  const place = await view.evaluate(() => scrollY);
  assert.ok(place > 0);
  await view.locator("footer nav a").first().evaluate((link) => link.click());
  await view.waitForURL(/lang=/);
  await view.goBack();
  await view.waitForFunction((n) => document.querySelectorAll("#list [data-id]").length >= n, after.length);
  const back = await rowsOf(view);
  assert.deepEqual(after.filter((id) => !back.includes(id)), [], "what was appended is back");
  await view.waitForFunction((place) => Math.abs(scrollY - place) < 200, place);
  await view.locator(".live button").nth(1).waitFor({ state: "visible" });
  await view.reload();
  await view.waitForFunction((n) => document.querySelectorAll("#list [data-id]").length >= n, after.length);
  assert.equal(await view.locator("nav.more [rel=prev]").count(), 0, "it begins with the newest");
  await close();
  // What a page still loads when it is left is broken off.
  none(offences.filter((words) => !/ERR_ABORTED/.test(words)), "offences");
});

test("a month is a calendar that the keyboard walks through", async () => {
  await visit(browser, "/all", { ...SCREENS.phone, javaScriptEnabled: false }, async (view) => {
    const link = view.locator(".bar p.quiet a").last();
    await link.press("Enter");
    await view.waitForURL(/\/\d{4}\/\d\d$/);
    const day = view.locator("table.cal td a").last();
    const n = Number((await day.locator(".n").innerText()).replace(/\D/g, ""));
    const href = await day.getAttribute("href");
    await day.press("Enter");
    await view.waitForURL(`**${href}`);
    const shown = await view.locator("#list [data-id]").count();
    // The demonstration goes on meanwhile.
    assert.ok(n <= shown, `the calendar says ${n}, the day has ${shown}`);
    await view.locator(".bar p a").last().press("Enter");
    await view.waitForURL(/\/\d{4}\/\d\d$/);
    await view.locator("main > p.quiet a").first().press("Enter");
    await view.waitForURL(/\/\d{4}$/);
    assert.ok((await view.locator("table.months a").count()) > 0);
  });
});

test("the tree of subjects is walked down and up, and a retired one leads on", async () => {
  await visit(browser, "/topics", { ...SCREENS.phone, javaScriptEnabled: false }, async (view) => {
    const count = (text) => Number(text.match(/([\d,]+)$/)?.[1].replace(",", "") ?? 0);
    const broad = view.locator(".subj h2:has(a[href='/topics/science-and-technology'])");
    const n = count(await broad.innerText());
    assert.ok(n > 0, "stories of narrower subjects count");
    await broad.locator("a").press("Enter");
    await view.waitForURL("**/topics/science-and-technology");
    const narrower = view.locator("nav.quiet a", { hasText: "natural science" });
    assert.ok(count(await narrower.innerText()) <= n);
    await narrower.press("Enter");
    await view.waitForURL("**/topics/natural-science");
    await view.locator("nav.quiet a", { hasText: "astronomy" }).press("Enter");
    await view.waitForURL("**/topics/astronomy");
    const astronomy = await rowsOf(view);
    assert.ok(astronomy.length > 0);
    await view.goto("/topics/13000000");
    assert.match(view.url(), /\/topics\/science-and-technology$/);
    await view.goto("/topics/emergency-incident");
    assert.match(view.url(), /\/topics\/disaster-accident-and-emergency-incident$/);
    await view.goto("/search?q=topic:science-and-technology");
    const found = await view.locator(".hits li").count();
    assert.ok(found > 0, "the search is of the same mind");
  });
});
