// What was: versions, what changed between two, lists and stories of any moment, the register of corrections.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { get, linksIn } from "./site.mjs";

/** A story that was corrected and still stands, with its entries: `{ path, entries: [{ href, label }] }`. */
let corrected;

before(async () => {
  const register = await get("/corrections");
  assert.equal(register.status, 200);
  const stories = linksIn(register.text).filter((href) => /^\/[^/]+\/[0-9a-hjkmnp-tv-z]{12}\/[^/]+$/.test(href));
  for (const path of new Set(stories)) {
    const { text } = await get(`${path}/versions`);
    const versions = linksIn(text).filter((href) => /\/versions\/\d+$/.test(href));
    const diffs = linksIn(text).filter((href) => /\/versions\/\d+\.\.\d+$/.test(href));
    if (diffs.length && (await get(path)).status === 200) {
      corrected = { path, versions, diffs };
      return;
    }
  }
  assert.fail("no corrected story with two versions stands in the register");
});

test("each version can be read, says that it is not the latest, and is not to be found by search engines", async () => {
  for (const href of corrected.versions) {
    const { status, text, headers } = await get(href);
    assert.equal(status, 200, href);
    assert.match(text, /<meta name="robots" content="noindex">/, href);
    assert.ok(linksIn(text).includes(corrected.path), `${href} leads to the story as it stands`);
    assert.match(headers.get("memento-datetime"), /GMT$/, href);
    assert.match(headers.get("link"), /rel="timegate"/, href);
  }
});

test("what changed is marked word by word", async () => {
  for (const href of corrected.diffs) {
    const { status, text } = await get(href);
    assert.equal(status, 200, href);
    assert.match(text, /<(ins|del)>|word for word/, href);
  }
});

test("a story and a list are shown as they were, and nobody can ask for what is still to come", async () => {
  const map = await get(`${corrected.path}/timemap`);
  const mementos = [...map.text.matchAll(/<[^>]*?(\/[^/]+\/[0-9a-z]{12}\/[^/]+\/versions\/\d+)>; rel="memento"; datetime="([^"]+)"/g)];
  assert.ok(2 <= mementos.length, map.text);
  const [, first, firstAt] = mementos[0];
  const gate = await get(`${corrected.path}/timegate`, { "accept-datetime": firstAt });
  assert.equal(gate.status, 302);
  assert.equal(gate.headers.get("vary"), "accept-datetime");
  assert.match(gate.headers.get("location"), /\/versions\/\d+$/);
  assert.equal((await get(first)).status, 200);
  const now = encodeURIComponent(new Date().toISOString());
  assert.equal((await get(`${corrected.path}?at=${now}`)).status, 200);
  const list = await get(`/all?at=${now}`);
  assert.ok(linksIn(list.text).some((href) => href.includes("?at=")), "links of a list of the past lead to the past");
  assert.match(list.text, /<meta name="robots" content="noindex">/);
  assert.equal((await get("/all?at=2999-01-01T00:00:00Z")).status, 400);
  assert.equal((await get("/all?at=yesterday")).status, 400);
  const empty = await get("/all?at=1900-01-01T00:00:00Z");
  assert.equal(empty.status, 200);
  assert.ok(!empty.text.includes("data-id="), "nothing had moved in 1900");
  assert.equal((await get(`${corrected.path}?at=1900-01-01T00:00:00Z`)).status, 404);
});

test("the register is a page and a feed, and each act is an entry of its own", async () => {
  const feed = JSON.parse((await get("/corrections.json")).text);
  const ids = feed.items.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "no id stands twice");
  const page = await get("/corrections");
  assert.equal((page.text.match(/<ol class="life">.*<\/ol>/s)[0].match(/<li>/g) ?? []).length, feed.items.length);
  for (const form of ["rss", "atom"]) assert.equal((await get(`/corrections.${form}`)).status, 200, form);
});
