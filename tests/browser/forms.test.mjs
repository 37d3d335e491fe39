// The forms that machines read: ninjs of every story, feeds of every list, the stream.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { ninjsChecker } from "./schemas.mjs";
import { get, inForm, none, site, some, survey } from "./site.mjs";

let pages = [];
before(async () => {
  pages = (await survey()).filter(({ html }) => html);
});

test("the ninjs of every story keeps the IPTC schema", async (t) => {
  const check = ninjsChecker();
  const stories = pages.filter(({ kind, status }) => kind === "story" && status === 200);
  assert.ok(stories.length >= 30, `${stories.length} stories were found`);
  let n = 0;
  for (const { path } of stories) {
    const address = inForm(path, ".json");
    const { status, headers, text } = await get(address);
    assert.equal(status, 200, address);
    assert.match(headers.get("content-type"), /json/, address);
    const document = JSON.parse(text);
    none(check(document), `${address} breaks the schema`);
    assert.match(document.version, /^\d+$/, path);
    n += 1;
  }
  t.diagnostic(`${n} documents`);
});

test("what was killed is gone from its other forms too", async () => {
  const killed = pages.filter(({ kind, status, path }) => kind === "story" && status === 410 && path.split("/").length === 4);
  assert.ok(killed.length > 0, "the demonstration has a killed story");
  for (const { path } of killed) {
    const { status, text } = await get(`${path}.json`);
    if (status === 410) continue;
    assert.equal(status, 200, path);
    const document = JSON.parse(text);
    assert.equal(document.pubStatus, "canceled", path);
    assert.equal(document.bodies, undefined, `${path} has no body any more`);
  }
});

test("the feed of every list is well-formed RSS", async (t) => {
  const lists = some(pages.filter(({ kind, status }) => status === 200 && ["all", "section", "topics", "dossiers", "places", "day", "search"].includes(kind)), 3);
  const feeds = new Set();
  for (const { path, html } of lists) {
    const [, href] = html.match(/<link rel="alternate" type="application\/rss\+xml" href="([^"]+)"/) ?? [];
    if (href) feeds.add(href.replaceAll("&amp;", "&").replaceAll("&#38;", "&"));
    else assert.ok(["search"].includes(path.slice(1).split("?")[0]), `${path} names its feed`);
  }
  assert.ok(feeds.size >= 3, `${feeds.size} feeds were found`);
  for (const href of feeds) {
    const { status, headers, text } = await get(href);
    assert.equal(status, 200, href);
    assert.match(headers.get("content-type"), /^application\/rss\+xml/, href);
    const { status: code, stderr } = spawnSync("xmllint", ["--noout", "--nonet", "-"], { input: text, encoding: "utf8" });
    assert.equal(code, 0, `${href}: ${stderr}`);
    const guids = [...text.matchAll(/<guid\b[^>]*>([^<]+)<\/guid>/g)].map(([, guid]) => guid);
    assert.equal(new Set(guids).size, guids.length, `${href} names each story once`);
    assert.equal(guids.length, text.split("<item>").length - 1, `${href} names every story`);
    assert.match(text, /<atom:link\b[^>]*rel="self"/, href);
  }
  t.diagnostic(`${feeds.size} feeds`);
});

test("every list is a JSON Feed too", async (t) => {
  const lists = some(pages.filter(({ kind, status, path }) => status === 200 && ["all", "section", "topics", "places"].includes(kind) && !path.includes("nosuch")));
  for (const { path } of lists) {
    const { pathname, search } = new URL(path, site);
    const { status, text } = await get(`${pathname}.json${search}`);
    assert.equal(status, 200, `${pathname}.json${search}`);
    const feed = JSON.parse(text);
    assert.match(feed.version, /^https:\/\/jsonfeed\.org\/version\/1/, path);
    assert.ok(feed.title && feed.items.length, `${path} has a title and items`);
    for (const item of feed.items) {
      assert.match(item.url, /^https?:\/\//, path);
      assert.ok(item.id && item._courant.seq > 0 && item._courant.version && item._courant.pubStatus, `${path}: ${JSON.stringify(item).slice(0, 200)}`);
    }
  }
  t.diagnostic(`${lists.length} feeds`);
});

test("the stream speaks of the wire in order and resumes after a number", async () => {
  const read = async (headers) => {
    const stop = new AbortController();
    const answer = await fetch(`${site}/all/events`, { headers, signal: stop.signal });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /^text\/event-stream/);
    const timer = setTimeout(() => stop.abort(), 5_000);
    let text = "";
    try {
      for await (const bytes of answer.body) {
        text += Buffer.from(bytes).toString("utf8");
        if (text.split("\nid: ").length > 5) break;
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
    // A block without an event only tells the reader where it stands.
    const blocks = text.split("\n\n").filter((block) => /^event: /m.test(block));
    return blocks.map((block) => Number(block.match(/^id: (\d+)$/m)?.[1])).filter(Boolean);
  };
  const first = await read({ "last-event-id": "1" });
  assert.deepEqual(first, first.toSorted((one, other) => one - other));
  if (first.length > 2) {
    const rest = await read({ "last-event-id": String(first[0]) });
    assert.equal(rest[0], first[1], "nothing is lost and nothing comes twice");
  }
});
