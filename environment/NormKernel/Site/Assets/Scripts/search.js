// Searches the text of all pages. The index is fetched when it is first needed: it is as large as the text.
const Search = {
  most: 20,
  around: 90,

  open() {
    const dialog = document.getElementById("search");
    dialog.showModal();
    dialog.querySelector("input").select();
    this.index ??= new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement("script"), {
      src: "assets/search-index.js", onload: () => resolve(searchIndex.map(place => ({ ...place, ...this.folded(place) }))), onerror: reject,
    })));
    this.show();
  },

  async show() {
    const dialog = document.getElementById("search");
    const [input, state, list] = ["input", "[role=status]", "ol"].map(part => dialog.querySelector(part));
    const words = this.fold(input.value).split(/\s+/).filter(word => word);
    const places = words.length ? this.find(await this.index, words) : [];
    if (words.join() !== this.fold(input.value).split(/\s+/).filter(word => word).join()) return; // typed on
    state.textContent = !words.length ? "" : places.length === 0 ? "Nothing found" : places.length > this.most ? `${places.length} places, the best ${this.most}:` : `${places.length} ${places.length === 1 ? "place" : "places"}`;
    list.replaceChildren(...places.slice(0, this.most).map(place => this.entry(place, words)));
  },

  /** Places that have all words; those with words in the heading, then those with all in a row, come first. */
  find(index, words) {
    const count = text => words.filter(word => text.includes(word)).length;
    return index
      .filter(place => words.every(word => place.all.includes(word)))
      .map(place => ({ place, rank: 3 * count(place.foldedHeading) + count(place.foldedTitle) + 2 * place.all.includes(words.join(" ")) }))
      .sort((a, b) => b.rank - a.rank)
      .map(found => found.place);
  },

  entry({ page, id, title, heading, text, foldedText }, words) {
    const link = Object.assign(document.createElement("a"), { href: `${page}#${id}` });
    link.addEventListener("click", () => document.getElementById("search").close());
    const name = Object.assign(document.createElement("b"), { textContent: heading });
    const where = Object.assign(document.createElement("span"), { textContent: heading === title ? "" : title });
    const piece = document.createElement("p");
    const at = [words.join(" "), ...words].map(part => foldedText.indexOf(part)).find(place => place >= 0) ?? 0;
    const start = Math.max(0, at - this.around);
    this.mark(piece, `${start ? "…" : ""}${text.slice(start, start + 2 * this.around)}…`, words);
    link.append(name, where, piece);
    const item = document.createElement("li");
    item.append(link);
    return item;
  },

  mark(element, text, words) {
    const folded = this.fold(text);
    for (let from = 0; from < text.length;) {
      const hits = words.map(word => ({ word, at: folded.indexOf(word, from) })).filter(hit => hit.at >= 0).sort((a, b) => a.at - b.at);
      if (!hits.length) { element.append(text.slice(from)); return; }
      const { word, at } = hits[0];
      element.append(text.slice(from, at), Object.assign(document.createElement("mark"), { textContent: text.slice(at, at + word.length) }));
      from = at + word.length;
    }
  },

  folded(place) {
    const [foldedHeading, foldedTitle, foldedText] = [place.heading, place.title, place.text].map(this.fold);
    return { foldedHeading, foldedTitle, foldedText, all: `${foldedTitle} ${foldedHeading} ${foldedText}` };
  },

  // Letter by letter, so that a place in the folded text is the same place in the text.
  fold: text => Array.from({ length: text.length }, (_, i) => { const small = text[i].toLowerCase(); return small.length === 1 ? small : text[i]; }).join(""),
};

document.querySelector("#search input").addEventListener("input", () => Search.show());
