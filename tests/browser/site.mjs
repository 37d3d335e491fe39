// The site under test: where it is, and which pages it has.
//
// Pages are found as a reader finds them, by following links, so a page nobody links to is not looked at, and a link
// that leads nowhere is noticed.

import assert from "node:assert/strict";

/** Such as `http://127.0.0.1:8080`. */
export const site = (process.env.COURANT_SITE || "").replace(/\/$/, "");
if (!site) throw new Error("COURANT_SITE is not set; give the address that `courant demo` prints, e.g. http://127.0.0.1:8080");

/** The languages of the interface. */
export const LANGUAGES = ["en", "ru", "ja", "ar"];

/** The most addresses that are fetched. */
const PAGES_MAX = 3000;
/** How many pages of one kind are looked at; lists of topics and days go on for ever. All stories are. */
const PAGES_OF_KIND_MAX = 60;
/** How long one answer may take. */
const ANSWER_MAX_MS = 20_000;

/** Pages that only a mistyped address or query shows. */
const MISTAKES = ["/no/such/page", "/all?nosuch=1", "/search?q=%22open+quote", "/all?before=1"];

/** Words that every edition's stories have, so that a filter which mutes them has something to fold and to hide. */
const MUTED = `mute=${encodeURIComponent("the,и,の,في")}`;

/** Pages of a filter that mutes: what it mutes folded, and left out. */
const MUTING = [`/all?${MUTED}&show=collapse`, `/all?${MUTED}`, `/search?q=a&${MUTED}&show=collapse`];

/** The kind of page an address leads to. */
export function kindOf(path) {
  const { pathname, searchParams } = new URL(path, site);
  if (pathname === "/") return "front";
  if (pathname === "/filter") return "filter";
  if (searchParams.has("mute")) return searchParams.has("show") ? "muted, folded" : "muted, hidden";
  if (pathname === "/all") return searchParams.has("before") || searchParams.has("after") ? "all, further" : "all";
  if (pathname === "/search") return "search";
  if (pathname === "/today") return "today";
  if (/^\/\d{4}\/\d\d\/\d\d$/.test(pathname)) return "day";
  if (/^\/\d{4}(\/\d\d)?$/.test(pathname)) return pathname.length === 5 ? "year" : "month";
  if (/^\/[^/]+\/[0-9a-hjkmnp-tv-z]{12}\/[^/]+$/.test(pathname)) return "story";
  if (/^\/[^/]+\/[0-9a-hjkmnp-tv-z]{12}\/[^/]+\/versions/.test(pathname)) return "versions";
  if (/^\/[^/]+\/[0-9a-hjkmnp-tv-z]{12}\/[^/]+\/cite$/.test(pathname)) return "cite";
  if (/^\/dossiers\/[^/]+\/versions$/.test(pathname)) return "dossier, versions";
  if (/^\/[0-9a-hjkmnp-tv-z]{12}$/.test(pathname)) return "story";
  if (/^\/[^/]+\/[^/]+(\/[^/]+)?\/press$/.test(pathname)) return "press";
  const [first, second] = pathname.split("/").slice(1);
  if (["topics", "dossiers", "places", "by"].includes(first)) return second ? first : `${first}, list`;
  if (["corrections", "rates", "convert", "press", "partners"].includes(first)) return first === "press" ? "outlets" : first;
  return second ? "other" : "section";
}

/** The address of a page in another form, such as `.json`. */
export function inForm(path, ending) {
  const { pathname, search } = new URL(path, site);
  return `${pathname}${ending}${search}`;
}

/** Fetches one address of the site without following redirects. */
export async function get(path, headers = {}) {
  const answer = await fetch(new URL(path, site), { redirect: "manual", headers: { "accept-encoding": "identity", ...headers }, signal: AbortSignal.timeout(ANSWER_MAX_MS) });
  return { path, status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Addresses of links in a page, entities decoded, as written. */
export function linksIn(html) {
  const links = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href]) => unescape(href));
  const alternates = [...html.matchAll(/<link rel="(?:alternate|stylesheet|icon|search)"[^>]*?\shref="([^"]*)"/g)];
  return [...links, ...alternates.map(([, href]) => unescape(href))];
}

/** Short addresses of the stories on a list that are not linked any more, because they were killed or are on hold. */
function struckIn(html) {
  const lines = html.matchAll(/<li\b[^>]*\sdata-id="([0-9a-hjkmnp-tv-z]{12})"[^>]*>(.*?)<\/li>/gs);
  return [...lines].filter(([, id, line]) => !line.includes(`/${id}/`)).map(([, id]) => `/${id}`);
}

function unescape(text) {
  const names = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return names[name] ?? all;
  });
}

let found;

/**
 * Every page reached from the front pages: `{ path, kind, status, lang, headers, html, from }`, and the other
 * documents their links lead to, with `html` empty.
 */
export function survey() {
  found ??= walk();
  return found;
}

async function walk() {
  const inEveryLanguage = (path) => LANGUAGES.map((lang) => `${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
  const starts = ["/", ...["/", "/all", "/today", "/filter", `/filter?urgency=3&${MUTED}`, "/search", "/search?q=a", ...MUTING, ...MISTAKES].flatMap(inEveryLanguage)];
  const waiting = starts.map((path) => ({ path, from: "the tests" }));
  const seen = new Set(starts);
  const ofKind = new Map();
  const pages = [];
  while (waiting.length && pages.length < PAGES_MAX) {
    const { path, from } = waiting.shift();
    const kind = kindOf(path);
    const n = ofKind.get(kind) ?? 0;
    if (kind !== "story" && PAGES_OF_KIND_MAX <= n) continue;
    const { status, headers, text } = await get(path);
    const isPage = (headers.get("content-type") ?? "").startsWith("text/html");
    const lang = isPage ? text.match(/<html\b[^>]*\slang="([^"]*)"/)?.[1] ?? "" : "";
    if (isPage) ofKind.set(kind, n + 1);
    pages.push({ path, kind, status, lang, headers, html: isPage ? text : "", from });
    const next = isPage ? [...linksIn(text), ...struckIn(text)] : [headers.get("location")].filter(Boolean);
    for (const href of next) {
      const url = new URL(href, new URL(path, site));
      if (url.origin !== new URL(site).origin) continue;
      const address = url.pathname + url.search;
      if (seen.has(address)) continue;
      seen.add(address);
      waiting.push({ path: address, from: path });
    }
  }
  return pages;
}

/** At most `n` pages of each kind, answer and language, the richest first: more pictures, then more markup. */
export function some(pages, n = 1) {
  const groups = new Map();
  for (const page of pages.filter(({ html }) => html)) {
    const key = [page.kind, page.status, page.lang].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), page]);
  }
  const figures = ({ html }) => html.split("<figure").length;
  const richest = (one, other) => figures(other) - figures(one) || other.html.length - one.html.length;
  return [...groups.values()].flatMap((group) => group.toSorted(richest).slice(0, n));
}

/** A short name of a page for people and for files. */
export function nameOf({ kind, status, lang, path }) {
  const short = kind === "story" ? path.split("/")[2] : path.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  return [kind.replaceAll(/\W+/g, "-"), status, lang, short].filter(Boolean).join("-").slice(0, 80);
}

/** Holds when the list is empty; else the message is the list. */
export function none(list, what) {
  const shown = list.slice(0, 20).map((line) => `\n  ${line}`).join("");
  assert.ok(list.length === 0, `${what}: ${list.length}${shown}`);
}
