/* A document is removed at once, and brought back as soon. */

import { announce } from "./page.js";
import { call, drawAnew, onTold, tell } from "./library.js";

const alert = document.querySelector("[data-removing-said]");

async function change(button, method, address, done, then) {
  if (button.disabled) return;
  button.disabled = true;
  alert.textContent = "";
  let answer;
  try { answer = await call(method, address); } catch { answer = { ok: false }; }
  // Another tab was sooner: what it did is what this one wanted.
  if (!answer.ok && !(method === "DELETE" && answer.status === 404)) {
    button.disabled = false;
    alert.textContent = answer.message ?? alert.dataset.failed;
    return;
  }
  tell();
  document.dispatchEvent(new Event("rapporteur:changed"));
  if (then) {
    location.assign(`${then}?${new URLSearchParams(done)}`);
    return;
  }
  await drawAnew(done);
  const said = document.querySelector(".notice-said");
  if (!said) return;
  announce(said.firstChild.textContent);
  // Where the reader goes on: to undo it, or to the document that came back.
  const back = document.querySelector(`[data-part=rows] [data-remove="${CSS.escape(said.dataset.doc)}"]`);
  (said.querySelector("button") ?? back?.closest("tr").querySelector("a"))?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-remove]");
  if (remove) {
    const id = remove.dataset.remove;
    change(remove, "DELETE", `/documents/${encodeURIComponent(id)}`, { removed: id }, remove.dataset.then);
  }
  const restore = event.target.closest("[data-restore]");
  if (restore) {
    const id = restore.dataset.restore;
    change(restore, "POST", `/removed/${encodeURIComponent(id)}/restore`, { restored: id });
  }
});

// What an address says was just done is said once.
const query = new URLSearchParams(location.search);
if (query.has("removed") || query.has("restored")) {
  for (const name of ["removed", "restored"]) query.delete(name);
  history.replaceState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
  document.querySelector(".notice-said button")?.focus();
}
if (document.querySelector("[data-part=rows]")) onTold(() => drawAnew().catch(() => {}));
alert.dataset.ready = "";
