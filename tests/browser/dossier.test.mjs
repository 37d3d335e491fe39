// A dossier as its reader uses it, and what a story offers beside its copy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, SCREENS, visit } from "./browser.mjs";
import { get, linksIn, survey } from "./site.mjs";

const withoutScript = { ...SCREENS.phone, javaScriptEnabled: false };
let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("the list of dossiers leads to each, and each says what it is before its stories", async () => {
  await visit(browser, "/", withoutScript, async (view) => {
    await view.locator("footer a[href='/dossiers']").press("Enter");
    await view.waitForURL("**/dossiers");
    const links = await view.locator("h3 a").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    assert.ok(3 <= links.length, links.join(" "));
    assert.ok(!links.includes("/dossiers/metre-and-kilogram"), "what was merged is no dossier of its own");
    for (const href of links) {
      await view.goto(href);
      const [event, list] = [view.locator(".keys li").first(), view.locator("#list [data-id]").first()];
      assert.ok((await event.boundingBox()).y < (await list.boundingBox()).y, `${href}: key events come first`);
      assert.ok((await view.locator(".sum").innerText()).length > 20, href);
    }
  });
});

test("what was merged leads on, page and feeds, and the page of before is there", async () => {
  for (const ending of ["", ".rss", ".atom", ".json"]) {
    const { status, headers, text } = await get(`/dossiers/metre-and-kilogram${ending}`);
    assert.equal(status, 301, ending);
    assert.equal(headers.get("location"), `/dossiers/how-the-world-measures${ending}`);
    if (ending) assert.match(text, /goes on in “How the world measures”/, ending);
  }
  const { text } = await get("/dossiers/how-the-world-measures");
  const rows = [...text.matchAll(/data-id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(rows).size, rows.length, "each story once");
  assert.match(text, /“Metre and kilogram” was merged into this one/);
  const { text: versions } = await get("/dossiers/metre-and-kilogram/versions");
  const then = linksIn(versions).find((href) => href.includes("?at="));
  const past = await get(then);
  assert.equal(past.status, 200, then);
  assert.match(past.text, /Dossier: Metre and kilogram/);
});

test("both ends of a split name each other", async () => {
  const [old, part] = await Promise.all(["how-the-world-measures", "time-and-calendars"].map((slug) => get(`/dossiers/${slug}`)));
  assert.ok(linksIn(old.text).includes("/dossiers/time-and-calendars"));
  assert.ok(linksIn(part.text).includes("/dossiers/how-the-world-measures"));
});

test("a reader is told what is new without script, and a device remembers only when asked", async () => {
  await visit(browser, "/dossiers/eclipses-2026-2028", withoutScript, async (view) => {
    await view.goto("/dossiers/eclipses-2026-2028?since=1");
    assert.match(await view.locator("#since").innerText(), /\d+ new stor/);
    await view.locator("#seen a").press("Enter");
    await view.waitForURL(/\?since=\d+$/);
    assert.equal(await view.locator("#since").count(), 1);
  });
  await visit(browser, "/dossiers/time-and-calendars", SCREENS.desk, async (view) => {
    const kept = () => view.evaluate(() => localStorage.getItem("courant.seen:" + location.pathname));
    assert.equal(await kept(), null, "nothing is kept unasked");
    await view.locator("#seen button").click();
    const seq = await kept();
    assert.match(seq, /^\d+$/);
    await view.evaluate(() => localStorage.setItem("courant.seen:" + location.pathname, "2"));
    await view.reload();
    await view.locator("#seen a[href*='since=2']").click();
    await view.waitForURL(/since=2$/);
    assert.match(await view.locator("#since").innerText(), /new|refiled|Nothing/);
    await view.locator("#seen button").click();
    assert.equal(await kept(), null, "and forgotten when asked");
  });
});

test("a long story lists its sub-heads, each link leads to one, and a story says how it is cited", async () => {
  const long = (await survey()).find(({ kind, html }) => kind === "story" && html.includes('aria-labelledby="in"'));
  assert.ok(long, "no story of the demonstration is long");
  await visit(browser, long.path, withoutScript, async (view) => {
    const links = view.locator("nav[aria-labelledby=in] a");
    const hrefs = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    assert.ok(2 <= hrefs.length);
    for (const href of hrefs) assert.equal(await view.locator(`h2${href}`).count(), 1, href);
    await view.locator("#share").press("Enter");
    assert.match(view.url(), new RegExp(`${long.path.split("/")[2]}/`), "the short address leads to the story");
    await view.locator(".about a[href$='/cite']").press("Enter");
    await view.waitForURL("**/cite");
    assert.match(await view.locator("pre").first().innerText(), /desk\. \(20\d\d, .*\/versions\/\d+$/s);
    const bib = await get(`${new URL(view.url()).pathname}.bib`);
    assert.equal(bib.headers.get("content-type"), "application/x-bibtex; charset=utf-8");
    assert.match(bib.text, /^@online\{courant-/);
  });
});
