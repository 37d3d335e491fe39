// Follows the wire on a page that holds a list. The page is complete without it.
// Nothing moves under the reader: new stories are counted on a button and come when it is pressed; a correction, a hold
// or a kill of a story on screen is marked in place. What the reader's filter mutes arrives folded with the others, or is
// counted as hidden. "Pause" is remembered.
(() => {
const bar = document.querySelector(".live"), list = document.getElementById("list");
if (!bar || !list) return;
const d = bar.dataset, forms = JSON.parse(d.forms), plural = new Intl.PluralRules(document.documentElement.lang);
const title = document.title, fresh = new Set(), key = "courant.paused";
const make = (name, words) => Object.assign(document.createElement(name), { textContent: words || "" });
const hid = () => document.getElementById("hid"), many = (forms, n) => (forms[plural.select(n)] || forms.other).replace("{n}", n);
const more = make("button"), pause = make("button"), said = make("span"), reload = bar.querySelector("a");
pause.className = "plain";
more.hidden = true;
said.className = "out";
said.setAttribute("role", "status");
bar.append(more, pause, said);
let source, heardId, recount, paused = false;
try { paused = localStorage.getItem(key) == "1"; } catch {}
const count = () => {
  const n = fresh.size;
  more.hidden = !n;
  more.textContent = n ? many(forms, n) : "";
  document.title = n ? "(" + n + ") " + title : title;
};
const mark = (row, words, type, item) => {
  const gone = type == "kill" || type == "takedown" || type == "withhold";
  const tags = row.querySelector("p"), link = tags.querySelector("a.ttl, s.ttl");
  row.querySelectorAll(".tag").forEach(tag => (gone || tag.dataset.live == "" || tag.textContent == words) && tag.remove());
  const tag = make("b", words);
  tag.className = "tag" + (words == d.updated ? "" : " sig");
  tag.dataset.live = "";
  // What happens to a folded story is said on the fold.
  (row.querySelector("summary") || tags).prepend(tag, " ");
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
// A released story comes back where its notice stood.
const back = (row, item) => {
  const link = Object.assign(make("a", item.headline), { className: "ttl", href: item.url, lang: item.lang, dir: item.dir });
  row.querySelectorAll(".tag").forEach(tag => tag.remove());
  row.querySelector("p").replaceChildren(link);
  said.textContent = item.headline;
};
const page = async () => {
  // A list that older stories were appended to has another address, and still begins with the newest.
  const answer = await fetch(list.dataset.first || location.pathname + location.search, { cache: "no-cache" }).catch(() => 0);
  return answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
};
// Not all readers at once.
const later = then => setTimeout(async () => then(await page()), Math.random() * 2000);
const sayHidden = now => now && hid() && now.getElementById("hid") && hid().replaceWith(now.getElementById("hid"));
// A story that was never on this page is one more; of any other only the server knows whether it was counted.
const hide = (type, here) => {
  const line = hid(), n = +line.dataset.n + 1;
  if (type == "move" && !here.length) {
    line.hidden = false;
    line.dataset.n = n;
    line.querySelector("span").textContent = many(JSON.parse(line.dataset.forms), n);
  } else if (type != "repeat" && !recount) {
    recount = later(now => { recount = 0; sayHidden(now); });
  }
};
// Whether a released story belongs on this page the page itself says: it may have come back to an older one.
const look = id => later(now => { if (now && now.querySelector("#list [data-id='" + id + "']")) { fresh.add(id); count(); } });
// A story's address ends in /id/slug, and its lines carry the id.
const idOf = item => item.id, rows = id => document.querySelectorAll("[data-id='" + id + "']");
const act = { move: "", update: d.updated, correct: d.corrected, refile: "", repeat: "", withhold: d.withheld, release: "", kill: d.killed, takedown: d.down };
const heard = event => {
  heardId = event.lastEventId;
  if (event.type == "reload") return fresh.add("reload"), count();
  // What stands above the stories of a dossier is made anew when the reader asks.
  if (/dossier/.test(event.type)) return reload.hidden = false;
  const item = JSON.parse(event.data), id = idOf(item), here = rows(id), muted = event.type == "muted", type = muted ? item.kind : event.type, words = act[type];
  // A story that was updated has a new place in the list, where the button brings it.
  if (muted && hid()) hide(type, here);
  else if (type == "update" || (type == "move" && !here.length)) { fresh.add(id); count(); }
  if (/kill|takedown|withhold/.test(type) && fresh.delete(id)) count();
  if (words) here.forEach(row => mark(row, words, type, item));
  if (type == "release" && here.length && item.headline) here.forEach(row => back(row, item));
  else if (type == "release") look(id);
};
// A proxy that holds streams back never opens one, and an answer that is no stream closes it: then the same is asked for again and
// again. Where that fails too, the link to the page as it is now is shown, as it stands without script.
let Source = self.EventSource;
const broken = () => {
  if (source) source.close();
  if (Source && Source.polls) reload.hidden = false;
  else import(d.poll).then(({ Polled }) => { Source = Polled; paused || open(); }, () => { reload.hidden = false; });
};
const open = () => {
  if (!Source) return broken();
  // After a pause the stream goes on where it was left; the address of the page says where the page ends.
  const from = new URL(d.stream, location);
  if (heardId) from.searchParams.set("after", heardId);
  const opened = source = new Source(from);
  ["muted", "reload", "dossier", "merge-dossier", ...Object.keys(act)].forEach(name => source.addEventListener(name, heard));
  setTimeout(() => opened.readyState || broken(), 10000);
  source.onerror = () => opened.readyState == 2 && broken();
};
const show = () => { pause.textContent = paused ? d.resume : d.pause; };
pause.onclick = () => {
  paused = !paused;
  try { localStorage.setItem(key, paused ? "1" : "0"); } catch {}
  paused ? source && source.close() : open();
  show();
};
// The new lines are taken from the page as the server makes it now, so they read exactly like the others, and are put before
// those that are here. Where they do not reach down to these, or entries were missed, the page as it is now takes their place.
const dayOf = section => section && section.querySelector("h2 a").getAttribute("href");
more.onclick = async () => {
  const asked = [...fresh];
  const whole = await page(), now = whole && whole.getElementById("list");
  if (!now) return location.reload();
  sayHidden(whole);
  const lines = [...now.querySelectorAll("[data-id]")], isNew = row => asked.includes(row.dataset.id);
  const first = lines.find(isNew);
  if (asked.includes("reload") || lines.every(isNew)) {
    list.replaceChildren(...now.childNodes);
    const older = document.getElementById("older"), next = whole.getElementById("older");
    if (older && next) older.href = next.getAttribute("href");
  } else for (const row of lines.filter(isNew).reverse()) {
    rows(row.dataset.id).forEach(was => was.remove());
    const section = row.closest("section"), top = list.querySelector("section");
    if (dayOf(top) == dayOf(section)) top.querySelector("ol").prepend(row);
    else {
      const day = section.cloneNode(true);
      day.querySelector("ol").replaceChildren(row);
      list.prepend(day);
    }
  }
  // What came while the page was on its way stays counted, unless the page has it.
  fresh.forEach(id => (asked.includes(id) || rows(id).length) && fresh.delete(id));
  count();
  const link = (first || list).querySelector("summary, a");
  if (link) link.focus();
};
reload.hidden = true;
show();
if (!paused) open();
})();
