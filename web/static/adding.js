/* Documents that are added: files go to the server one by one, and what becomes of each is asked for while any goes on. */

import { announce, drawn } from "./page.js";
import { call, drawAnew, onTold, tell } from "./library.js";

const area = document.querySelector("[data-adding]");
const list = area.querySelector("[data-files]");
const status = area.querySelector("[data-said]");
const together = area.querySelector("[data-together]");
const BUSY = 500, LOST = 2000;

const items = () => [...list.querySelectorAll("[data-file]")];
const itemOf = (id) => list.querySelector(`[data-file="${CSS.escape(id)}"]`);

/* What is said of more than one file stands here until something else is. */
let lost = false;
const say = (text) => { status.textContent = text; };

/* Looks how far the files are, now and again while any goes on; what is asked for meanwhile looks once more after. */
let looking = null;
let again = false;
let timer = 0;

function look() {
  clearTimeout(timer);
  if (looking) {
    again = true;
    return looking;
  }
  looking = (async () => {
    let busy = true;
    do {
      again = false;
      try {
        busy = await lookOnce();
        if (lost) say("");
        lost = false;
      } catch {
        lost = true;
        say(area.dataset.lost);
      }
    } while (again && !lost);
    looking = null;
    if (busy || lost) timer = setTimeout(look, lost ? LOST : BUSY);
  })();
  return looking;
}

async function lookOnce() {
  const known = items().map((item) => `${item.dataset.file}.${item.dataset.version}`).join(",");
  const answer = await call("GET", `/adding?${new URLSearchParams({ known })}`);
  if (!answer.ok) throw new TypeError(`refused: ${answer.status}`);
  const said = [];
  const over = items().filter((item) => !answer.files.some((file) => file.id === item.dataset.file));
  for (const item of over) item.remove();
  for (const file of answer.files) {
    if (file.html) put(file, said);
  }
  if (said.length || over.length) unfold();
  if (said.length) announce(said.join("\n"));
  if ("plain" in answer) {
    together.hidden = answer.plain < 2;
    together.querySelector("button").textContent = together.dataset.plain.replace("{n}", answer.plain);
  }
  if (String(answer.generation) !== area.dataset.generation) {
    await drawAnew();
    area.dataset.generation = answer.generation;
  }
  return answer.busy;
}

/* Of the forms one is open at first, and the next when that is done. */
function unfold() {
  const folds = [...list.querySelectorAll(".fold")];
  if (folds.length && !folds.some((fold) => fold.open)) folds[0].open = true;
}

function put(file, said) {
  const fresh = drawn(file.html).querySelector("[data-file]");
  const item = itemOf(file.id);
  if (!item) list.append(fresh);
  else {
    // What was open stays so.
    const fold = fresh.querySelector(".fold");
    if (fold && item.querySelector(".fold")?.open) fold.open = true;
    const had = item.contains(document.activeElement) ? document.activeElement : null;
    item.replaceWith(fresh);
    // What is drawn anew does not take the focus away.
    const same = had?.id && fresh.querySelector(`#${CSS.escape(had.id)}`);
    if (had) (same || fresh).focus({ preventScroll: item.dataset.state === file.state });
  }
  // Progress is shown; only a new state is said aloud.
  if (item?.dataset.state !== file.state) said.push(file.said);
}

/* Uploads, one after the other. */
let uploads = Promise.resolve();

function add(files) {
  say("");
  if (!files.length) return;
  const most = Number(area.dataset.most);
  if (files.length > most) {
    say(area.dataset.tooMany.replace("{n}", files.length));
    return;
  }
  uploads = uploads.then(() => upload(files));
}

async function upload(files) {
  const wrong = [];
  for (const [at, file] of files.entries()) {
    say(area.dataset.uploading.replace("{i}", at + 1).replace("{n}", files.length).replace("{name}", () => file.name));
    const query = new URLSearchParams({ name: file.name, size: file.size });
    // Of what is too large the server needs to know no more than that.
    const body = file.size > Number(area.dataset.largest) ? new Blob() : file;
    let answer;
    try { answer = await call("POST", `/adding/files?${query}`, body, "application/octet-stream"); } catch { answer = {}; }
    if (!answer.ok) {
      wrong.push(answer.message ?? area.dataset.notUploaded.replace("{name}", () => file.name));
      // Where there is no room for one there is none for the others.
      if (answer.status === 409) break;
    } else look();
  }
  tell();
  await look();
  if (!lost) say([...new Set(wrong)].join("\n"));
}

/* The files of a drop; folders cannot be sent, and are told. */
function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file");
  const folder = entries.map((item) => item.webkitGetAsEntry?.()).find((entry) => entry?.isDirectory);
  if (!folder) return [...transfer.files];
  say(area.dataset.folder.replace("{name}", () => folder.name));
  return null;
}

const brings = (event) => event.dataTransfer?.types.includes("Files");
// Dropped beside the area, a file would be opened in the place of the page.
document.addEventListener("dragover", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  const inside = area.contains(event.target);
  event.dataTransfer.dropEffect = inside ? "copy" : "none";
  area.classList.toggle("over", inside);
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) area.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  area.classList.remove("over");
  if (!area.contains(event.target)) return;
  const files = dropped(event.dataTransfer);
  if (files) add(files);
});

area.querySelector("[data-choose]").addEventListener("change", (event) => {
  // A list of files empties with its input.
  const files = [...event.target.files];
  event.target.value = "";
  add(files);
});

/* What is asked of the forms as they change, one after the other. */
let plans = Promise.resolve();

/* A request of the reader, and then a look at what came of it. */
async function ask(method, address, body) {
  say("");
  // A form's plan is asked for before its file goes.
  await plans;
  let answer;
  try {
    answer = await call(method, address, body === undefined ? undefined : JSON.stringify(body));
    // What is gone was let go of in another tab, or lapsed; the look shows it.
    if (!answer.ok && answer.status !== 404) say(answer.message ?? area.dataset.failed);
    else if (answer.message) say(answer.message);
  } catch {
    lost = true;
    say(area.dataset.lost);
    answer = {};
  }
  tell();
  await look();
  return answer;
}

area.querySelector("[data-by-symbol]").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { symbol, language } = event.target.elements;
  const { id } = await ask("POST", "/adding/symbols", { symbol: symbol.value, language: language.value });
  if (id) symbol.value = "";
});

function filled(form) {
  const values = Object.fromEntries(new FormData(form));
  return { ...values, official: values.official === "yes" };
}

list.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const item = form.closest("[data-file]");
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const { added } = await ask("POST", `/adding/files/${item.dataset.file}/confirm`, filled(form));
  delete form.dataset.sent;
  const now = itemOf(item.dataset.file);
  if (now && !added) now.querySelector("[aria-invalid]")?.focus();
});

/* What adding would do is said anew as the form changes; the form itself stays as the reader has it. */
list.addEventListener("change", (event) => {
  const form = event.target.closest("[data-confirming]");
  if (form) plans = plans.then(() => plan(form));
});

async function plan(form) {
  try {
    const address = `/adding/files/${form.closest("[data-file]").dataset.file}`;
    const answer = await call("PUT", address, JSON.stringify(filled(form)));
    if (answer.plan !== undefined) form.querySelector("[data-plan]").replaceChildren(drawn(answer.plan));
  } catch { /* The plan before it stays; the next look says that the connection is lost. */ }
}

list.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-discard]");
  if (!button) return;
  const item = button.closest("[data-file]");
  const next = item.nextElementSibling ?? item.previousElementSibling;
  await ask("DELETE", `/adding/files/${item.dataset.file}`);
  (next?.isConnected ? next : area.querySelector("[data-choose]")).focus();
});

together.querySelector("button").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  if (button.disabled) return;
  button.disabled = true;
  await ask("POST", "/adding/confirm", {});
  button.disabled = false;
  if (together.hidden) (list.querySelector("[data-file]") ?? area.querySelector("[data-choose]")).focus();
});

onTold(look);
document.addEventListener("rapporteur:changed", () => { if (items().length) look(); });
// What is listed may have gone on since the page was drawn, as after going back to it.
addEventListener("pageshow", (event) => { if (event.persisted) look(); });
if (items().length) {
  unfold();
  look();
}
area.dataset.ready = "";
