/* The table of documents kept up with the library, in this tab and in the reader's others. */

import { askToLogIn } from "./page.js";

const told = "BroadcastChannel" in window ? new BroadcastChannel("rapporteur.library") : null;

/* Tells the reader's other tabs that something changed, and is told by them. */
export function tell() {
  told?.postMessage("changed");
}
export function onTold(act) {
  told?.addEventListener("message", act);
}

/* Asks the server for something as only a script can; gives its JSON, or what it says instead with `status` of the error.
   Throws TypeError without a connection. */
export async function call(method, address, body, type = "application/json") {
  const response = await fetch(address, { method, headers: method === "GET" ? {} : { "content-type": type }, body });
  if (response.status === 401) askToLogIn();
  let said = {};
  try { said = await response.json(); } catch { /* What is not of ours says nothing. */ }
  return { ...said, ok: response.ok, status: response.status };
}

let last = Promise.resolve();

/* Draws the table anew as the library is, with what was just done where that is given; the reader's place stays. */
export function drawAnew(done = {}) {
  last = last.then(() => draw(done), () => draw(done));
  return last;
}

async function draw(done) {
  let here, page;
  do {
    here = location.pathname + location.search;
    const query = new URLSearchParams(location.search);
    for (const name of ["removed", "restored"]) query.delete(name);
    for (const [name, value] of Object.entries(done)) query.set(name, value);
    const response = await fetch(`${location.pathname}?${query}`);
    if (!response.ok) return;
    page = new DOMParser().parseFromString(await response.text(), "text/html");
    // The reader looked for something else meanwhile.
  } while (here !== location.pathname + location.search);
  // Where there were no documents, or are none now, the page is another one.
  const [had, has] = [document, page].map((where) => where.querySelector("[data-part=rows]"));
  if (!had || !has) return had === has ? undefined : location.reload();
  const held = document.activeElement?.closest("[data-part=rows] [data-remove], [data-part=rows] a");
  const same = held && (held.dataset.remove ? `[data-remove="${CSS.escape(held.dataset.remove)}"]` : `a[href="${CSS.escape(held.getAttribute("href"))}"]`);
  const open = document.querySelector("details.gone")?.open;
  for (const name of Object.keys(done).length ? ["found", "rows", "gone", "notice"] : ["found", "rows", "gone"]) {
    const [there, fresh] = [document, page].map((where) => where.querySelector(`[data-part="${name}"]`));
    if (there.getAttribute("role") === "status") there.textContent = fresh.textContent;
    else there.replaceChildren(...fresh.childNodes);
  }
  const gone = document.querySelector("details.gone");
  if (gone && open) gone.open = true;
  if (same) had.querySelector(same)?.focus({ preventScroll: true });
}
