/* What the page does in the browser: remembers the language, sends what the reader does to the server, keeps the
   reader's place. Everything shown is drawn on the server; no text enters the page from here except through textContent. */
window.rapporteur ??= (() => {
  "use strict";

  const KEY = "rapporteur.language";
  let ask = () => {};
  let giveBack = () => {};
  let toggleGlossary = () => {};
  let sayGlossary = () => {};
  let opened = null;
  // Whether citations are shown in both languages, for as long as the page is open.
  let both = false;

  const remembered = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const remember = (language) => {
    try { localStorage.setItem(KEY, language); } catch { /* a browser that keeps nothing still switches */ }
  };
  const preferred = () => {
    const known = remembered();
    if (known === "zh" || known === "en") return known;
    const first = navigator.languages.map((code) => code.slice(0, 2).toLowerCase()).find((code) => code === "zh" || code === "en");
    return first ?? "en";
  };

  function header(element, trigger, watch) {
    const settle = () => {
      const bar = element.querySelector("[data-interface]");
      document.documentElement.lang = bar.dataset.htmlLang;
      document.title = bar.dataset.title;
    };
    element.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-language]");
      if (choice) {
        remember(choice.dataset.language);
        trigger("language", { language: choice.dataset.language });
      }
      if (event.target.closest("[data-glossary]")) toggleGlossary();
      if (event.target.closest("[data-new]")) {
        trigger("new", {});
        document.getElementById("question")?.focus();
      }
    });
    watch("value", () => {
      settle();
      sayGlossary();
      document.documentElement.dataset.ready = "";
    });
    const language = preferred();
    settle();
    if (element.querySelector("[data-interface]").dataset.interface === language) document.documentElement.dataset.ready = "";
    else trigger("language", { language });
  }

  function conversation(element, trigger, watch) {
    let newest = null;
    element.addEventListener("click", (event) => {
      const cited = event.target.closest("[data-cite]");
      const example = event.target.closest("[data-ask]");
      if (cited) {
        // detail counts mouse clicks: none means the keyboard, whose user is taken along to the evidence.
        opened = { mark: cited, byKeyboard: event.detail === 0, reference: cited.dataset.cite };
        if (document.querySelector(".evidence")?.dataset.view === cited.dataset.cite) {
          showMark();
          takeAlong();
        }
        trigger("cite", { reference: cited.dataset.cite });
      } else if (example) ask(example.textContent);
    });
    watch("value", () => {
      const last = element.querySelector(".turn:last-child");
      const state = last ? last.dataset.serial + last.className : null;
      if (last && state !== newest) {
        // Not scrollIntoView, which would move the whole page as well.
        const log = element.querySelector(".log");
        log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
      }
      if (last?.classList.contains("failed") && state !== newest) giveBack();
      newest = state;
      markCurrent();
    });
  }

  function composer(element, trigger) {
    const box = element.querySelector("textarea");
    const grow = () => {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 2}px`;
    };
    let sent = "";
    const waiting = () => document.querySelector("#conversation .turn.pending") !== null;
    ask = (question) => {
      if (waiting()) return;
      sent = question;
      trigger("ask", { question });
      attend(waiting);
    };
    // A question that got no answer returns to the box, to be mended or asked again.
    giveBack = () => {
      if (box.value === "") box.value = sent;
      grow();
    };
    const send = () => {
      if (waiting()) return;
      ask(box.value);
      box.value = "";
      grow();
    };
    box.addEventListener("input", grow);
    box.addEventListener("keydown", (event) => {
      // While an input method composes, Enter takes a candidate; 229 is how Safari says so.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      send();
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
      box.focus();
    });
  }

  /* While an answer is awaited, asks every few seconds whether the server is there, and says so when it is not. */
  async function attend(waiting) {
    const notice = document.querySelector(".disconnected");
    try {
      await fetch("web/page.js", { method: "HEAD", cache: "no-store" });
      notice.textContent = "";
      setTimeout(() => { if (waiting()) attend(waiting); }, 3000);
    } catch {
      notice.textContent = notice.dataset.text;
      giveBack();
    }
  }

  function panel(element, trigger, watch) {
    let kept = null;
    const close = () => {
      trigger("close", {});
      opened?.mark.isConnected && opened.mark.focus();
    };
    element.addEventListener("click", (event) => {
      const more = event.target.closest("[data-more]");
      const copy = event.target.closest("[data-copy]");
      if (more) {
        kept = element.querySelector(".unit.cited")?.getBoundingClientRect().top ?? null;
        trigger("more", { side: more.dataset.more });
      } else if (event.target.closest("[data-both]")) {
        both = !both;
        showVersions();
        showMark();
      } else if (copy) copyText(copy);
      else if (event.target.closest("[data-close]")) close();
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
    });
    watch("value", () => {
      showVersions();
      const cited = element.querySelector(".unit.cited");
      if (cited && kept !== null) {
        element.querySelector(".units").scrollTop += cited.getBoundingClientRect().top - kept;
      } else if (cited) {
        showMark();
        takeAlong();
      }
      kept = null;
      markCurrent();
    });
  }

  function takeAlong() {
    if (opened?.byKeyboard) document.querySelector(".evidence h2").focus({ preventScroll: true });
    if (opened) opened.byKeyboard = false;
  }

  function showVersions() {
    const control = document.querySelector(".evidence [data-both]");
    control?.setAttribute("aria-pressed", String(both));
    document.querySelector(".evidence")?.classList.toggle("both", both && control !== null);
  }

  function showMark() {
    const units = document.querySelector(".evidence .units");
    const cited = units?.querySelector(".unit.cited");
    if (!cited) return;
    const place = (part) => part.getBoundingClientRect().top - units.getBoundingClientRect().top + units.scrollTop;
    const mark = cited.querySelector("mark") ?? cited;
    const room = units.clientHeight;
    // The unit from its beginning, below a little of what precedes it, where that leaves the mark in sight.
    const markEnd = place(mark) + mark.getBoundingClientRect().height;
    const wholeFits = markEnd - place(cited) < room * 0.75;
    // In both languages, the head of the column stays in sight and takes a line or two.
    units.scrollTop = wholeFits ? place(cited) - room / 5 : place(mark) - Math.max(room / 4, 64);
  }

  function markCurrent() {
    const view = document.querySelector(".evidence")?.dataset.view;
    for (const mark of document.querySelectorAll("[data-cite]")) {
      mark.toggleAttribute("data-current", mark.dataset.cite === view);
    }
  }

  async function copyText(button) {
    const before = button.textContent;
    let done = button.dataset.done;
    try { await navigator.clipboard.writeText(button.dataset.copy); } catch { done = button.dataset.failed; }
    button.textContent = done;
    setTimeout(() => { if (button.textContent === done) button.textContent = before; }, 1600);
  }

  /* The glossary filters its rows here; what was typed stays when the sheet closes or the language changes. */
  function glossary(element, trigger, watch) {
    let query = "";
    let shown = false;
    const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/[\s\p{P}\p{Z}\p{M}\p{Cf}]+/gu, "");
    const sheet = () => element.querySelector("#glossary-sheet");
    const box = () => element.querySelector("#term");
    sayGlossary = () => {
      document.querySelector("[data-glossary]")?.setAttribute("aria-expanded", String(shown));
    };
    const filter = () => {
      const wanted = plain(query);
      // English plurals find their singular; the final s of a short word may be all there is to it.
      const stem = /[a-z]{3}s$/.test(wanted) ? wanted.slice(0, -1) : wanted;
      const rows = [...element.querySelectorAll("tbody tr")];
      const keys = rows.map((row) => [...row.querySelectorAll("span")].map((form) => plain(form.textContent)));
      let hits = keys.map((forms) => forms.some((form) => form.includes(stem)));
      const direct = hits.includes(true);
      // A phrase that is no term may have terms in it; short English forms would be found inside other words.
      const within = (form) => form.length >= (/^[\x00-\x7f]+$/.test(form) ? 4 : 2) && wanted.includes(form);
      if (!direct) hits = keys.map((forms) => forms.some(within));
      rows.forEach((row, index) => { row.hidden = !hits[index]; });
      const count = hits.filter(Boolean).length;
      const found = element.querySelector(".found");
      const said = direct ? found.dataset.count : count ? found.dataset.within : found.dataset.none;
      found.textContent = said.replace("{n}", count);
      element.querySelector("table").hidden = count === 0;
      element.querySelector(".terms").scrollTop = 0;
    };
    const draw = () => {
      box().value = query;
      sheet().hidden = !shown;
      filter();
      sayGlossary();
    };
    toggleGlossary = () => {
      shown = !shown;
      draw();
      if (shown) box().select();
      else document.querySelector("[data-glossary]")?.focus();
    };
    element.addEventListener("input", (event) => {
      // While an input method composes, what stands in the box is not yet what is meant.
      if (event.isComposing) return;
      query = box().value;
      filter();
    });
    element.addEventListener("compositionend", () => {
      query = box().value;
      filter();
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      toggleGlossary();
    });
    element.addEventListener("click", (event) => {
      if (event.target.closest("[data-dismiss]")) toggleGlossary();
    });
    watch("value", draw);
    draw();
  }

  return { header, glossary, conversation, composer, panel };
})();
