/* A briefing note in the browser: what its reader leaves out, pins and switches off is kept here and nowhere else. */

import { announce, drawn, kept, Refused, words } from "./page.js";

const form = document.querySelector("[data-brief]");
const holder = document.querySelector("[data-note]");
const progress = document.querySelector("[data-progress]");
const NOTHING = { removed: [], pinned: [], off: [] };

let state = NOTHING;
let before = [];
let running = null;

const tools = () => holder.querySelector("[data-tools]");
const key = () => `brief?${tools()?.dataset.query ?? ""}`;

/* What the note is on, as the server reads it. */
function wanted() {
  const query = new URLSearchParams(tools().dataset.query);
  return {
    topic: query.get("topic") ?? "", item: query.get("item") ?? "", lang: query.get("lang") ?? "",
    documents: query.getAll("doc"), polish: query.has("polish"),
  };
}

const ofBlock = (block) => block.dataset.lines.split(" ").filter(Boolean);

function fail(error, said) {
  if (error.name === "AbortError") return;
  progress.textContent = said ?? (error instanceof Refused ? words.internal : words.disconnected);
}

/* Asks until it is this reader's turn, and says meanwhile how many are before. */
async function inTurn(address, { headers, ...options }, say) {
  for (let place; ;) {
    const own = { accept: "application/json", ...headers, ...(place && { "x-place": place }) };
    const response = await fetch(address, { ...options, headers: own });
    if (response.status !== 202) return response;
    const told = await response.json();
    place = told.place;
    say(told.message);
    await new Promise((resolve) => setTimeout(resolve, told.after * 1000));
    options.signal?.throwIfAborted();
  }
}

/* Why a request was refused. */
async function refusal(response) {
  let said;
  try { said = (await response.json()).message; } catch { /* It is no refusal of ours. */ }
  return Object.assign(new Refused(response.status), { said });
}

/* A request whose refusal says why. */
async function ask(address, body, signal) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal };
  const response = await inTurn(address, options, (message) => { progress.textContent = message; });
  if (response.ok) return response;
  throw await refusal(response);
}

function prepare() {
  if (!tools()) return;
  tools().querySelector("[data-undo]").disabled = !before.length;
  tools().querySelector("[data-restore]").disabled = !(state.removed.length || state.pinned.length || state.off.length);
}

/* Shows the note as it now is: at once what goes, and then all of it as the server draws it. */
async function redraw(focus) {
  kept.set(key(), state, "sessionStorage");
  running?.abort();
  running = new AbortController();
  holder.setAttribute("aria-busy", "true");
  progress.textContent = words.note_updating;
  prepare();
  try {
    const response = await ask("/brief", { ...wanted(), ...state }, running.signal);
    const fragment = drawn(await response.text());
    const top = scrollY;
    holder.replaceChildren(fragment);
    scrollTo(scrollX, top);
    progress.textContent = words.note_updated;
    prepare();
    if (focus) (holder.querySelector(focus) ?? tools().querySelector("button:enabled"))?.focus({ preventScroll: true });
  } catch (error) {
    if (error.name === "AbortError") return;
    fail(error, error.said);
  }
  holder.removeAttribute("aria-busy");
}

function change(next, focus) {
  before.push(state);
  state = next;
  redraw(focus);
}

function undo() {
  if (!before.length) return;
  state = before.pop();
  redraw(before.length ? "[data-undo]" : "[data-switch]");
}

const place = (block, what) => `.block[data-lines="${block.dataset.lines}"] [${what}]`;

function remove(block) {
  const blocks = [...holder.querySelectorAll(".block:has([data-remove])")];
  const at = blocks.indexOf(block);
  const next = blocks[at + 1] ?? blocks[at - 1];
  block.hidden = true;
  announce(words.note_removed);
  change({ ...state, removed: [...new Set([...state.removed, ...ofBlock(block)])] }, next ? place(next, "data-remove") : "[data-undo]");
}

function pin(block) {
  const ids = ofBlock(block);
  const pinned = state.pinned.includes(ids[0]) ? state.pinned.filter((id) => !ids.includes(id)) : [...state.pinned, ...ids];
  change({ ...state, pinned }, place(block, "data-pin"));
}

async function save(format) {
  progress.textContent = "";
  try {
    const shown = holder.querySelector(".note").dataset.shown.split(" ").filter(Boolean);
    const response = await ask(`/brief/${format}`, { ...wanted(), ...state, shown });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = decodeURIComponent(/''([^;]+)/.exec(response.headers.get("content-disposition"))[1]);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    fail(error, error.said);
  }
}

/* A note that the browser has changed before is shown as it was left. */
function begin() {
  before = [];
  state = NOTHING;
  if (!tools()) return;
  const left = kept.get(key(), "sessionStorage");
  if (left && Object.keys(NOTHING).every((name) => Array.isArray(left[name]))) {
    state = left;
    if (Object.keys(NOTHING).some((name) => left[name].length)) redraw(null);
  }
  prepare();
}

async function make() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  const address = `${form.getAttribute("action")}${query.size ? `?${query}` : ""}`;
  running?.abort();
  running = new AbortController();
  const started = Date.now();
  let waiting = "";
  const making = query.has("polish") ? words.note_wording : words.note_making;
  const say = () => { progress.textContent = waiting || making.replace("{seconds}", Math.round((Date.now() - started) / 1000)); };
  say();
  const ticking = setInterval(say, 1000);
  holder.setAttribute("aria-busy", "true");
  try {
    const response = await inTurn(address, { signal: running.signal }, (message) => { waiting = message; say(); });
    if (response.status === 503) throw await refusal(response);
    // Sent on to another page, such as the login, it is that page which is to be shown.
    if (!response.ok || response.redirected) throw new TypeError(`refused: ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    history.pushState(null, "", address);
    holder.replaceChildren(...page.querySelector("[data-note]").childNodes);
    progress.textContent = "";
    begin();
  } catch (error) {
    if (error instanceof Refused) fail(error, error.said);
    else if (error.name !== "AbortError") form.submit();
  } finally {
    clearInterval(ticking);
    holder.removeAttribute("aria-busy");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  make();
});

/* A topic and an item are two ways to say what a note is on. */
const [topic, item] = [form.querySelector("#topic"), form.querySelector("#item")];
topic.addEventListener("input", () => { if (item) item.value = ""; });
item?.addEventListener("change", () => { if (item.value) topic.value = ""; });

holder.addEventListener("click", (event) => {
  const block = event.target.closest(".block");
  if (event.target.closest("[data-remove]")) remove(block);
  else if (event.target.closest("[data-pin]")) pin(block);
  else if (event.target.closest("[data-undo]")) undo();
  else if (event.target.closest("[data-restore]")) change(NOTHING, "[data-undo]");
  else if (event.target.closest("[data-file]")) {
    event.preventDefault();
    save(event.target.closest("[data-file]").dataset.file);
  }
});

holder.addEventListener("change", (event) => {
  const name = event.target.dataset.switch;
  if (!name) return;
  const off = event.target.checked ? state.off.filter((each) => each !== name) : [...state.off, name];
  change({ ...state, off }, `[data-switch="${name}"]`);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && before.length) {
    event.preventDefault();
    undo();
    return;
  }
  const block = event.target.closest?.(".block:has([data-remove])");
  if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Delete") {
    event.preventDefault();
    remove(block);
  } else if (event.key.toLowerCase() === "p" && block.querySelector("[data-pin]")) {
    event.preventDefault();
    pin(block);
  }
});

window.addEventListener("popstate", () => location.reload());
begin();
document.documentElement.dataset.ready = "";
