// Accessibility of each kind of page in each language: axe in Chromium, WCAG 2.2 A and AA, light and dark, phone and desk.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, reader, SCREENS, visit } from "./browser.mjs";
import { nameOf, none, some, survey } from "./site.mjs";

const AXE = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const RULES = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };
/** Kinds of page that screenshots are kept of; and of every page that is not well. */
const PICTURED = ["front", "all", "today", "filter", "story", "search", "section", "dossiers", "month", "year", "topics", "topics, list"];
/** The narrowest window a page must fit without scrolling sideways (WCAG 1.4.10). */
const NARROWEST = { width: 320, height: 600 };

const screenshots = process.env.COURANT_SCREENSHOTS || "screenshots";
let browser;
let pages = [];
before(async () => {
  mkdirSync(screenshots, { recursive: true });
  pages = some(await survey());
  browser = await launch();
});
after(() => browser?.close());

/** What axe has to say of the page in view. */
async function barriersOf(view) {
  // Evaluated through the debugger: the page's own policy lets no foreign script in.
  await view.evaluate(AXE);
  const { violations } = await view.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}

for (const [screen, colorScheme] of [["desk", "light"], ["phone", "dark"], ["desk", "dark"], ["phone", "light"]]) {
  test(`no barrier on a ${screen} screen in the ${colorScheme}`, async (t) => {
    // The last two pairs differ in nothing but colours and widths seen already; one language is enough for them.
    const isSample = (screen === "desk") === (colorScheme === "dark");
    const looked = isSample ? pages.filter(({ lang }) => lang === "en") : pages;
    const barriers = [];
    const { page: view, close } = await reader(browser, { ...SCREENS[screen], colorScheme, reducedMotion: "reduce" });
    for (const page of looked) {
      await view.goto(page.path);
      if (PICTURED.includes(page.kind) || page.status !== 200) {
        await view.screenshot({ path: join(screenshots, `${nameOf(page)}-${screen}-${colorScheme}.png`) });
      }
      barriers.push(...(await barriersOf(view)).map((words) => `${page.path} ${words}`));
    }
    await close();
    t.diagnostic(`${looked.length} pages`);
    none(barriers, "barriers");
  });
}

test("dark is dark and light is light", async () => {
  for (const [colorScheme, isRight] of [["dark", (sum) => sum < 200], ["light", (sum) => sum > 600]]) {
    await visit(browser, "/all", { ...SCREENS.desk, colorScheme }, async (view) => {
      const colour = await view.evaluate(() => {
        const of = (element) => getComputedStyle(element).backgroundColor;
        return /, 0\)$/.test(of(document.body)) ? of(document.documentElement) : of(document.body);
      });
      // The page's colours may be written in another space; a canvas makes them red, green and blue.
      const [red, green, blue] = await view.evaluate((colour) => {
        const pen = new OffscreenCanvas(1, 1).getContext("2d");
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data];
      }, colour);
      assert.ok(isRight(red + green + blue), `${colour} in the ${colorScheme}`);
    });
  }
});

test("no page is wider than a narrow window, and none has a barrier there", async () => {
  const tooWide = [];
  const barriers = [];
  const { page: view, close } = await reader(browser, { viewport: NARROWEST });
  for (const { path, lang } of pages) {
    await view.goto(path);
    // From the left and from the right; the other languages differ in nothing but words.
    if (["en", "ar"].includes(lang)) barriers.push(...(await barriersOf(view)).map((words) => `${path} ${words}`));
    const { width, wide } = await view.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > limit + 1);
      return { width: document.documentElement.scrollWidth, wide: wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)) };
    });
    if (NARROWEST.width < width) tooWide.push(`${path} is ${width} pixels wide: ${wide.join(" | ")}`);
  }
  await close();
  none(tooWide, "pages too wide");
  none(barriers, "barriers");
});
