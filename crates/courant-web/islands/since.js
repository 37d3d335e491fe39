// Remembers how far a reader has read a dossier, on this device alone, and only once the reader asks for it. Without it the page
// hands out an address that does the same.
(() => {
const line = document.getElementById("seen"), d = line && line.dataset, key = "courant.seen:" + location.pathname;
let had;
try { had = localStorage.getItem(key); } catch { return; }
if (!d) return;
const button = Object.assign(document.createElement("button"), { className: "plain" });
const say = () => { button.textContent = had ? d.off : d.on; };
const keep = seq => {
  had = seq;
  try { seq ? localStorage.setItem(key, seq) : localStorage.removeItem(key); } catch {}
  say();
};
if (+had && +had < +d.seq && !document.getElementById("since")) {
  const at = new URL(location);
  at.searchParams.set("since", had);
  line.prepend(Object.assign(document.createElement("a"), { href: at.pathname + at.search, textContent: d.new }), " ");
}
button.onclick = () => keep(had ? "" : d.seq);
line.append(" ", button);
had ? keep(d.seq) : say();
})();
