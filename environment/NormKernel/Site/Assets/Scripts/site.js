{
  const root = document.documentElement;
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not remembered, still done */ } };
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  const codeButton = document.querySelector('[data-action="code"]');
  const showCodeState = () => codeButton.setAttribute("aria-pressed", String(!root.classList.contains("without-code")));
  if (!document.querySelector(".cell")) codeButton.hidden = true;
  showCodeState();

  const actions = {
    theme() {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember("theme", root.dataset.theme);
    },
    code() {
      remember("code", root.classList.toggle("without-code") ? "hidden" : "shown");
      showCodeState();
    },
    search() { Search.open(); },
    help() { document.getElementById("help").showModal(); },
  };
  for (const button of document.querySelectorAll("[data-action]")) button.addEventListener("click", actions[button.dataset.action]);

  // Code cells: a button that copies them.
  for (const cell of document.querySelectorAll(".cell")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(cell.querySelector("code").textContent);
        button.textContent = "Copied";
      } catch { button.textContent = "Press Ctrl+C"; getSelection().selectAllChildren(cell.querySelector("code")); }
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    cell.append(button);
  }

  // What scrolls in a box must be reachable with the keyboard.
  for (const box of document.querySelectorAll(".scroll, .plot, pre, .math.display")) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
  }

  // Contents: folded on a narrow screen, and the section being read is marked.
  const contents = document.querySelector(".contents details");
  const narrow = matchMedia("(max-width: 72rem)");
  if (contents) {
    contents.open = !narrow.matches;
    narrow.addEventListener("change", () => { contents.open = !narrow.matches; });
    contents.addEventListener("click", event => { if (narrow.matches && event.target.closest("a")) contents.open = false; });
  }
  const sections = [...document.querySelectorAll("main :is(h1, h2, h3)[id]")].filter(heading => !heading.closest("details"));
  const top = 90;
  const current = () => sections.findLastIndex(heading => heading.getBoundingClientRect().top <= top);
  const mark = () => {
    const id = sections[current()]?.id;
    for (const link of document.querySelectorAll(".contents a")) {
      if (id && link.hash === `#${id}`) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  const goTo = step => sections[Math.min(Math.max(Math.max(current(), 0) + step, 0), sections.length - 1)]?.scrollIntoView();
  const open = relation => document.querySelector(`.neighbours a[rel="${relation}"]`)?.click();
  const keys = {
    j: () => goTo(1), k: () => goTo(-1), n: () => open("next"), p: () => open("prev"),
    "/": actions.search, c: actions.code, t: actions.theme, "?": actions.help,
  };
  addEventListener("keydown", event => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog");
    if (!busy && keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
}
