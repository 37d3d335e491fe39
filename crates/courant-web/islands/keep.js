// Keeps a filter on this device when the reader presses the button, and offers it on lists. What is kept is the filter's own string,
// under one name, in this browser; nothing is kept before, and nothing is sent.
(() => {
const NAME = "courant-filter", words = document.currentScript.dataset, box = document.getElementById("keep"), bar = document.querySelector(".bar");
const read = () => localStorage.getItem(NAME);
let kept;
// A browser may forbid it: then nothing is offered.
try { kept = read(); } catch { return; }
const made = (tag, props) => Object.assign(document.createElement(tag), props);
const address = path => path + (kept && "?" + kept);
if (!box) {
  if (kept != null && bar && location.search.slice(1) != kept) {
    const line = made("p", { className: "quiet" });
    line.append(made("a", { href: address("/all"), textContent: words.use, className: "plain" }));
    bar.append(line);
  }
  return;
}
const said = made("p", {}), use = made("a", { textContent: words.use });
const button = (name, act) => {
  const made_ = made("button", { type: "button", textContent: words[name] });
  made_.onclick = () => { act(); draw(); (made_.hidden ? other(made_) : made_).focus(); };
  return made_;
};
const keep = button("keep", () => localStorage.setItem(NAME, words.filter));
const forget = button("forget", () => localStorage.removeItem(NAME));
const other = one => one == keep ? forget : keep.hidden ? use : keep;
const draw = () => {
  kept = read();
  const readable = () => { try { return decodeURIComponent(kept); } catch { return kept; } };
  said.textContent = kept == null ? words.none : words.kept.replace("{filter}", readable() || words.all);
  keep.hidden = kept == words.filter || !words.filter;
  forget.hidden = kept == null;
  use.hidden = kept == null;
  if (kept != null) use.href = address("/all");
};
said.setAttribute("role", "status");
draw();
box.append(said, keep, forget, use);
box.hidden = false;
addEventListener("storage", draw);
})();
