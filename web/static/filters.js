/* What the search is narrowed to, for as long as the tab is open. */

import { onTold } from "./library.js";
import { kept } from "./page.js";

const box = document.querySelector(".filters");
let boxes = [...box.querySelectorAll("input[type=checkbox]")];
const numbers = new Set(["years"]);

/* The choices as the server takes them. */
export function filters() {
  const chosen = { documents: [], kinds: [], years: [], languages: [] };
  for (const each of boxes) {
    if (each.checked) chosen[each.name].push(numbers.has(each.name) ? Number(each.value) : each.value);
  }
  return chosen;
}

function say() {
  const count = boxes.filter((each) => each.checked).length;
  box.querySelector(".filters-said").textContent = count ? box.dataset.some.replace("{n}", count) : box.dataset.all;
  box.classList.toggle("narrowed", count > 0);
  box.querySelector("[data-clear]").hidden = count === 0;
}

box.addEventListener("change", () => {
  kept.set("filters", boxes.filter((each) => each.checked).map((each) => [each.name, each.value]), "sessionStorage");
  say();
});
box.querySelector("[data-clear]").addEventListener("click", () => {
  for (const each of boxes) each.checked = false;
  box.dispatchEvent(new Event("change"));
  box.querySelector("summary").focus();
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !box.open) return;
  event.stopPropagation();
  box.open = false;
  box.querySelector("summary").focus();
});
document.addEventListener("click", (event) => { if (!box.contains(event.target)) box.open = false; });

function restore() {
  const before = kept.get("filters", "sessionStorage");
  for (const each of boxes) {
    each.checked = Array.isArray(before) && before.some((one) => one?.[0] === each.name && one[1] === each.value);
  }
  say();
}
restore();

/* Documents came or went in another tab: what there is to choose from is drawn anew, and what was chosen stays chosen. */
onTold(async () => {
  let page;
  try {
    page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  } catch { return; }
  const [choices, fresh] = [document, page].map((where) => where.querySelectorAll(".choices fieldset"));
  if (choices.length !== fresh.length) return;
  choices.forEach((each, at) => { if (each.innerHTML !== fresh[at].innerHTML) each.replaceWith(fresh[at]); });
  boxes = [...box.querySelectorAll("input[type=checkbox]")];
  restore();
});
