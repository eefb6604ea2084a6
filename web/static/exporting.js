/* The conversation as a file: drawn by the server, saved by the browser. */

import * as conversation from "./conversation.js";
import { announce, Refused, send, words } from "./page.js";

async function save(format) {
  const said = document.querySelector(".tools .said");
  if (!conversation.all().length) {
    said.textContent = words.nothing_to_export;
    return;
  }
  said.textContent = "";
  try {
    const response = await send(`/export/${format}`, { turns: conversation.all() });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = decodeURIComponent(/''([^;]+)/.exec(response.headers.get("content-disposition"))[1]);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (error) {
    said.textContent = error instanceof Refused ? words.internal : words.disconnected;
    announce(said.textContent);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-export]");
  if (button) save(button.dataset.export);
});
