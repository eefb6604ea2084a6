/* Forms that look something up as one types: the server finds, and what it found takes its place in the page. */

/* The page that a form leads to, drawn anew; null where a later request has overtaken it. */
export function lookUp(form) {
  let running = null;
  return async () => {
    running?.abort();
    running = new AbortController();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
    const address = `${form.getAttribute("action")}${query.size ? `?${query}` : ""}`;
    try {
      const response = await fetch(address, { signal: running.signal });
      // Sent on to another page, such as the login, it is that page which is to be shown.
      if (!response.ok || response.redirected) throw new TypeError(`refused: ${response.status}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      history.replaceState(history.state, "", address + location.hash);
      return page;
    } catch (error) {
      if (error.name === "AbortError") return null;
      // The browser says what is wrong with the connection better than this page could.
      form.submit();
      return null;
    }
  };
}

/* Calls back a moment after the last key; not while an input method composes, when what stands there is not yet meant. */
export function onTyped(box, act, wait = 150) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  box.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  box.addEventListener("compositionend", later);
  return () => clearTimeout(timer);
}

/* Puts the parts of another page in the place of those of this one. What is said aloud keeps its element, or is not said. */
export function take(page, names) {
  for (const name of names) {
    const [here, there] = [document, page].map((where) => where.querySelector(`[data-part="${name}"]`));
    if (here.getAttribute("role") === "status") here.textContent = there.textContent;
    else here.replaceChildren(...there.childNodes);
  }
}

for (const form of document.querySelectorAll("form[data-live]")) {
  const find = lookUp(form);
  const act = async () => {
    const page = await find();
    if (page) take(page, ["found", "rows"]);
  };
  const now = onTyped(form.querySelector("input[type=search]"), act);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
    act();
  });
}
