// Sets the formulas. Where KaTeX did not arrive, their source stays readable.
if (window.katex) {
  for (const element of document.querySelectorAll(".math")) {
    const source = element.textContent;
    try {
      katex.render(source, element, { displayMode: element.classList.contains("display"), throwOnError: false, strict: "ignore" });
      element.classList.add("set");
    } catch (error) {
      element.textContent = source;
      element.title = error.message;
    }
  }

  // An inline formula breaks at its relations; what is still wider than the text scrolls in a box of its own.
  const boxWideFormulas = () => {
    for (const element of document.querySelectorAll(".math.inline")) {
      element.classList.remove("wide");
      const room = element.closest("p, li, h1, h2, h3, h4, summary")?.clientWidth;
      if (room && [...element.querySelectorAll(".base")].some(part => part.offsetWidth > room)) element.classList.add("wide");
    }
  };
  document.fonts.ready.then(boxWideFormulas);
  addEventListener("resize", boxWideFormulas);
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}
