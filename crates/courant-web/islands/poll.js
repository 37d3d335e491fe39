// Stands in for an event stream where none comes through: asks for what is new, gets it when there is something, and asks again.
// An answer is what the stream would have said.
const WAIT_S = 25, AGAIN_MS = 2000, FAILURES_MAX = 3;
export class Polled {
  static polls = true;
  readyState = 1;
  listeners = {};
  constructor(url) {
    this.url = url;
    url.searchParams.set("wait", WAIT_S);
    this.ask();
  }
  addEventListener(type, listener) { this.listeners[type] = listener; }
  close() { this.readyState = 2; }
  async ask() {
    for (let failures = 0; this.readyState == 1;) {
      const answer = await fetch(this.url).catch(() => 0);
      const text = answer && answer.ok && (await answer.text().catch(() => ""));
      if (this.readyState == 2) return;
      if (text) this.tell(text);
      failures = text ? 0 : failures + 1;
      if (failures >= FAILURES_MAX) {
        this.close();
        this.onerror();
      } else if (failures) await new Promise(then => setTimeout(then, AGAIN_MS));
    }
  }
  tell(text) {
    for (const block of text.split("\n\n")) {
      const part = name => (RegExp("^" + name + ": ?(.*)", "m").exec(block) || [])[1];
      const id = part("id"), heard = this.listeners[part("event")];
      if (id) this.url.searchParams.set("after", id);
      if (heard) heard({ type: part("event"), data: part("data"), lastEventId: id });
    }
  }
}
