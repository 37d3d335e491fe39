// A page that is open while the newsroom acts, and every other place the act must reach.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { launch, reader, SCREENS, visit } from "./browser.mjs";
import { get, none } from "./site.mjs";

/** The binary, and the data directory of the site under test: the acts are carried out from a shell beside it. */
const { COURANT_BIN: program, COURANT_DEMO_DATA: data } = process.env;
const skip = !(program && data) && "COURANT_BIN and COURANT_DEMO_DATA say how to act on the wire; without them nothing is moved";
/** How long an act may take to be seen, on a busy machine with a build that is not optimised. */
const SEEN_MAX_MS = 15_000;
/** A word that no story of the demonstration holds. */
const WORD = `zubrowka${Date.now()}`;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Each run has stories of its own, so that it can be run again on the same site. */
const RUN = Date.now();

/** A story of the tests as ninjs. */
function story(name, version, headline) {
  const now = new Date().toISOString();
  return {
    uri: `tag:tests.courant.example,2026:${RUN}/${name}`,
    standard: { name: "ninjs", version: "3.1" },
    type: "text",
    version: String(version),
    language: "en",
    versionCreated: now,
    contentCreated: now,
    headlines: [{ role: "main", value: headline }],
    descriptions: [{ role: "summary", value: `The lead of ${name}.` }],
    bodies: [{ contentType: "text/html", value: `<p>The copy of ${name} says ${WORD}.</p>` }],
    subjects: [{ name: "Science", rel: "section", uri: "courant:section/science" }],
    infoSources: [{ name: "Tests", role: "source" }],
  };
}

/** Carries out an act, e.g. `act(["kill", guid], "--reason", "…")`, with a document on standard input if there is one. */
function act(words, document) {
  const [verb, ...rest] = words;
  const run = spawnSync(program, ["wire", verb, ...rest, "--data", data], { input: document ? JSON.stringify(document) : "", encoding: "utf8" });
  assert.equal(run.status, 0, `courant wire ${verb}: ${run.stderr}`);
}

/** The short address of a story: the first 60 bits of the SHA-256 of its guid in Crockford's base 32. */
function shortAddress(guid) {
  const first = createHash("sha256").update(guid).digest().readBigUInt64BE() >> 4n;
  const digits = Array.from({ length: 12 }, (_, place) => Number((first >> BigInt(5 * (11 - place))) & 31n));
  return `/${digits.map((digit) => "0123456789abcdefghjkmnpqrstvwxyz"[digit]).join("")}`;
}

/** Asks again until `holds` does not throw. */
async function soon(holds) {
  const end = Date.now() + SEEN_MAX_MS;
  for (;;) {
    try {
      return await holds();
    } catch (error) {
      if (end < Date.now()) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const rowsOf = (view) => view.locator("#list [data-id]").evaluateAll((items) => items.map((item) => item.dataset.id));

/** Presses the button until a story is on the list: stories of the demonstration come meanwhile, before it and after. */
const bring = (view, id) =>
  soon(async () => {
    const row = view.locator(`#list [data-id="${id}"]`);
    const button = view.locator(".live button").first();
    if ((await row.count()) === 0 && (await button.isVisible())) await button.press("Enter", { timeout: 1_000 });
    await row.waitFor({ state: "attached", timeout: 1_000 });
  });

/** Whether the focus is on the first line of the list. */
const isFirstFocused = (view) => view.evaluate(() => document.activeElement.closest("[data-id]") === document.querySelector("#list [data-id]"));

test("an open list counts a new story, shows it when asked, and marks what happens to it", { skip }, async () => {
  const first = story("open-list", 1, "A story for an open list");
  const id = shortAddress(first.uri).slice(1);
  await visit(browser, "/all", SCREENS.desk, async (view) => {
    const before = await rowsOf(view);
    act(["move", "-"], first);
    const button = view.locator(".live button").first();
    await button.waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    assert.match(await button.innerText(), /\d/, "the button says how many");
    assert.deepEqual(await rowsOf(view), before, "nothing moves under the reader");
    await bring(view, id);
    assert.ok((await rowsOf(view)).slice(0, 5).includes(id), "the new story is on top");
    assert.ok(await isFirstFocused(view), "the focus is on a new story");

    act(["correct", "-", "--reason", "The headline named the wrong list."], { ...story("open-list", 2, "A story for the open list") });
    const row = view.locator(`#list [data-id="${id}"]`);
    await row.locator(".tag.sig").waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    await row.getByText("A story for the open list").waitFor({ timeout: SEEN_MAX_MS });

    act(["kill", first.uri, "--reason", "A story of the tests."]);
    await row.locator("s.ttl").waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    assert.equal(await row.locator("a.ttl").count(), 0, "a killed story is not linked any more");
  });
});

test("news that comes while older ones are appended is put on top, and leaves no gap", { skip }, async () => {
  const fresh = story("above-appended", 1, "A story above appended ones");
  const id = shortAddress(fresh.uri).slice(1);
  await visit(browser, "/all", SCREENS.desk, async (view) => {
    const n = (await rowsOf(view)).length;
    await view.locator("#older").press("Enter");
    await view.waitForFunction((n) => document.querySelectorAll("#list [data-id]").length > n, n);
    const before = await rowsOf(view);
    act(["move", "-"], fresh);
    await bring(view, id);
    const after = await rowsOf(view);
    assert.deepEqual(after.filter((other) => before.includes(other)), before, "nothing fell out, nothing changed its place");
    assert.ok(await isFirstFocused(view), "the focus is on a new story");
  });
});

test("where no stream comes through the page asks, and hears the same", { skip }, async () => {
  const fresh = story("polled", 1, "A story that was asked for");
  const { page: view, offences, close } = await reader(browser, SCREENS.desk);
  await view.addInitScript(() => delete globalThis.EventSource);
  const polled = view.waitForRequest(/\/all\/events\?.*wait=25/);
  await view.goto("/all");
  await polled;
  const before = await rowsOf(view);
  act(["move", "-"], fresh);
  const button = view.locator(".live button").first();
  await button.waitFor({ state: "visible", timeout: SEEN_MAX_MS });
  assert.deepEqual(await rowsOf(view), before, "nothing moves under the reader");
  await button.press("Enter");
  await view.locator(`#list [data-id="${shortAddress(fresh.uri).slice(1)}"]`).waitFor();
  act(["kill", fresh.uri, "--reason", "A story of the tests."]);
  await view.locator(`#list [data-id="${shortAddress(fresh.uri).slice(1)}"] s.ttl`).waitFor({ timeout: SEEN_MAX_MS });
  await close();
  // A question that waits for its answer ends when its page is left.
  none(offences.filter((words) => !/wait=25/.test(words)), "offences");
});

test("where nothing comes through a link to the newest is left", async () => {
  const { page: view, close } = await reader(browser, SCREENS.desk);
  await view.route(/\/all\/events/, (route) => route.abort());
  await view.addInitScript(() => delete globalThis.EventSource);
  await view.goto("/all");
  const link = view.locator(".live a");
  assert.equal(await link.isVisible(), false);
  await link.waitFor({ state: "visible", timeout: SEEN_MAX_MS });
  assert.equal(await link.getAttribute("href"), "/all");
  await close();
});

test("what the filter mutes arrives folded, and is opened by keyboard", { skip }, async () => {
  const word = `folded${Date.now()}`;
  const first = story("folded", 1, `A story of ${word}`);
  const id = shortAddress(first.uri).slice(1);
  await visit(browser, `/all?mute=${word}&show=collapse`, SCREENS.desk, async (view) => {
    act(["move", "-"], first);
    await bring(view, id);
    const row = view.locator(`#list [data-id="${id}"]`);
    const fold = row.locator("summary");
    await fold.waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    assert.match(await fold.innerText(), new RegExp(word), "the fold says which word");
    assert.equal(await row.locator("a.ttl").isVisible(), false, "the headline is folded");
    assert.ok(await isFirstFocused(view), "the focus is on the first of the new lines");
    await fold.press("Enter");
    await row.locator("a.ttl").waitFor({ state: "visible" });
    await fold.press("Enter");

    act(["kill", first.uri, "--reason", "A story of the tests."]);
    await fold.locator(".tag.sig").waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    await view.reload();
    assert.equal(await row.locator("summary").count(), 0, "a notice is not folded");
    assert.match(await row.innerText(), /A story of the tests\./);
  });
});

test("what the filter hides is counted as it arrives, and shown by a link", { skip }, async () => {
  const word = `hidden${Date.now()}`;
  const name = (number) => story(`hidden-${number}`, 1, `Story ${number} of ${word}`);
  const address = `/all?mute=${word}`;
  act(["move", "-"], name(1));
  await soon(async () => assert.match((await get(address)).text, /<span>1 story hidden by your filter<\/span>/));
  await visit(browser, address, SCREENS.desk, async (view) => {
    const count = view.locator("#hid span");
    const before = await rowsOf(view);
    act(["move", "-"], name(2));
    await view.getByText("2 stories hidden by your filter").waitFor({ timeout: SEEN_MAX_MS });
    // An update of a story that was counted is counted once: the page asks.
    act(["update", "-"], { ...name(2), version: "2" });
    act(["move", "-"], name(3));
    await view.getByText("3 stories hidden by your filter").waitFor({ timeout: SEEN_MAX_MS });
    await view.waitForTimeout(2_500);
    assert.equal(await count.innerText(), "3 stories hidden by your filter");
    assert.deepEqual(await rowsOf(view), before, "nothing moves under the reader");
    await view.locator("#hid a").press("Enter");
    await view.waitForURL(/show=collapse/);
    assert.equal(await view.locator("#list .fold").count(), 3);
  });
  await visit(browser, `/all?mute=nobody${word}`, { ...SCREENS.desk, javaScriptEnabled: false }, async (view) => {
    assert.equal(await view.locator("#hid").isVisible(), false, "a filter that hides nothing says nothing");
  });
});

test("a released story comes back where its notice stood", { skip }, async () => {
  const headline = "A story that is held and released";
  const held = story("released", 1, headline);
  const id = shortAddress(held.uri).slice(1);
  act(["move", "-"], held);
  act(["move", "-"], story("after-released", 1, "A story after it"));
  await soon(async () => assert.match((await get("/all")).text, /A story after it/));
  await visit(browser, "/all", SCREENS.desk, async (view) => {
    const before = await rowsOf(view);
    const row = view.locator(`#list [data-id="${id}"]`);
    act(["hold", held.uri, "--reason", "We are checking it."]);
    await row.locator(".tag.sig").waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    assert.equal(await row.getByText(headline).count(), 0);
    act(["release", held.uri]);
    await row.locator("a.ttl").waitFor({ state: "visible", timeout: SEEN_MAX_MS });
    assert.equal(await row.locator("a.ttl").innerText(), headline);
    assert.equal(await row.locator(".tag").count(), 0);
    assert.deepEqual(await rowsOf(view), before);
    await view.reload();
    const after = (await rowsOf(view)).filter((other) => before.includes(other));
    assert.deepEqual(after, before.slice(0, after.length), "the page as the server makes it has it in the same place");
  });
});

test("one act reaches every form of the site", { skip }, async () => {
  const headline = "A story that is moved, corrected, held and killed";
  const first = story("everywhere", 1, headline);
  const guid = first.uri;
  /** What each place says of the story now. */
  const places = async () => {
    const short = await get(shortAddress(guid));
    const page = short.headers.has("location") ? await get(new URL(short.headers.get("location"), "http://any").pathname) : short;
    const path = page.path;
    const [ninjs, list, section, feed, search] = await Promise.all(
      [`${path}.json`, "/all", "/science", "/all.rss", `/search?q=${WORD}`].map((address) => get(address)),
    );
    return { page, ninjs, list, section, feed, search };
  };
  const hasCopy = ({ text }) => text.includes("The copy of everywhere");

  act(["move", "-"], first);
  await soon(async () => {
    const { page, ninjs, ...lists } = await places();
    assert.equal(page.status, 200);
    assert.ok(hasCopy(page));
    assert.equal(JSON.parse(ninjs.text).version, "1");
    none(Object.entries(lists).filter(([, { text }]) => !text.includes(guid) && !text.includes(headline)).map(([name]) => name), "lists without it");
  });

  act(["correct", "-", "--reason", "The story said two where it is four."], { ...story("everywhere", 2, headline) });
  await soon(async () => {
    const { page, ninjs } = await places();
    assert.equal(JSON.parse(ninjs.text).version, "2");
    assert.match(page.text, /The story said two where it is four\./, "the public reason is on the page");
  });

  act(["hold", guid, "--reason", "We are checking it."]);
  await soon(async () => {
    const all = Object.entries(await places());
    none(all.filter(([, answer]) => hasCopy(answer)).map(([name]) => name), "places that still show the copy of a story on hold");
    assert.match((await places()).page.text, /We are checking it\./);
  });

  act(["release", guid, "--reason", "It is right."]);
  await soon(async () => {
    const { page } = await places();
    assert.equal(page.status, 200);
    assert.ok(hasCopy(page));
  });

  act(["kill", guid, "--reason", "It was a story of the tests."]);
  await soon(async () => {
    const { page, ...others } = await places();
    assert.equal(page.status, 410);
    assert.match(page.text, /It was a story of the tests\./);
    assert.match(page.text, /noindex/);
    none(Object.entries(others).filter(([, answer]) => hasCopy(answer)).map(([name]) => name), "places that still show the copy of a killed story");
    assert.doesNotMatch(others.search.text, new RegExp(shortAddress(guid).slice(1)), "search does not find it");
  });
});

test("a story on hold keeps its place and says why", { skip }, async () => {
  const held = story("on-hold", 1, "A story that stays on hold");
  act(["move", "-"], held);
  act(["hold", held.uri, "--reason", "We wait for a second source."]);
  await soon(async () => {
    const { status, headers, text } = await get(shortAddress(held.uri));
    const page = headers.has("location") ? await get(new URL(headers.get("location"), "http://any").pathname) : { status, text };
    assert.notEqual(page.status, 410, "it is not gone for good");
    assert.match(page.text, /We wait for a second source\./);
    assert.doesNotMatch(page.text, /The copy of on-hold/);
  });
});

test("updates can be paused, and stay paused on the next page", async () => {
  await visit(browser, "/all", SCREENS.desk, async (view) => {
    const pause = view.locator(".live button").nth(1);
    const before = await pause.innerText();
    await pause.click();
    const paused = await pause.innerText();
    assert.notEqual(paused, before);
    await view.reload();
    assert.equal(await view.locator(".live button").nth(1).innerText(), paused);
  });
});
