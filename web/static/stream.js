/* Asks the server and gives each state of the answer as it grows. */

import { send } from "./page.js";

const ASK = "/gradio_api/call/answer";

/* Calls `grown` with every state, the last of which is done. Aborted, lost and refused questions throw. */
export async function stream(question, grown, signal) {
  const { event_id: id } = await (await send(ASK, { data: [question] })).json();
  // Whoever stops before there is anything to listen to is heard, too.
  signal.throwIfAborted();
  await new Promise((resolve, reject) => {
    const events = new EventSource(`${ASK}/${id}`);
    const end = (settle, value) => {
      events.close();
      settle(value);
    };
    let last = null;
    const take = (event) => {
      const [state] = JSON.parse(event.data) ?? [];
      if (state && state.html !== last) grown(state);
      last = state?.html ?? last;
    };
    signal.addEventListener("abort", () => end(reject, new DOMException("stopped", "AbortError")));
    events.addEventListener("generating", take);
    events.addEventListener("complete", (event) => {
      take(event);
      end(resolve);
    });
    // The server's own event has data; the browser's, for a lost connection, has none.
    events.addEventListener("error", (event) => end(reject, event.data === undefined ? new TypeError("lost") : new Error(event.data)));
  });
}
