// Filters the table of claims by words, kind, verdict and notebook.
{
  const board = document.querySelector(".scoreboard");
  const form = board.querySelector("form");
  const fields = form.elements;
  const rows = [...board.querySelectorAll("tbody tr")].map(row => ({ row, text: row.textContent.toLowerCase() }));

  const filter = () => {
    const words = fields.text.value.toLowerCase().split(/\s+/).filter(word => word);
    const chosen = ["kind", "verdict", "notebook"].filter(name => fields[name].value);
    for (const { row, text } of rows)
      row.hidden = !(words.every(word => text.includes(word)) && chosen.every(name => row.dataset[name] === fields[name].value));
    const shown = rows.filter(({ row }) => !row.hidden).length;
    form.querySelector("output").value = shown === rows.length ? `all ${rows.length}` : `${shown} of ${rows.length}`;
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  // The fields are emptied only after this event.
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  // A browser that goes back to this page fills the fields in again.
  addEventListener("pageshow", filter);
  filter();
}
