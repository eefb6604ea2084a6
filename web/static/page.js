/* What every page does: menus that close, things that are copied, the address to come back to. */

export const words = JSON.parse(document.getElementById("words").textContent);
export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

/* Says something to whoever cannot see it appear. */
export function announce(text) {
  document.getElementById("announcement").textContent = text;
}

/* Where a request ended in what is not a page of ours: no connection, or an answer that is an error. */
export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

/* Says that the login has ended, with the way back to this page. */
export function askToLogIn() {
  const said = document.getElementById("logged-out");
  if (!said) return;
  said.querySelector("a").href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
  said.hidden = false;
}

/* Sends JSON and gives the response; throws TypeError without a connection, Refused on an error. */
export async function send(address, body, method = "POST") {
  const response = await fetch(address, {
    method, headers: { "content-type": "application/json" }, body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 401) askToLogIn();
  if (!response.ok) {
    // Read to its end, or a browser that goes on to another page takes it for one that was broken off.
    await response.text();
    throw new Refused(response.status);
  }
  return response;
}

/* HTML that the server drew, as nodes. */
export function drawn(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

/* Who is logged in; what is kept is kept for them, and no mark of the key can stand in a name. */
const reader = document.documentElement.dataset.reader ?? "";
const OWN = reader ? `rapporteur/${reader}/` : "rapporteur.";
let left = false;

/* A value kept by the browser for this site, or where the tab's own storage is named, for this tab; what cannot be kept or
   read is as if it were not there. A browser that keeps nothing throws as soon as its storage is named. */
export const kept = {
  get(key, where = "localStorage") {
    try { return JSON.parse(window[where].getItem(OWN + key)); } catch { return null; }
  },
  set(key, value, where = "localStorage") {
    // What an answer still brings after its reader has left is kept for nobody.
    if (left) return true;
    try {
      window[where].setItem(OWN + key, JSON.stringify(value));
      return true;
    } catch { return false; }
  },
};

/* Deletes what the browser keeps for those readers of whom it is asked to. */
function forget(whose) {
  for (const where of ["localStorage", "sessionStorage"]) {
    try {
      const keys = Object.keys(window[where]).filter((key) => /^rapporteur[./]/.test(key) && whose(key));
      for (const key of keys) window[where].removeItem(key);
    } catch { /* It keeps nothing. */ }
  }
}

/* What others left in this browser is not for who is logged in now. */
if (reader) forget((key) => !key.startsWith(OWN));

function leave() {
  left = true;
  forget((key) => key.startsWith(OWN));
}

document.querySelector("[data-leave]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  leave();
  try {
    await (await fetch(form.action, { method: "POST" })).text();
    // The other tabs are told once the session has ended, and hold nothing of it any more.
    localStorage.setItem(`${OWN}left`, "1");
    localStorage.removeItem(`${OWN}left`);
    location.replace("/login");
  } catch {
    form.submit();
  }
});
window.addEventListener("storage", (event) => {
  if (!reader || event.key !== `${OWN}left` || !event.newValue) return;
  leave();
  location.replace("/login");
});

async function copy(button, text) {
  const shown = button.closest("[data-menu]")?.querySelector("summary") ?? button;
  let done = words.copied;
  try { await navigator.clipboard.writeText(text); } catch { done = words.not_copied; }
  shown.dataset.shown ??= shown.textContent;
  shown.textContent = done;
  announce(done);
  setTimeout(() => { shown.textContent = shown.dataset.shown; }, 1600);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-link]");
  if (button) {
    copy(button, button.dataset.copy ?? new URL(button.dataset.copyLink, location.href).href);
  }
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (menu.contains(event.target) && !event.target.closest(".menu button")) continue;
    // What closes may not take the focus with it.
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const menu = event.target.closest?.("[data-menu][open]");
  if (!menu) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
}, true);

/* The language is changed by the server, which sends the reader back to what was open. */
document.querySelector(".languages").addEventListener("submit", (event) => {
  event.target.elements.back.value = location.pathname + location.search + location.hash;
});
