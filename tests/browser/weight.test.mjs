// What each kind of page weighs on its way to a reader: its HTML and the head of its answer, and the scripts it names.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { none, site, some, survey } from "./site.mjs";

/** Bytes of a story with brotli 11, with the head of its answer, by its number of words. */
const STORY_BYTES = [
  { n_words: 500, bytes: 8_000 },
  { n_words: 2_000, bytes: 12_000 },
];
/** Bytes of the other kinds of page, with the head of the answer. A list has 30 stories, a day 200. */
const PAGE_BYTES = { front: 16_000, day: 24_000, versions: 12_000 };
const PAGE_BYTES_USUAL = 12_000;
const STYLE_BYTES = 3_000;
const SCRIPT_BYTES = 2_048;

let pages = [];
before(async () => {
  pages = (await survey()).filter(({ html, status }) => html && status === 200);
});

const packed = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const headOf = (path) => execFileSync("curl", ["-sS", "-o", "/dev/null", "-D-", "-H", "Accept-Encoding: br", new URL(path, site).href], { encoding: "utf8" }).length;
/** The words of a story as its page says them; 0 where it says none. */
const wordsIn = (html) => Number(html.match(/· ([\d,.\u00a0]+) ?(?:words|слов|كلم|語)/)?.[1].replaceAll(/\D/g, "") ?? 0);

test("a story fits into a few packets", (t) => {
  const stories = some(pages.filter(({ kind, path }) => kind === "story" && path.split("/").length === 4), 40);
  const heavy = [];
  let heaviest = 0;
  for (const { path, html } of stories) {
    const bytes = packed(html) + headOf(path);
    const { bytes: most } = STORY_BYTES.find(({ n_words }) => wordsIn(html) <= n_words) ?? STORY_BYTES.at(-1);
    heaviest = Math.max(heaviest, bytes);
    if (most < bytes) heavy.push(`${path}: ${bytes} of ${most} bytes`);
  }
  t.diagnostic(`${stories.length} stories, the heaviest ${heaviest} bytes`);
  none(heavy, "stories that are too heavy");
});

test("every other kind of page fits its budget", (t) => {
  const heavy = [];
  const seen = new Map();
  for (const { path, html, kind } of some(pages.filter(({ kind }) => kind !== "story"), 3)) {
    const bytes = packed(html) + headOf(path);
    const most = PAGE_BYTES[kind] ?? PAGE_BYTES_USUAL;
    seen.set(kind, Math.max(seen.get(kind) ?? 0, bytes));
    if (most < bytes) heavy.push(`${path} (${kind}): ${bytes} of ${most} bytes`);
  }
  t.diagnostic([...seen].map(([kind, bytes]) => `${kind} ${bytes}`).join(", "));
  none(heavy, "pages that are too heavy");
});

test("styles are small and inline, scripts are small and few", () => {
  const scripts = new Set();
  for (const { path, html } of some(pages)) {
    const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css]) => css);
    assert.equal(styles.length, 1, path);
    assert.ok(packed(styles[0]) <= STYLE_BYTES, `${path}: ${packed(styles[0])} bytes of styles`);
    for (const [, src] of html.matchAll(/<script\b[^>]*\ssrc="([^"]*)"/g)) scripts.add(src);
    assert.doesNotMatch(html, /\son\w+="/, `${path} has no handler in its markup`);
  }
  for (const src of scripts) {
    const text = execFileSync("curl", ["-sS", new URL(src, site).href], { encoding: "utf8" });
    assert.ok(packed(text) <= SCRIPT_BYTES, `${src}: ${packed(text)} bytes`);
  }
});
