/* The question box and the conversation: asking, stopping, what is kept of it and brought back. */

import * as conversation from "./conversation.js";
import { announce, drawn, kept, language, Refused, send, words } from "./page.js";
import { filters } from "./filters.js";
import * as panel from "./panel.js";
import { stream } from "./stream.js";
import "./cards.js";
import "./exporting.js";
import "./feedback.js";

const log = document.querySelector(".log");
const turns = log.querySelector(".turns");
const form = document.querySelector(".composer");
const box = form.querySelector("textarea");
const [sendButton, stopButton] = [form.querySelector("[data-send]"), form.querySelector("[data-stop]")];
const notice = document.querySelector(".disconnected");
let running = null;

/* --- the box --- */

const grow = () => {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
};

const write = (text) => {
  box.value = text;
  grow();
  kept.set("draft", text, "sessionStorage");
};

const busy = (on) => {
  sendButton.hidden = on;
  stopButton.hidden = !on;
  log.setAttribute("aria-busy", String(on));
};

const rest = () => {
  running = null;
  busy(false);
};

/* --- a turn --- */

const welcome = () => {
  log.querySelector(".welcome").hidden = turns.childElementCount > 0;
};

function place(turn, old = null) {
  const node = turn instanceof DocumentFragment ? turn.firstElementChild : turn;
  if (old) old.replaceWith(node);
  else turns.append(node);
  welcome();
  panel.mark();
  return node;
}

const toTop = (node) => {
  // Not scrollIntoView, which would move the whole page as well.
  log.scrollTop += node.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
};

const unanswered = (id, question, reason) => {
  const node = document.getElementById("unanswered").content.cloneNode(true);
  node.querySelector(".turn").dataset.turn = id;
  node.querySelector("[data-question]").textContent = question;
  node.querySelector("[data-reason]").textContent = reason;
  return node;
};

async function ask(question) {
  if (running) return;
  const id = crypto.randomUUID().replaceAll("-", "");
  const pending = document.getElementById("pending").content.cloneNode(true);
  pending.querySelector("[data-question]").textContent = question;
  let node = place(pending);
  toTop(node);
  announce(words.searching);
  notice.textContent = "";
  write("");
  const run = running = new AbortController();
  busy(true);
  let finished = false;
  const asked = { id, question, language, earlier: conversation.earlier(), filters: filters() };
  try {
    await stream(asked, (state) => {
      node = place(drawn(state.html), node);
      if (!state.done) return;
      finished = true;
      finish(node, state.turn);
      // The answer is whole: whoever asks on need not wait for the connection to be closed.
      if (running === run) rest();
    }, run.signal);
  } catch (error) {
    // Where the answer is there, or a new conversation has begun, nobody waits for it any more.
    if (!finished && node.isConnected) fail(node, id, question, error);
  } finally {
    if (running === run) rest();
  }
}

function finish(node, turn) {
  announce("");
  toTop(node);
  conversation.add(turn);
  if (turn.failure) return giveBack(turn.question);
  // On a narrow screen the panel would cover the answer.
  const first = node.querySelector(".sentences .mark");
  if (first && matchMedia("(min-width: 768px)").matches) panel.open(first.href, { from: first });
  else panel.clear();
}

function fail(node, id, question, error) {
  const lost = error instanceof TypeError;
  const reason = error.name === "AbortError" ? words.stopped
    : lost ? words.disconnected : error instanceof Refused && error.status === 401 ? words.logged_out
    : error instanceof Refused && error.status === 503 ? words.busy : words.internal;
  if (lost) notice.textContent = words.disconnected;
  place(unanswered(id, question, reason), node);
  giveBack(question);
  announce(reason);
}

/* A question that got no answer returns to the box, to be mended or asked again. */
function giveBack(question) {
  if (box.value === "") write(question);
}

/* --- the whole conversation --- */

export async function restore() {
  const all = conversation.all();
  if (!all.length) {
    turns.replaceChildren();
    return welcome();
  }
  log.querySelector(".welcome").hidden = true;
  log.setAttribute("aria-busy", "true");
  try {
    turns.replaceChildren(drawn(await (await send("/conversation", { turns: all })).text()));
  } catch (error) {
    notice.textContent = error instanceof Refused ? words.internal : words.disconnected;
  }
  log.removeAttribute("aria-busy");
  welcome();
  panel.mark();
  if (turns.lastElementChild) toTop(turns.lastElementChild);
}

function begin() {
  running?.abort();
  rest();
  const before = conversation.all().length > 0;
  conversation.clear();
  panel.close();
  restore();
  say(words.cleared, before);
  box.focus();
}

/* Says what was done, with a way back where there is one. */
function say(text, withUndo) {
  const said = document.querySelector(".tools .said");
  said.textContent = `${text} `;
  if (!withUndo) return;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "quiet";
  undo.textContent = words.undo;
  undo.addEventListener("click", () => {
    if (conversation.bringBack()) restore();
    said.textContent = "";
    box.focus();
  });
  said.append(undo);
}

/* --- what the reader does --- */

box.addEventListener("input", () => {
  grow();
  kept.set("draft", box.value, "sessionStorage");
});
box.addEventListener("keydown", (event) => {
  // While an input method composes, Enter takes a candidate; 229 is how Safari says so.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector(".tools .said").textContent = "";
  ask(box.value);
  box.focus();
});
stopButton.addEventListener("click", () => {
  running?.abort();
  box.focus();
});
log.addEventListener("click", (event) => {
  const example = event.target.closest("[data-ask]");
  // With a key held, the browser opens the link, which asks in a tab of its own.
  if (!example || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  ask(example.textContent);
});
document.querySelector("[data-new]").addEventListener("click", begin);
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
  }
  if (event.key === "Escape" && running) stopButton.click();
});

/* --- the beginning --- */

const wanted = new URLSearchParams(location.search).get("q");
// What was typed before this script was there is the reader's latest.
write(box.value || (kept.get("draft", "sessionStorage") ?? ""));
await restore();
panel.settle();
if (wanted?.trim()) await ask(wanted);
document.documentElement.dataset.ready = "";
