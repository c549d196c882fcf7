// Runs before the page is painted, so that a remembered theme does not flash.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("code") === "hidden") document.documentElement.classList.add("without-code");
} catch { /* storage may be forbidden; the system's theme is fine */ }
