/* What a citation number stands for, shown while the pointer or the focus is on it: the label and the quote. */

const card = document.getElementById("card");
const log = document.querySelector(".log");
let over = null;

function show(mark) {
  const source = mark.closest(".turn").querySelector(`.source[data-n="${mark.dataset.n}"]`);
  if (!source) return;
  over?.removeAttribute("aria-describedby");
  over = mark;
  card.replaceChildren(...[".source-title", ".source-label", ".quote"].map((part) => {
    const piece = document.createElement(part === ".quote" ? "q" : "b");
    const found = source.querySelector(part);
    piece.textContent = found.textContent;
    if (found.lang) piece.lang = found.lang;
    return piece;
  }));
  card.hidden = false;
  mark.setAttribute("aria-describedby", "card");
  const [place, size] = [mark.getBoundingClientRect(), card.getBoundingClientRect()];
  const below = place.bottom + size.height + 12 < innerHeight;
  card.style.left = `${Math.max(8, Math.min(place.left - 16, innerWidth - size.width - 8))}px`;
  card.style.top = `${below ? place.bottom + 6 : place.top - size.height - 6}px`;
}

function hide() {
  over?.removeAttribute("aria-describedby");
  over = null;
  card.hidden = true;
}

const markAt = (event) => event.target.closest?.(".mark");
log.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const mark = markAt(event);
  if (mark && mark !== over) show(mark);
  if (!mark && over) hide();
});
log.addEventListener("pointerleave", hide);
log.addEventListener("focusin", (event) => {
  const mark = markAt(event);
  if (mark?.matches(":focus-visible")) show(mark);
});
log.addEventListener("focusout", hide);
log.addEventListener("click", hide);
log.addEventListener("scroll", hide);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && over) hide(); });
