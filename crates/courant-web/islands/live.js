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
let source, heardId, paused = false;
try { paused = localStorage.getItem(key) == "1"; } catch {}
const count = () => {
  const n = fresh.size;
  more.hidden = !n;
  more.textContent = n ? (forms[plural.select(n)] || forms.other).replace("{n}", n) : "";
  document.title = n ? "(" + n + ") " + title : title;
};
const mark = (row, words, type, item) => {
  const gone = type == "kill" || type == "takedown" || type == "withhold";
  const tags = row.querySelector("p"), link = tags.querySelector("a.ttl, s.ttl");
  tags.querySelectorAll(".tag").forEach(tag => (gone || tag.dataset.live == "" || tag.textContent == words) && tag.remove());
  const tag = make("b", words);
  tag.className = "tag" + (words == d.updated ? "" : " sig");
  tag.dataset.live = "";
  tags.prepend(tag, " ");
  if (link && gone) {
    // A killed headline is struck; one on hold or taken down is not repeated.
    const struck = make("s", type == "kill" ? link.textContent : "");
    struck.className = "ttl";
    link.replaceWith(struck);
    said.textContent = words + ": " + struck.textContent;
  } else if (link && item.headline) {
    link.textContent = item.headline;
    said.textContent = words + ": " + item.headline;
  }
};
// A story's address ends in /id/slug, and its lines carry the id.
const idOf = item => item.id, rows = id => document.querySelectorAll("[data-id='" + id + "']");
const act = { move: "", update: d.updated, correct: d.corrected, refile: "", repeat: "", withhold: d.withheld, release: "", kill: d.killed, takedown: d.down };
const heard = event => {
  heardId = event.lastEventId;
  const item = JSON.parse(event.data), id = idOf(item), here = rows(id), words = act[event.type];
  // A story that was updated or released has a new place in the list, where the button brings it.
  if (/update|release/.test(event.type) || (event.type == "move" && !here.length)) { fresh.add(id); count(); }
  if (/kill|takedown|withhold/.test(event.type) && fresh.delete(id)) count();
  if (words) here.forEach(row => mark(row, words, event.type, item));
};
const open = () => {
  // After a pause the stream goes on where it was left; the address of the page says where the page ends.
  const from = new URL(d.stream, location);
  if (heardId) from.searchParams.set("after", heardId);
  source = new EventSource(from);
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
  const asked = [...fresh];
  const answer = await fetch(location.pathname + location.search, { cache: "no-cache" }).catch(() => 0);
  if (!answer || !answer.ok) return location.reload();
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("list");
  const first = now && [...now.querySelectorAll("[data-id]")].find(row => !list.querySelector("[data-id='" + row.dataset.id + "']"));
  if (!now) return location.reload();
  list.replaceChildren(...now.childNodes);
  // What came while the page was on its way stays counted, unless the page has it.
  fresh.forEach(id => (asked.includes(id) || rows(id).length) && fresh.delete(id));
  count();
  const link = (first || list).querySelector("a.ttl");
  if (link) link.focus();
};
show();
if (!paused) open();
})();
