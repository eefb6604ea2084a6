/* What the search is narrowed to, for as long as the tab is open. */

import { kept } from "./page.js";

const box = document.querySelector(".filters");
const boxes = [...box.querySelectorAll("input[type=checkbox]")];
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

const before = kept.get("filters", "sessionStorage");
for (const each of boxes) {
  each.checked = Array.isArray(before) && before.some((one) => one?.[0] === each.name && one[1] === each.value);
}
say();
