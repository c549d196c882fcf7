// What is wider than the page becomes smaller: paper does not scroll.
{
  const smallest = .6;
  const fit = (box, content) => {
    content.style.fontSize = "";
    for (let attempt = 0; attempt < 3 && content.scrollWidth > box.clientWidth + 1; attempt++) {
      const size = parseFloat(getComputedStyle(content).fontSize);
      const original = Number(content.dataset.size ??= size);
      content.style.fontSize = `${Math.max(size * box.clientWidth / content.scrollWidth * .99, original * smallest)}px`;
    }
  };
  document.fonts.ready.then(() => {
    for (const formula of document.querySelectorAll(".equation > .math")) fit(formula, formula);
    for (const table of document.querySelectorAll(".scroll > table")) fit(table.parentElement, table);
  });
}
