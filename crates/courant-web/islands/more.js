// Appends older stories where the page has a link to them. Without script the link leads to them.
// The address says where the list ends. Whoever comes back finds what was appended and the place where they were: which pages
// were joined, and how far the reader had come, is kept with the entry of the history and nowhere else.
(() => {
const list = document.getElementById("list"), older = document.getElementById("older"), kept = history.state;
const PAGES_MAX = 20;
if (!list || !older) return;
const plural = new Intl.PluralRules(document.documentElement.lang), forms = JSON.parse(older.dataset.forms);
const said = Object.assign(document.createElement("span"), { className: "out" });
said.setAttribute("role", "status");
older.after(said);
let busy = false, pages = [location.pathname + location.search];
const fetched = async path => {
  const answer = await fetch(path, { cache: "no-cache" }).catch(() => 0);
  return answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
};
const dayOf = section => section && section.matches("section") && section.querySelector("h2 a").getAttribute("href");
// Adds the lines of a page that are not here yet, and answers them. A day that goes on keeps its one heading.
const join = page => {
  const fresh = [];
  page.querySelectorAll("#list section").forEach(section => {
    const lines = section.querySelector("ol"), last = list.lastElementChild;
    [...lines.children].forEach(row => list.querySelector("[data-id='" + row.dataset.id + "']") ? row.remove() : fresh.push(row));
    if (dayOf(last) == dayOf(section)) last.querySelector("ol").append(...lines.children);
    else if (lines.children.length) list.append(section);
  });
  // How much the filter hides is said where it hides it.
  const hid = page.getElementById("hid");
  if (hid) { hid.removeAttribute("id"); list.append(hid); }
  const next = page.getElementById("older");
  older.hidden = !next;
  if (next) older.href = next.getAttribute("href");
  return fresh;
};
const keep = () => {
  if (pages.length < 2) return;
  list.dataset.first = pages[0];
  history.scrollRestoration = "manual";
  history.replaceState({ pages, y: scrollY }, "", pages.at(-1));
};
older.onclick = async event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || pages.length >= PAGES_MAX) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const path = older.getAttribute("href"), page = await fetched(path);
  busy = false;
  if (!page) return location.assign(path);
  const fresh = join(page);
  pages.push(path);
  keep();
  said.textContent = (forms[plural.select(fresh.length)] || forms.other).replace("{n}", fresh.length);
  const first = fresh[0];
  if (!first) return;
  const at = first.querySelector("summary, a") || first;
  if (at == first) first.tabIndex = -1;
  at.focus();
};
addEventListener("pagehide", keep);
// The page the server gives is the last of those that were joined; the others come back around it.
const restore = async () => {
  const docs = await Promise.all(kept.pages.map(fetched));
  if (!docs.every(Boolean)) return;
  const [first, ...rest] = docs, live = first.querySelector(".live"), script = first.querySelector("script[src*='/live.']");
  document.querySelectorAll("nav.more [rel=prev], #hid").forEach(element => element.remove());
  list.replaceChildren(...first.getElementById("list").childNodes);
  if (first.getElementById("hid")) list.before(first.getElementById("hid"));
  rest.forEach(join);
  pages = kept.pages;
  keep();
  if (live && script) {
    document.querySelector(".bar").append(live);
    document.body.append(Object.assign(document.createElement("script"), { src: script.getAttribute("src") }));
  }
  scrollTo(0, kept.y);
};
if (kept && kept.pages) restore();
})();
