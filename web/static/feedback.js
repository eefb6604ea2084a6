/* What a reader thinks of an answer: a vote, which can be changed and withdrawn, and a comment. */

import * as conversation from "./conversation.js";
import { send } from "./page.js";

const log = document.querySelector(".log");

function show(part, vote, said) {
  part.dataset.vote = vote;
  for (const each of part.querySelectorAll("[data-vote-for]")) {
    each.setAttribute("aria-pressed", String(each.dataset.voteFor === vote));
  }
  part.querySelector("[data-withdraw]").hidden = !vote;
  part.querySelector(".comment").hidden = !vote;
  const status = part.querySelector(".feedback-said");
  status.textContent = status.dataset[said] ?? "";
}

// One after the other, so that what the reader did last is what is kept.
let last = Promise.resolve();

/* Tells the server, then moves the focus where the reader goes on, before it is said that it was done. */
function tell(part, vote, comment, next = null) {
  last = last.then(() => told(part, vote, comment, next));
}

async function told(part, vote, comment, next) {
  const id = part.closest(".turn").dataset.turn;
  const turn = conversation.find(id);
  try {
    if (vote) {
      const at = conversation.all().indexOf(turn);
      // A question that was refused may be none, and no later one leans on it.
      const earlier = conversation.all().slice(0, at).filter((each) => each.answer).map((each) => each.question);
      await send("/feedback", { turn, vote, comment, earlier });
    } else await send(`/feedback/${id}`, undefined, "DELETE");
  } catch {
    return show(part, part.dataset.vote, "failed");
  }
  conversation.change(id, { vote, comment });
  show(part, vote, "");
  next?.focus();
  show(part, vote, vote ? "thanks" : "withdrawn");
}

log.addEventListener("click", (event) => {
  const part = event.target.closest("[data-feedback]");
  const vote = event.target.closest("[data-vote-for]")?.dataset.voteFor;
  const input = part?.querySelector("input");
  if (vote) tell(part, vote, input.value, input);
  if (event.target.closest("[data-withdraw]")) {
    input.value = "";
    tell(part, "", "", part.querySelector("[data-vote-for]"));
  }
});
log.addEventListener("submit", (event) => {
  const part = event.target.closest("[data-feedback]");
  if (!part) return;
  event.preventDefault();
  tell(part, part.dataset.vote, part.querySelector("input").value);
});
