/* The conversation as this browser keeps it: the turns, oldest first, and the one before it, which can be brought back.

   Each tab has its own, so that a follow-up leans on what stands above it; a new tab begins with what was asked last. */

import { kept } from "./page.js";

/* Turns that are kept, and those a question may lean on. */
const MOST = 50;
const LEANED_ON = 8;

const read = (key) => {
  const turns = kept.get(key, "sessionStorage") ?? kept.get(key);
  return Array.isArray(turns) ? turns.filter((turn) => typeof turn?.id === "string") : [];
};

let turns = read("conversation");

const write = () => {
  turns = turns.slice(-MOST);
  const fits = (some) => kept.set("conversation", some, "sessionStorage") && kept.set("conversation", some);
  // A browser with little room keeps the newest; the page has them all for as long as it is open.
  let keeping = turns;
  while (!fits(keeping) && keeping.length) keeping = keeping.slice(1);
};

export const all = () => turns;

export const find = (id) => turns.find((turn) => turn.id === id);

export function add(turn) {
  turns = [...turns, turn];
  write();
}

export function change(id, changes) {
  turns = turns.map((turn) => (turn.id === id ? { ...turn, ...changes } : turn));
  write();
}

/* Begins an empty conversation; the one that was is put aside. */
export function clear() {
  if (turns.length) kept.set("conversation.before", turns);
  turns = [];
  write();
}

/* Brings back the conversation that was put aside; false where there is none. */
export function bringBack() {
  const before = read("conversation.before");
  if (!before.length) return false;
  turns = before;
  kept.set("conversation.before", []);
  write();
  return true;
}

/* What a follow-up may lean on: answered turns, each with how it was read and what it cited. */
export function earlier() {
  return turns.filter((turn) => turn.answer).slice(-LEANED_ON).map((turn) => ({
    question: turn.question,
    understood: turn.answer.understood ?? null,
    cited: turn.answer.citations.map((citation) => citation.anchor),
  }));
}
