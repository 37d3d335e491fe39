// What a story says of itself to machines: schema.org, Open Graph, its card, oEmbed. All of it must be what readers see.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { get, LANGUAGES, none, site, survey } from "./site.mjs";

/** What oEmbed and cards answer is asked of so many stories of each language. */
const STORIES_OF_LANGUAGE = 4;
/** Properties whose values are for machines: kinds, codes and addresses; each address is asked below. */
const UNSEEN = ["@context", "@type", "url", "contentUrl", "logo", "mainEntityOfPage", "identifier", "geo", "address", "isAccessibleForFree", "inLanguage", "item", "position", "width", "height", "digitalSourceType"];
const ARTICLES = ["NewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle", "ReportageNewsArticle", "AdvertiserContentArticle"];

let stories = [];
let killed = [];
before(async () => {
  const pages = (await survey()).filter(({ kind, html, path }) => kind === "story" && html && path.split("/").length === 4);
  stories = pages.filter(({ status }) => status === 200).map((page) => ({ ...page, described: describedIn(page.html) })).filter(({ described }) => described);
  killed = pages.filter(({ status }) => status === 410);
  assert.ok(stories.length >= 30, `${stories.length} stories`);
});

const sample = () => LANGUAGES.flatMap((lang) => stories.filter((page) => page.lang === lang).slice(0, STORIES_OF_LANGUAGE));
const describedIn = (html) => {
  const text = html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1];
  return text && JSON.parse(text);
};
const decoded = (text) =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" }[name] ?? all;
  });
const flat = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();
/** What a reader sees of a page. */
const textOf = (html) => flat(decoded(html.slice(html.indexOf("<body")).replace(/<script\b.*?<\/script>/gs, " ").replace(/<\/(?:b|i|em|strong|cite|a|time|span|mark|bdi)>|<(?:b|i|em|strong|cite|a|time|span|mark|bdi)\b[^>]*>/g, "").replace(/<[^>]*>/g, " ")));
const properties = (html) => [...html.matchAll(/<meta property="([^"]*)" content="([^"]*)">/g)].map(([, name, content]) => [name, decoded(content)]);
const only = (html, name) => properties(html).filter(([found]) => found === name).map(([, content]) => content);

test("everything a story tells search engines stands on its page", (t) => {
  const unseen = [];
  let n = 0;
  const types = new Map();
  for (const { path, html, described } of stories) {
    const text = textOf(html);
    const isSeen = (value) => text.includes(flat(value)) || html.includes(`datetime="${value}"`) || html.includes(`href="${value.replaceAll("&", "&amp;")}"`) || html.includes(`href="${value.replaceAll("&", "&#38;")}"`);
    const walk = (name, value) => {
      if (UNSEEN.includes(name) || name.endsWith("Policy") || ["publishingPrinciples", "masthead", "ownershipFundingInfo"].includes(name)) return;
      if (Array.isArray(value)) return value.forEach((part) => walk(name, part));
      if (value && typeof value === "object") return Object.entries(value).forEach(([inner, part]) => walk(inner, part));
      n += 1;
      // A lead that the copy opens with is not printed twice, and may be cut there.
      const looked = name === "description" ? String(value).replace(/[….\s]+$/, "") : String(value);
      if (!isSeen(looked)) unseen.push(`${path}: ${name} ${JSON.stringify(value).slice(0, 120)}`);
    };
    const [article, way] = described;
    walk("", article);
    walk("", way);
    types.set(article["@type"], (types.get(article["@type"]) ?? 0) + 1);
    assert.ok(ARTICLES.includes(article["@type"]), `${path}: ${article["@type"]}`);
    assert.equal(way["@type"], "BreadcrumbList");
  }
  t.diagnostic(`${n} values of ${stories.length} stories: ${[...types].map(([type, count]) => `${count} ${type}`).join(", ")}`);
  none(unseen, "values no reader sees");
});

test("a story has what schema.org and search engines ask for", () => {
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/;
  const seen = { correction: 0, image: 0, dateline: 0, about: 0, contentLocation: 0 };
  for (const { path, html, described, lang } of stories) {
    const [article] = described;
    for (const name of Object.keys(seen)) seen[name] += article[name] ? 1 : 0;
    assert.match(article.datePublished, zoned, path);
    assert.match(article.dateModified, zoned, path);
    assert.ok(Date.parse(article.datePublished) <= Date.parse(article.dateModified), path);
    assert.ok(article.headline && article.inLanguage.startsWith(lang), path);
    assert.equal(article.mainEntityOfPage, html.match(/<link rel="canonical" href="([^"]*)"/)[1], path);
    assert.equal(article.publisher["@type"], "NewsMediaOrganization", path);
    for (const author of [article.author].flat()) assert.ok(author.name && author.url, path);
    for (const image of article.image ?? []) {
      assert.ok(image.contentUrl.startsWith(site) && image.width > 0 && image.height > 0 && image.creditText && image.caption, `${path}: ${JSON.stringify(image)}`);
    }
    for (const correction of article.correction ?? []) {
      assert.equal(correction["@type"], "CorrectionComment", path);
      assert.ok(correction.text && zoned.test(correction.datePublished), path);
    }
  }
  for (const [name, n] of Object.entries(seen)) assert.ok(n > 0, `no story of the demonstration has ${name}`);
});

test("the pages and pictures a story names are there", async () => {
  const urls = new Set();
  for (const { described } of sample()) {
    const [article] = described;
    for (const [name, value] of Object.entries(article.publisher)) if (name !== "@type" && name !== "name") urls.add(value);
    for (const image of article.image ?? []) urls.add(image.contentUrl);
    for (const author of [article.author].flat()) urls.add(author.url);
  }
  assert.ok(urls.size > 10);
  const missing = [];
  for (const url of urls) {
    const { status } = await get(url);
    if (status !== 200) missing.push(`${url} answers ${status}`);
  }
  none(missing, "addresses that are not there");
});

test("Open Graph has what it requires on every page that is to be found", async () => {
  const pages = (await survey()).filter(({ html, status }) => status === 200 && html.includes('<link rel="canonical"') && html.includes('property="og:'));
  assert.ok(pages.length > 40);
  for (const { path, html } of pages) {
    for (const name of ["og:title", "og:type", "og:url", "og:image", "og:site_name", "og:locale"]) assert.ok(only(html, name)[0], `${path} has ${name}`);
    for (const url of [...only(html, "og:image"), ...only(html, "og:url")]) assert.ok(url.startsWith(`${site}/`), `${path}: ${url} is whole`);
    assert.deepEqual(only(html, "twitter:card"), ["summary_large_image"], path);
  }
  const front = (await get("/")).text;
  assert.equal(only(front, "og:locale:alternate").length, LANGUAGES.length - 1);
  for (const { path, html, described } of stories) {
    const [article] = described;
    assert.deepEqual(only(html, "og:type"), ["article"], path);
    assert.deepEqual(only(html, "article:published_time"), [article.datePublished], path);
    assert.deepEqual(only(html, "article:modified_time"), [article.dateModified], path);
    assert.equal(only(html, "article:tag").length, (article.about ?? []).length, path);
  }
});

/** Width and height in the head of a PNG. */
const sizeOf = (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

test("each story has a card of the right size, for ever under its address", async () => {
  const cards = new Set();
  for (const { path, html } of sample()) {
    const url = only(html, "og:image")[0];
    assert.equal(only(html, "og:image:width")[0], "1200", path);
    cards.add(url);
    const answer = await fetch(url, { headers: { "accept-encoding": "identity" } });
    assert.equal(answer.status, 200, url);
    assert.equal(answer.headers.get("content-type"), "image/png");
    assert.match(answer.headers.get("cache-control"), /immutable/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual(sizeOf(bytes), [1200, 630], url);
    assert.ok(5_000 < bytes.length && bytes.length < 300_000, `${url} has ${bytes.length} bytes`);
    const former = await get(url.replace(/[0-9a-f]{16}\.png$/, "0123456789abcdef.png"));
    assert.equal(former.status, 302, "a former card leads to the one of today");
    assert.equal(new URL(former.headers.get("location"), site).href, url);
  }
  assert.equal(cards.size, sample().length, "each story has its own");
  const agency = only((await get("/all")).text, "og:image")[0];
  assert.equal((await get(agency)).status, 200);
});

test("what was killed has no card and cannot be embedded", async () => {
  assert.ok(killed.length > 0, "the demonstration has a killed story");
  for (const { path } of killed) {
    const id = path.split("/")[2];
    assert.equal((await get(`/cards/${id}/0123456789abcdef.png`)).status, 410, path);
    assert.equal((await get(`/oembed?url=${encodeURIComponent(site + path)}`)).status, 410, path);
  }
});

test("oEmbed is found, says the same in both forms, keeps to the width and quotes without script", async () => {
  for (const { path, html, described, lang } of sample()) {
    const links = [...html.matchAll(/<link rel="alternate" type="([^"]*\+oembed)" href="([^"]*)"/g)].map(([, type, href]) => [type, decoded(href)]);
    assert.deepEqual(links.map(([type]) => type), ["application/json+oembed", "text/xml+oembed"], path);
    const [json, xml] = await Promise.all(links.map(([, href]) => get(href)));
    assert.match(json.headers.get("content-type"), /^application\/json/);
    assert.match(xml.headers.get("content-type"), /^text\/xml/);
    const embed = JSON.parse(json.text);
    assert.deepEqual([embed.version, embed.type, embed.title], ["1.0", "rich", described[0].headline], path);
    for (const [name, value] of Object.entries(embed)) {
      const said = xml.text.match(new RegExp(`<${name}>(.*?)</${name}>`, "s"))?.[1];
      assert.equal(decoded(said ?? ""), String(value), `${path}: ${name}`);
    }
    assert.deepEqual([embed.thumbnail_width, embed.thumbnail_height], [1200, 630], path);
    assert.equal(embed.thumbnail_url, only(html, "og:image")[0], path);
    assert.match(embed.html, new RegExp(`^<blockquote cite="[^"]*" lang="${lang}[^"]*" dir="${lang === "ar" ? "rtl" : "ltr"}"`), path);
    assert.doesNotMatch(embed.html, /<script|<style|<iframe|\son\w+=|style=|javascript:/i, path);
    assert.ok(textOf(`<body>${embed.html}`).includes(flat(described[0].headline)), path);
    for (const correction of described[0].correction ?? []) assert.ok(textOf(`<body>${embed.html}`).includes(flat(correction.text)), `${path}: a correction is quoted too`);
    const narrow = JSON.parse((await get(`${links[0][1]}&maxwidth=320&maxheight=300`)).text);
    assert.ok(narrow.width <= 320 && narrow.height <= 300, `${path}: ${narrow.width} by ${narrow.height}`);
    assert.ok(!narrow.thumbnail_url || (narrow.thumbnail_width <= 320 && narrow.thumbnail_height <= 300), `${path}: the thumbnail fits too`);
  }
  const [{ path }] = stories;
  const url = encodeURIComponent(site + path);
  assert.equal((await get(`/oembed?url=${url}&format=yaml`)).status, 501);
  assert.equal((await get(`/oembed?url=${encodeURIComponent("https://elsewhere.example/a")}`)).status, 404);
  assert.equal((await get(`/oembed?url=${encodeURIComponent(`${site}/all`)}`)).status, 404);
  assert.equal((await get("/oembed")).status, 400);
});
