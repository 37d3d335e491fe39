// What machines look for at fixed addresses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { get, LANGUAGES, none, site } from "./site.mjs";

const locations = (xml) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url.replaceAll("&amp;", "&"));

test("the sitemap names every story that stands, and nothing else", async () => {
  const index = await get("/sitemap.xml");
  assert.match(index.headers.get("content-type"), /^application\/xml/);
  const named = [];
  for (const file of locations(index.text)) {
    const { status, text } = await get(file);
    assert.equal(status, 200, file);
    named.push(...locations(text));
  }
  const standing = new Set();
  for (let next = "/all.json"; next; ) {
    const feed = JSON.parse((await get(next)).text);
    for (const { url } of feed.items) standing.add(url);
    next = feed.next_url;
  }
  // A story may move or be killed between the two readings.
  const moved = [...standing].filter((url) => !named.includes(url)).length + named.filter((url) => !standing.has(url)).length;
  assert.ok(moved <= 3, `${moved} of ${standing.size} stories differ`);
  assert.equal(new Set(named).size, named.length, "no address stands twice");
});

test("the news sitemap holds stories of the last two days, in their languages", async () => {
  const { text } = await get("/news-sitemap.xml");
  const dates = [...text.matchAll(/<news:publication_date>([^<]*)</g)].map(([, date]) => Date.parse(date));
  assert.ok(dates.length && dates.length <= 1000);
  for (const date of dates) assert.ok(Date.now() - date <= 48 * 3600 * 1000 + 60_000 || date > Date.now(), new Date(date).toISOString());
  const languages = new Set([...text.matchAll(/<news:language>([^<]*)</g)].map(([, lang]) => lang));
  for (const lang of LANGUAGES) assert.ok(languages.has(lang), lang);
});

test("every feed in the OPML answers", async () => {
  const { text } = await get("/feeds.opml");
  const feeds = [...text.matchAll(/xmlUrl="([^"]*)"/g)].map(([, url]) => url.replaceAll("&amp;", "&"));
  assert.ok(10 <= feeds.length);
  const broken = [];
  for (const url of feeds.slice(0, 60)) {
    const { status, headers } = await get(url);
    if (status !== 200 || !headers.get("content-type").startsWith("application/rss+xml")) broken.push(`${url} answers ${status}`);
  }
  none(broken, "feeds that do not answer");
});

test("no two files contradict each other on what machines may do", async () => {
  const robots = (await get("/robots.txt")).text;
  const header = (await get("/")).headers.get("content-usage");
  assert.ok(robots.includes(`Content-Usage: ${header}`), `${robots}\n${header}`);
  const trains = header.includes("train-ai=y");
  assert.equal(robots.includes("ai-train=yes"), trains);
  assert.equal(JSON.parse((await get("/.well-known/tdmrep.json")).text)[0]["tdm-reservation"], trains ? 0 : 1);
  assert.equal((await get("/rights.xml")).text.includes('<permits type="usage">ai-train</permits>'), trains);
  assert.equal((await get("/trust.txt")).text.includes("datatrainingallowed=yes"), trains);
  for (const [, url] of robots.matchAll(/^(?:Sitemap|License): (.*)$/gm)) assert.equal((await get(url)).status, 200, url);
});

test("security.txt has a contact and ends in less than a year", async () => {
  const { text } = await get("/.well-known/security.txt");
  assert.match(text, /^Contact: (mailto|https):/m);
  assert.match(text, new RegExp(`^Canonical: ${site}/.well-known/security.txt$`, "m"));
  const left = Date.parse(text.match(/^Expires: (.*)$/m)[1]) - Date.now();
  assert.ok(30 * 86_400_000 < left && left < 365 * 86_400_000);
});

test("the front page names the agency, its policies and its editions, each of which names the others", async () => {
  const home = await get("/");
  const organisation = JSON.parse(home.text.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
  assert.equal(organisation["@type"], "NewsMediaOrganization");
  assert.equal((await get(organisation.correctionsPolicy)).status, 200);
  const editions = (html) => [...html.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"/g)].map(([, lang, href]) => `${lang} ${href}`);
  assert.equal(editions(home.text).length, LANGUAGES.length + 1);
  for (const edition of editions(home.text)) {
    const { text } = await get(edition.split(" ")[1].replaceAll("&amp;", "&"));
    assert.deepEqual(editions(text), editions(home.text), edition);
  }
  const search = await get("/opensearch.xml");
  const template = search.text.match(/template="([^"]*search\?q=)\{searchTerms\}"/)[1];
  assert.equal((await get(`${template}eclipse`)).status, 200);
});
