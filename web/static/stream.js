/* Asks the server and gives each state of the answer as it grows. */

import { send } from "./page.js";

const ASK = "/gradio_api/call/answer";
// Something small that every server of this application has.
const ANYTHING = "/static/stream.js";

/* Calls `grown` with every state, the last of which is done. Aborted, lost and refused questions throw. */
export async function stream(question, grown, signal) {
  const { event_id: id } = await unlessStopped(signal, send(ASK, { data: [question] }).then((response) => response.json()));
  await unlessStopped(signal, new Promise((resolve, reject) => {
    const events = new EventSource(`${ASK}/${id}`);
    const end = (settle, value) => {
      events.close();
      settle(value);
    };
    let last = null;
    const take = (event) => {
      const [state] = JSON.parse(event.data) ?? [];
      if (state && state.html !== last?.html) grown(state);
      last = state ?? last;
    };
    signal.addEventListener("abort", () => events.close());
    events.addEventListener("generating", take);
    events.addEventListener("complete", (event) => {
      take(event);
      end(...(last?.done ? [resolve] : [reject, new Error("ended before it was whole")]));
    });
    events.addEventListener("error", (event) => end(reject, new Error(event.data)));
  })).catch(async (error) => {
    // A server that is going sends an error of its own, or nothing, or half an answer: whether it is there, it alone can say.
    if (error.name !== "AbortError") await fetch(ANYTHING, { method: "HEAD", cache: "no-store" });
    throw error;
  });
}

/* What is promised, or an AbortError at once where the reader stops it. */
function unlessStopped(signal, promised) {
  return Promise.race([promised, new Promise((_, reject) => {
    const stop = () => reject(new DOMException("stopped", "AbortError"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  })]);
}
