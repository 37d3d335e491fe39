// Hands a story's short address on by the means of the device: its own sheet where it has one, else the clipboard. Without it the
// address stands there to be copied.
(() => {
const link = document.getElementById("share"), has = navigator.share ? "share" : "copy";
if (!link || !(navigator.share || navigator.clipboard)) return;
const button = Object.assign(document.createElement("button"), { className: "plain", textContent: link.dataset[has] });
button.onclick = () => (has == "share" ? navigator.share({ title: document.querySelector("h1").textContent, url: link.href })
  : navigator.clipboard.writeText(link.href).then(() => { button.textContent = link.dataset.copy + " ✓"; })).catch(() => {});
const added = document.createElement("span");
added.append(" · ", button);
link.after(added);
})();
