// Suggests dossiers, subjects, places and bylines while a search is typed: the combobox with a list of the ARIA Authoring Practices.
// Without script, or without an answer, the field is what it was: a search.
(() => {
const words = document.currentScript.dataset, WAIT_MS = 120;
const plural = new Intl.PluralRules(document.documentElement.lang), forms = JSON.parse(words.forms);
const made = (tag, props, attributes) => {
  const element = Object.assign(document.createElement(tag), props);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};
document.querySelectorAll("form[role=search] input[name=q]").forEach((input, no) => {
  const id = "sug" + no, list = made("ul", { id, className: "sug", hidden: true }, { role: "listbox", "aria-label": words.label });
  const said = made("span", { className: "out" }, { role: "status" });
  const set = (name, value) => value == null ? input.removeAttribute(name) : input.setAttribute(name, value);
  let at = -1, timer, asked = "";
  // A field of the type search may not be a combobox.
  Object.assign(input, { type: "text", autocomplete: "off", enterKeyHint: "search" });
  set("role", "combobox");
  set("aria-autocomplete", "list");
  set("aria-controls", id);
  input.form.append(list, said);
  const close = () => { list.hidden = true; at = -1; set("aria-expanded", "false"); set("aria-activedescendant", null); };
  const choose = next => {
    const all = [...list.children];
    at = next;
    all.forEach((one, no) => one.setAttribute("aria-selected", no == at));
    set("aria-activedescendant", at < 0 ? null : all[at].id);
    if (at >= 0) all[at].scrollIntoView({ block: "nearest" });
  };
  const show = ([, labels, kinds, links]) => {
    list.replaceChildren(...labels.map((label, no) => {
      const option = made("li", { id: id + "-" + no }, { role: "option", "aria-selected": "false", "data-to": links[no] });
      option.append(made("bdi", { textContent: label }), " ", made("span", { className: "quiet", textContent: kinds[no] }));
      return option;
    }));
    close();
    list.hidden = !labels.length;
    set("aria-expanded", String(!list.hidden));
    said.textContent = (forms[plural.select(labels.length)] || forms.other).replace("{n}", labels.length);
  };
  const ask = async () => {
    const typed = asked = input.value.trim();
    if (!typed) return close();
    const answer = await fetch("/suggest?lang=" + document.documentElement.lang + "&q=" + encodeURIComponent(typed)).catch(() => 0);
    if (answer && answer.ok && typed == asked && document.activeElement == input) show(await answer.json());
  };
  const go = option => { const { pathname, search } = new URL(option.dataset.to); location.assign(pathname + search); };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", event => {
    const n = list.hidden ? 0 : list.children.length, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (event.key == "Escape" && n) close();
    else if (step && n) choose(at < 0 && step < 0 ? n - 1 : at + step == n ? -1 : at + step);
    else if (event.key == "Enter" && n && at >= 0) go(list.children[at]);
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, which would close the list.
  list.addEventListener("mousedown", event => event.preventDefault());
  list.addEventListener("click", event => { const option = event.target.closest("li"); if (option) go(option); });
  close();
});
})();
