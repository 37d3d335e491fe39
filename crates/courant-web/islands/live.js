// Follows the wire on a page that holds a list. The page is complete without it.
// Nothing moves under the reader: new stories are counted on a button and come when it is pressed; a correction, a hold
// or a kill of a story on screen is marked in place. "Pause" is remembered.
(() => {
const bar = document.querySelector(".live"), list = document.getElementById("list");
if (!bar || !list || !self.EventSource) return;
const d = bar.dataset, forms = JSON.parse(d.forms), plural = new Intl.PluralRules(document.documentElement.lang);
const title = document.title, fresh = new Set(), key = "courant.paused";
const make = (name, words) => Object.assign(document.createElement(name), { textContent: words || "" });
const more = make("button"), pause = make("button"), said = make("span");
pause.className = "plain";
more.hidden = true;
said.className = "out";
said.setAttribute("role", "status");
bar.append(more, pause, said);
let source, paused = false;
try { paused = localStorage.getItem(key) == "1"; } catch {}
const count = () => {
  const n = fresh.size;
  more.hidden = !n;
  more.textContent = n ? (forms[plural.select(n)] || forms.other).replace("{n}", n) : "";
  document.title = n ? "(" + n + ") " + title : title;
};
const mark = (row, words, killed, item) => {
  const tags = row.querySelector("p"), link = tags.querySelector("a.ttl, s.ttl");
  tags.querySelectorAll("[data-live]").forEach(tag => tag.remove());
  const tag = make("b", words);
  tag.className = "tag" + (words == d.updated ? "" : " sig");
  tag.dataset.live = "";
  tags.prepend(tag, " ");
  if (link && killed) {
    const struck = make("s", link.textContent);
    struck.className = "ttl";
    link.replaceWith(struck);
  } else if (link && item.headline) link.textContent = item.headline;
  said.textContent = words + ": " + (item.headline || (link ? link.textContent : ""));
};
// A story's address ends in /id/slug, and its lines carry the id.
const rows = url => document.querySelectorAll("[data-id='" + url.split("/").at(-2) + "']");
const act = { move() {}, update: d.updated, correct: d.corrected, refile: "", repeat: "", withhold: d.withheld, release: "", kill: d.killed, takedown: d.down };
const heard = event => {
  const item = JSON.parse(event.data), here = rows(item.url), words = act[event.type];
  if (typeof words == "function" || (event.type == "update" && !here.length)) { if (!here.length) { fresh.add(item.guid); count(); } return; }
  const gone = event.type == "kill" || event.type == "takedown" || event.type == "withhold";
  if (gone && fresh.delete(item.guid)) count();
  if (words) here.forEach(row => mark(row, words, gone, item));
};
const open = () => {
  source = new EventSource(d.stream);
  Object.keys(act).forEach(name => source.addEventListener(name, heard));
  source.addEventListener("reload", () => { fresh.add("reload"); count(); });
};
const show = () => { pause.textContent = paused ? d.resume : d.pause; };
pause.onclick = () => {
  paused = !paused;
  try { localStorage.setItem(key, paused ? "1" : "0"); } catch {}
  paused ? source && source.close() : open();
  show();
};
// The new lines are taken from the page as the server makes it now, so they read exactly like the others.
more.onclick = async () => {
  const answer = await fetch(location.pathname + location.search).catch(() => 0);
  if (!answer || !answer.ok) return location.reload();
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("list");
  const first = now && [...now.querySelectorAll("[data-id]")].find(row => !list.querySelector("[data-id='" + row.dataset.id + "']"));
  if (!now) return location.reload();
  list.replaceChildren(...now.childNodes);
  fresh.clear();
  count();
  const link = first && first.querySelector("a");
  if (link) link.focus();
};
show();
if (!paused) open();
})();
