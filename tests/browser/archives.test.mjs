// Feeds whole and by their archives (RFC 5005): everything a list ever held can be had from its feed, once.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { get, inForm, none, site, some, survey } from "./site.mjs";

/** The most documents of one feed that are walked. */
const DOCUMENTS_MAX = 200;

let lists = [];
before(async () => {
  const kinds = ["all", "section", "topics", "dossiers", "places", "by", "day"];
  lists = some((await survey()).filter(({ kind, status, path }) => status === 200 && kinds.includes(kind) && !/nosuch|[?&](after|before|at|since)=/.test(path)), 2).map(({ path }) => path);
  assert.ok(lists.length > 10, `${lists.length} lists`);
});

const decoded = (text) => text.replace(/&#x26;|&amp;|&#38;/gi, "&");
const linkOf = (xml, rel) => {
  const link = [...xml.matchAll(/<(?:atom:)?link\b[^>]*>/g)].map(([tag]) => tag).find((tag) => tag.includes(`rel="${rel}"`));
  return link && decoded(link.match(/href="([^"]*)"/)[1]);
};
const idsOf = { ".rss": (xml) => [...xml.matchAll(/<guid\b[^>]*>([^<]+)</g)].map(([, id]) => decoded(id)), ".atom": (xml) => [...xml.matchAll(/<entry>.*?<id>([^<]+)</gs)].map(([, id]) => decoded(id)) };

/** Every document of a feed, newest first. */
async function walk(path) {
  const documents = [];
  for (let next = path; next; ) {
    assert.ok(documents.length < DOCUMENTS_MAX, `${path} does not end`);
    const answer = await get(next);
    assert.equal(answer.status, 200, next);
    documents.push({ ...answer, url: next });
    next = linkOf(answer.text, "prev-archive");
  }
  return documents;
}

/** Every story of a list, as its pages show it. */
async function storiesOf(path) {
  const ids = [];
  for (let next = inForm(path, ".json"); next; ) {
    const feed = JSON.parse((await get(next)).text);
    ids.push(...feed.items.map(({ id }) => id));
    next = feed.next_url;
  }
  return ids;
}

test("the archives of a feed hold every story of its list, each once, in RSS, Atom and JSON Feed alike", async (t) => {
  const differences = [];
  let n = 0;
  for (const path of lists) {
    const expected = await storiesOf(path);
    assert.equal(new Set(expected).size, expected.length, `${path}: a story stands twice in the JSON Feed`);
    for (const ending of [".rss", ".atom"]) {
      const documents = await walk(inForm(path, ending));
      n += documents.length;
      const ids = documents.flatMap(({ text }) => idsOf[ending](text));
      if (new Set(ids).size !== ids.length) differences.push(`${path}${ending} has a story twice`);
      // The demonstration goes on meanwhile.
      const missing = expected.filter((id) => !ids.includes(id)).length + ids.filter((id) => !expected.includes(id)).length;
      if (2 < missing) differences.push(`${path}${ending}: ${missing} of ${expected.length} stories differ`);
      for (const [idx, { text, headers, url }] of documents.entries()) {
        assert.match(headers.get("link") ?? "", /rel="self"/, url);
        assert.equal(/<fh:archive\b/.test(text), idx > 0, `${url} says whether it is an archive`);
        if (idx === 0) continue;
        assert.equal(linkOf(text, "current"), new URL(inForm(path, ending), site).href, url);
        assert.equal(linkOf(text, "self"), url);
        assert.match(headers.get("cache-control"), /^public, max-age=\d+$/, url);
        assert.match(headers.get("etag") ?? "", /^"/, url);
        if (idx > 1) assert.equal(linkOf(text, "next-archive"), documents[idx - 1].url, url);
      }
    }
  }
  t.diagnostic(`${n} documents of ${2 * lists.length} feeds`);
  none(differences, "feeds that are not whole");
});

test("the list of all news has archives, and one is the same when asked again", async () => {
  const documents = await walk("/all.atom");
  assert.ok(documents.length > 1, `${documents.length} documents`);
  const { url, headers } = documents.at(-1);
  const again = await get(url, { "if-none-match": headers.get("etag") });
  assert.equal(again.status, 304);
  assert.equal((await get("/all.atom?archive=99999999")).status, 404, "what may still grow is no archive");
  assert.equal((await get("/all.atom?archive=x")).status, 400);
});

test("no archive holds a word of a killed story, and Atom says that it is gone", async () => {
  const documents = await walk("/all.atom");
  const gone = documents.flatMap(({ text }) => [...text.matchAll(/<at:deleted-entry\b[^>]*ref="([^"]*)"/g)].map(([, id]) => id));
  assert.ok(gone.length > 0, "the demonstration has a killed story");
  const ids = documents.flatMap(({ text }) => idsOf[".atom"](text));
  for (const id of gone) assert.ok(!ids.includes(id), id);
});

test("every document of every Atom feed keeps the grammar of RFC 4287", async (t) => {
  const grammar = new URL("../schemas/atom.rng", import.meta.url).pathname;
  const check = (input) => spawnSync("xmllint", ["--noout", "--nonet", "--relaxng", grammar, "-"], { input, encoding: "utf8" });
  assert.notEqual(check('<feed xmlns="http://www.w3.org/2005/Atom"><title>no id</title></feed>').status, 0, "the grammar refuses what it must");
  const wrong = [];
  let n = 0;
  for (const path of lists) {
    for (const { text, url } of await walk(inForm(path, ".atom"))) {
      const { status, stderr } = check(text);
      if (status !== 0) wrong.push(`${url}: ${stderr.slice(0, 300)}`);
      n += 1;
    }
  }
  t.diagnostic(`${n} documents`);
  none(wrong, "documents against the grammar");
});

test("RSS keeps the profile of the RSS Advisory Board", async () => {
  const problems = [];
  for (const path of lists) {
    const url = inForm(path, ".rss");
    const { text, headers } = await get(url);
    const say = (words) => problems.push(`${url}: ${words}`);
    const ttl = Number(text.match(/<ttl>(\d+)<\/ttl>/)?.[1]);
    const kept = headers.get("cache-control");
    const maxAge = Number(kept.match(/max-age=(\d+)/)?.[1] ?? 0);
    if (!(ttl * 60 >= maxAge && ttl <= 1)) say(`ttl ${ttl} and ${kept}`);
    if (/&amp;|&lt;/.test(text.replace(/<!\[CDATA\[.*?\]\]>/gs, ""))) say("plain text refers to & and < by name");
    for (const [item] of text.matchAll(/<item>.*?<\/item>/gs)) {
      const [, guid] = item.match(/<guid isPermaLink="false">([^<]+)<\/guid>/) ?? [];
      if (!guid || !/^[a-z][a-z0-9+.-]*:/i.test(guid)) say(`guid ${guid}`);
      if (item.split("<enclosure").length > 2) say("two enclosures");
      const title = item.match(/<title>(.*?)<\/title>/s)?.[1] ?? "";
      if (!title || /<(?!!\[CDATA)/.test(title)) say(`title ${title}`);
      if (item.indexOf("<content:encoded>") !== -1 && item.indexOf("<content:encoded>") < item.indexOf("<description>")) say("content before description");
      for (const [, href] of item.matchAll(/<(?:link|comments)>([^<]*)</g)) if (!href.startsWith(`${site}/`)) say(`address ${href}`);
      if (!/<pubDate>\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT<\/pubDate>/.test(item)) say("no date of four digits");
      const modified = item.match(/<dcterms:modified>([^<]*)</)?.[1];
      if (!modified || modified !== item.match(/<atom:updated>([^<]*)</)?.[1]) say(`modified ${modified}`);
      for (const [, domain] of item.matchAll(/<category domain="([^"]*)"/g)) if (!/^https?:\/\//.test(domain)) say(`domain ${domain}`);
      for (const [media] of item.matchAll(/<media:content\b.*?<\/media:content>/gs)) {
        if (!/<media:credit>[^<]+</.test(media) || !/<media:description>/.test(media)) say("a picture without credit or words");
      }
      for (const [, content] of item.matchAll(/<content:encoded>(.*?)<\/content:encoded>/gs)) {
        if (/\s(?:href|src)=(?:"|&quot;)\//.test(content)) say("a relative address in the copy");
      }
    }
  }
  none(problems, "offences against the profile");
});
