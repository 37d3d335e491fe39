// Markup and answers of every page that links lead to.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { get, kindOf, LANGUAGES, linksIn, nameOf, none, site, some, survey } from "./site.mjs";

const VNU = new URL("node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url).pathname;
/** The kinds of page that every demonstration has. */
const KINDS = ["front", "all", "today", "filter", "search", "day", "month", "year", "topics, list", "topics", "section", "story", "rates", "convert"];

let pages = [];
let html = [];
before(async () => {
  pages = await survey();
  html = pages.filter((page) => page.html);
});

test("every kind of page is there", (t) => {
  const kinds = new Map();
  for (const { kind } of html) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  t.diagnostic(`${html.length} pages: ${[...kinds].map(([kind, n]) => `${n} ${kind}`).join(", ")}`);
  for (const kind of KINDS) assert.ok(kinds.has(kind), `no ${kind} page was found from the front page`);
  for (const lang of LANGUAGES) {
    for (const kind of ["front", "all", "today", "filter", "search", "story"]) {
      assert.ok(html.some((page) => page.kind === kind && page.lang === lang), `no ${kind} page in ${lang}`);
    }
  }
});

test("no link leads nowhere", () => {
  const broken = pages.filter(({ path, status, from }) => {
    const isMistake = from === "the tests";
    return status >= 500 || (!isMistake && status >= 400 && !(status === 410 && kindOf(path) === "story"));
  });
  none(broken.map(({ path, status, from }) => `${path} answers ${status}, linked from ${from}`), "links that lead nowhere");
});

test("the W3C checker has nothing to say", () => {
  const folder = mkdtempSync(join(tmpdir(), "courant-markup-"));
  try {
    const files = html.map((page, idx) => {
      const file = join(folder, `${idx}.html`);
      writeFileSync(file, page.html);
      return file;
    });
    const run = spawnSync("java", ["-XX:TieredStopAtLevel=1", "-Xss2m", "-jar", VNU, "--format", "json", "--exit-zero-always", ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(run.error, undefined);
    const { messages } = JSON.parse(run.stderr);
    // "Info" alone is advice such as a slash that does nothing; warnings count.
    const said = messages.filter(({ type, subType }) => type !== "info" || subType === "warning");
    const words = said.map(({ url, message, lastLine, extract }) => {
      const page = html[Number(url.match(/(\d+)\.html$/)[1])];
      return `${page.path} line ${lastLine}: ${message} ${(extract ?? "").trim()}`;
    });
    none(words, "messages");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("each page has one title, one heading, its language and its direction", () => {
  for (const { path, html: text, lang } of html) {
    const count = (pattern) => (text.match(pattern) ?? []).length;
    assert.equal(count(/<h1\b/g), 1, `${path} has one h1`);
    assert.equal(count(/<main\b/g), 1, `${path} has one main`);
    assert.match(text, /<title>[^<]{3,}<\/title>/, `${path} has a title`);
    assert.ok(LANGUAGES.includes(lang) || kindOf(path) === "story", `${path} is in ${lang}`);
    const direction = text.match(/<html\b[^>]*\sdir="(\w+)"/)?.[1];
    assert.equal(direction, /^(ar|he|fa|ur)\b/.test(lang) ? "rtl" : "ltr", `${path} runs ${direction}`);
    for (const [image] of text.matchAll(/<img\b[^>]*>/g)) {
      assert.match(image, /\swidth="\d+"/, `${path}: ${image}`);
      assert.match(image, /\sheight="\d+"/, `${path}: ${image}`);
      assert.match(image, /\salt="[^"]+"/, `${path}: ${image}`);
    }
    for (const [time] of text.matchAll(/<time\b[^>]*>/g)) {
      assert.match(time, /datetime="\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?"/, `${path}: ${time}`);
    }
  }
});

test("no link or picture of a page needs another host", () => {
  const { host } = new URL(site);
  for (const { path, html: text } of html) {
    for (const [, source] of text.matchAll(/<(?:img|script|iframe|source|video|audio)\b[^>]*?\ssrc="([^"]*)"/g)) {
      assert.equal(new URL(source, site).host, host, `${path} loads ${source}`);
    }
    assert.doesNotMatch(text, /@import|@font-face|<link rel="(?:stylesheet|preconnect|dns-prefetch)"/, path);
  }
});

test("each answer says how it may be used", () => {
  for (const { path, headers, kind } of html) {
    assert.match(headers.get("content-type"), /^text\/html; ?charset=utf-8$/i, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("set-cookie"), null, path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, path);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/, path);
    assert.ok(headers.has("referrer-policy"), `${path} (${kind}) has a referrer policy`);
  }
});

test("an address that cannot be answers with a page that helps", async () => {
  const missing = await get("/no/such/page");
  assert.equal(missing.status, 404);
  assert.ok(linksIn(missing.text).includes("/all") || linksIn(missing.text).some((href) => href.startsWith("/all?")), "it leads to all news");
  const unknown = await get("/all?nosuch=1");
  assert.equal(unknown.status, 200);
  assert.match(unknown.text, /nosuch/, "an unknown parameter is reported");
});

test("a page that did not change is not sent again", async () => {
  for (const { path } of some(html.filter(({ kind, status }) => status === 200 && kind !== "search"))) {
    const first = await get(path);
    const tag = first.headers.get("etag");
    assert.match(tag ?? "", /^"[^"]+"$/, `${path} has a strong tag`);
    const again = await get(path, { "if-none-match": tag });
    // The demonstration goes on meanwhile: a list may have changed, a story has not.
    if (kindOf(path) === "story") assert.equal(again.status, 304, path);
    else assert.ok([200, 304].includes(again.status), path);
  }
});

test("a page can be had compressed and as headers alone", () => {
  for (const coding of ["br", "zstd", "gzip"]) {
    const headers = execFileSync("curl", ["-sS", "-D-", "-o", "/dev/null", "-H", `Accept-Encoding: ${coding}`, `${site}/`], { encoding: "utf8" });
    assert.match(headers, new RegExp(`^content-encoding: ${coding}\\r$`, "im"));
    assert.match(headers, /^vary:.*accept-encoding/im);
  }
  const head = execFileSync("curl", ["-sSI", `${site}/all`], { encoding: "utf8" });
  assert.match(head, /^HTTP\/1\.1 200/);
  assert.match(head, /^content-length: [1-9]/im);
});

test("names of pages are told apart", () => {
  const names = some(html).map(nameOf);
  assert.equal(new Set(names).size, names.length);
});
