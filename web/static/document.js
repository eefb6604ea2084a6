/* A document that is read: looking for words in it, and where in it one is. */

import { announce } from "./page.js";
import { lookUp, onTyped, take } from "./live.js";

const form = document.querySelector("[data-search]");
const units = [...document.querySelectorAll(".unit")];

/* The first unit of which more than a line is below the edge of what stays at the top. */
function unitInSight() {
  const edge = document.querySelector(".tools").getBoundingClientRect().bottom;
  return units.find((unit) => unit.getBoundingClientRect().bottom > edge + 24);
}

function search() {
  const box = form.elements.find;
  const status = form.querySelector("[data-part=matches]");
  const find = lookUp(form);
  let shown = box.value;
  let current = null;

  const marks = () => [...document.querySelectorAll(".body mark")];
  const settle = () => {
    for (const button of form.querySelectorAll("[data-step]")) button.hidden = marks().length === 0;
  };

  const leave = () => {
    current?.classList.remove("current");
    current = null;
  };

  const go = (step) => {
    const all = marks();
    if (!all.length) return;
    let at = all.indexOf(current);
    if (at < 0) {
      const edge = document.querySelector(".tools").getBoundingClientRect().bottom;
      const below = all.findIndex((mark) => mark.getBoundingClientRect().top > edge);
      at = step > 0 ? Math.max(below, 0) : (below < 0 ? all.length : below) - 1;
    } else at += step;
    at = (at + all.length) % all.length;
    leave();
    current = all[at];
    current.classList.add("current");
    current.scrollIntoView({ block: "center" });
    const where = current.closest(".unit")?.querySelector(".unit-label") ?? current.closest("[data-text]");
    status.textContent = filled(form.dataset.match, at, all.length);
    announce(filled(form.dataset.matchAt, at, all.length).replace("{at}", () => where.textContent));
  };
  const filled = (text, at, n) => text.replace("{i}", at + 1).replace("{n}", n);

  let looking = Promise.resolve();
  // Whoever goes on to a match while the words are still looked for waits for them.
  const look = () => {
    if (box.value.trim() !== shown.trim()) {
      shown = box.value;
      looking = find().then((page) => { if (page) draw(page); });
    }
    return looking;
  };

  const draw = (page) => {
    // Only what the words are in is drawn anew: the unit that an address leads to stays the one it leads to.
    const [texts, fresh] = [document, page].map((where) => where.querySelectorAll(".body [data-text]"));
    if (texts.length !== fresh.length) return location.reload();
    texts.forEach((text, at) => {
      if (text.innerHTML !== fresh[at].innerHTML) text.replaceChildren(...fresh[at].childNodes);
    });
    take(page, ["matches", "elsewhere", "where"]);
    const links = page.querySelectorAll("[data-keep-place]");
    document.querySelectorAll("[data-keep-place]").forEach((link, at) => { link.href = links[at].getAttribute("href"); });
    leave();
    settle();
    return announce(status.textContent);
  };
  const now = onTyped(box, look, 250);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    now();
    await look();
    go(1);
  });
  box.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || !event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    now();
    await look();
    go(-1);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) go(Number(button.dataset.step));
    if (event.target.closest(".where a")) {
      event.target.closest("details").open = false;
      leave();
    }
  });
  settle();
}

/* Scrolls the outline, and nothing but the outline. */
function bringIntoView(entry, list) {
  const { top, bottom } = entry.getBoundingClientRect();
  const room = list.getBoundingClientRect();
  if (top < room.top || bottom > room.bottom) list.scrollTop += top - room.top - list.clientHeight / 3;
}

/* Marks the entry of the outline that one is reading under, and keeps the place through a change of language. */
function place() {
  const entries = [...document.querySelectorAll("nav.contents a")];
  const targets = entries.map((entry) => document.getElementById(decodeURIComponent(entry.hash.slice(1))));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const edge = document.querySelector(".tools").getBoundingClientRect().bottom + 40;
    const under = targets.findLast((target) => target.getBoundingClientRect().top <= edge);
    entries.forEach((entry, at) => {
      if (targets[at] !== under) entry.removeAttribute("aria-current");
      else if (!entry.hasAttribute("aria-current")) {
        entry.setAttribute("aria-current", "true");
        bringIntoView(entry, entry.closest("nav"));
      }
    });
  };
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  }, { passive: true });
  mark();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-keep-place]");
    const unit = link && scrollY > 0 && unitInSight();
    if (unit && unit !== units[0]) link.hash = unit.id;
    const entry = event.target.closest("details.contents a");
    if (entry) entry.closest("details").open = false;
  });
}

if (form) {
  search();
  place();
}
