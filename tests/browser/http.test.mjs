// What an answer says to what lies between a reader and the site.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import { get, none, site, some, survey } from "./site.mjs";

let pages = [];
let story;
before(async () => {
  pages = await survey();
  story = pages.find(({ kind, status, html, path }) => kind === "story" && status === 200 && html && path.split("/").length === 4);
});

test("caches of others are told one set of names in three ways", () => {
  for (const { path, headers, status } of some(pages.filter(({ html }) => html)).filter(({ status }) => status === 200)) {
    const groups = headers.get("cache-groups");
    if (groups === null) continue;
    // RFC 9875: a list of strings.
    assert.match(groups, /^"[\x21\x23-\x5b\x5d-\x7e]{1,32}"(, "[\x21\x23-\x5b\x5d-\x7e]{1,32}")*$/, path);
    const names = groups.slice(1, -1).split('", "');
    assert.ok(names.length <= 32, path);
    assert.deepEqual(headers.get("surrogate-key").split(" "), names, `${path} (${status})`);
    assert.deepEqual(headers.get("cache-tag").split(","), names, path);
  }
  const [, , id] = story.path.split("/");
  assert.match(story.headers.get("surrogate-key"), new RegExp(`(^| )story:${id}( |$)`));
});

test("pages are asked for each time, names of content never, and errors are not kept", async () => {
  const card = story.html.match(/<meta property="og:image" content="([^"]*)"/)[1];
  const script = pages.find(({ html }) => html.includes('src="/assets/')).html.match(/src="(\/assets\/[^"]*)"/)[1];
  const picture = pages.find(({ html }) => /src="\/media\//.test(html)).html.match(/src="(\/media\/[^"]*)"/)[1];
  for (const [path, expected] of [
    [story.path, /^no-cache$/],
    ["/", /^no-cache$/],
    ["/all.rss", /^no-cache$/],
    [card, /immutable/],
    [script, /immutable/],
    [picture, /immutable/],
    ["/no/such/page", /^no-store$/],
    ["/all?before=x", /^no-store$/],
    ["/oembed", /^no-store$/],
    [`${story.path}/versions/999`, /^no-store$/],
  ]) {
    assert.match((await get(path)).headers.get("cache-control"), expected, path);
  }
});

test("HEAD says what GET says", () => {
  const heads = (flags, path) => {
    const text = execFileSync("curl", ["-sS", "-o", "/dev/null", "-D-", ...flags, new URL(path, site).href], { encoding: "utf8" });
    return text.split("\r\n").filter((line) => line && !/^(date|server-timing):/i.test(line)).sort();
  };
  for (const path of [story.path, `${story.path}.json`, "/corrections", "/topics", "/about", "/robots.txt", "/ads.txt", "/no/such/page"]) {
    assert.deepEqual(heads(["-I"], path), heads([], path), path);
  }
});

test("every form of a page is protected, and no cookie is set", async () => {
  const forms = [story.path, `${story.path}.json`, `${story.path}.xml`, `${story.path}.txt`, "/all.rss", "/all.atom", "/all.json", "/oembed", `/oembed?url=${encodeURIComponent(site + story.path)}`, "/no/such/page", "/sitemap.xml"];
  for (const path of forms) {
    const { headers } = await get(path);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/, path);
    assert.doesNotMatch(headers.get("content-security-policy"), /unsafe/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.ok(headers.get("referrer-policy") && headers.get("permissions-policy") && headers.get("cross-origin-opener-policy"), path);
    assert.equal(headers.get("set-cookie"), null, path);
    assert.equal(headers.get("server-timing"), null, `${path} tells nobody how long it took`);
  }
});

test("a page that is to be found says how much may be shown of it; one that is gone is not to be found", () => {
  const wrong = [];
  for (const { path, html, status } of pages.filter(({ html }) => html)) {
    const robots = html.match(/<meta name="robots" content="([^"]*)">/)?.[1] ?? "none";
    const isListed = html.includes('<link rel="canonical"');
    if (robots !== (isListed ? "max-image-preview:large,max-snippet:-1" : "noindex")) wrong.push(`${path}: ${robots}`);
    if (status !== 200 && isListed) wrong.push(`${path} answers ${status} and is to be found`);
  }
  none(wrong, "pages with the wrong word to robots");
});

test("nobody is allowed to sell advertising in the agency's name", async () => {
  const { status, text, headers } = await get("/ads.txt");
  assert.equal(status, 200);
  assert.match(headers.get("content-type"), /^text\/plain/);
  const records = text.split("\n").filter((line) => line && !line.startsWith("#"));
  assert.deepEqual(records, ["placeholder.example.com, placeholder, DIRECT, placeholder"]);
});
