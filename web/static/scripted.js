/* Before the page is drawn: what needs scripts is offered only where they run. */
document.documentElement.classList.add("scripted");
