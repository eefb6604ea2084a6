/* The evidence panel: opened by links that are addresses of a view, kept in the address bar, closed with Escape. */

import { Refused, send, words } from "./page.js";

const panel = document.getElementById("panel");
const log = document.querySelector(".log");
/* What was opened and should have the focus again when the panel closes. */
let opener = null;
/* How often something was opened or put away: what was asked for before that is no longer wanted when it comes. */
let changes = 0;

const evidence = () => panel.querySelector(".evidence");
const isOpen = () => evidence()?.dataset.view !== undefined;
const sameUnit = (one, other) => {
  const [a, b] = [one, other].map((address) => new URL(address, location.href).searchParams);
  return ["doc", "anchor", "text", "mark"].every((key) => a.get(key) === b.get(key));
};

/* Draws the view of an address. `from` is the link that was chosen, `byKeyboard` takes its user along to the panel. */
export async function open(address, { from = null, byKeyboard = false, keepPlace = false } = {}) {
  const wanted = new URL(address, location.href);
  chooseBoth(wanted);
  const place = keepPlace ? panel.querySelector(".unit.cited")?.getBoundingClientRect().top : undefined;
  opener = from ?? opener;
  const change = ++changes;
  panel.setAttribute("aria-busy", "true");
  let html;
  try {
    html = await (await send(`/evidence${wanted.search}`, undefined, "GET")).text();
  } catch (error) {
    if (change !== changes) return;
    panel.removeAttribute("aria-busy");
    // Where there is no connection, what is on the page is all there is; else the address itself says what is wrong.
    if (error instanceof Refused) return void location.assign(wanted);
    document.querySelector(".disconnected").textContent = words.disconnected;
    return;
  }
  if (change !== changes) return;
  panel.innerHTML = html;
  drawBoth();
  settle();
  if (place !== undefined) {
    panel.querySelector(".units").scrollTop += panel.querySelector(".unit.cited").getBoundingClientRect().top - place;
  } else {
    showMark();
    if (byKeyboard) panel.querySelector("h2")?.focus({ preventScroll: true });
  }
}

/* Puts away what is open and leaves the focus where it is. */
export function clear() {
  changes += 1;
  panel.innerHTML = document.getElementById("no-evidence").innerHTML;
  settle();
}

export function close() {
  if (evidence()?.classList.contains("empty")) return;
  clear();
  if (opener?.isConnected) opener.focus();
  else document.getElementById("question")?.focus();
}

/* Whether this address is what is open. */
export const shows = (address) => isOpen() && sameUnit(evidence().dataset.view, address);

/* Puts what is open into the address bar and marks its numbers in the conversation. */
export function settle() {
  panel.removeAttribute("aria-busy");
  const view = evidence()?.dataset.view;
  const address = new URL(view ?? "/", location.href);
  if (view) chooseBoth(address);
  history.replaceState(null, "", address);
  mark();
}

export function mark() {
  for (const link of log.querySelectorAll("[data-open]")) {
    if (shows(link.href)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export function showMark() {
  const units = panel.querySelector(".units");
  const cited = units?.querySelector(".unit.cited");
  if (!cited) return;
  const place = (part) => part.getBoundingClientRect().top - units.getBoundingClientRect().top + units.scrollTop;
  const marked = cited.querySelector("mark") ?? cited;
  const room = units.clientHeight;
  // The unit from its beginning, below a little of what precedes it, where that leaves the mark in sight.
  const wholeFits = place(marked) + marked.getBoundingClientRect().height - place(cited) < room * 0.75;
  // In both languages, the head of the column stays in sight and takes a line or two.
  units.scrollTop = wholeFits ? place(cited) - room / 5 : place(marked) - Math.max(room / 4, 64);
}

function isBoth() {
  return panel.dataset.both !== undefined;
}

function chooseBoth(address) {
  if (isBoth()) address.searchParams.set("both", "1");
  else address.searchParams.delete("both");
}

/* Draws what is chosen of the two languages, which may be another choice than when what is drawn was sent for. */
function drawBoth() {
  const button = panel.querySelector("button[data-both]");
  if (!button) return;
  button.setAttribute("aria-pressed", String(isBoth()));
  evidence().classList.toggle("both", isBoth());
  const link = panel.querySelector("[data-copy-link]");
  const address = new URL(link.dataset.copyLink, location.href);
  chooseBoth(address);
  link.dataset.copyLink = address.pathname + address.search;
}

function toggleBoth() {
  panel.toggleAttribute("data-both");
  drawBoth();
  settle();
  showMark();
}

panel.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  const both = event.target.closest("button[data-both]");
  const other = event.target.closest("[data-close]");
  if (both) toggleBoth();
  if (!more && !other) return;
  event.preventDefault();
  if (more) open(more.href, { keepPlace: true });
  else close();
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) close();
});

/* A plain click opens the panel; with a key held, the browser does with the link what it always does. */
log.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  // detail counts mouse clicks: none means the keyboard.
  open(link.href, { from: link, byKeyboard: event.detail === 0 });
});

if (panel.querySelector(".evidence.both")) panel.dataset.both = "";
showMark();
