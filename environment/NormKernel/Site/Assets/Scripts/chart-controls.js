// Plotly's sliders and menus answer to the mouse only. Each gets a twin that the keyboard can reach, shown while it is used.
const ChartControls = {
  add(figure, plot, target) {
    const run = step => { if (step?.method && step.method !== "skip") Plotly[step.method](target, ...structuredClone(step.args ?? [])); };
    for (const [index, slider] of (figure.layout?.sliders ?? []).entries()) plot.after(this.slider(slider, index, target, run));
    for (const menu of figure.layout?.updatemenus ?? []) plot.after(this.menu(menu, run));
  },

  slider(slider, index, target, run) {
    const input = Object.assign(document.createElement("input"), { type: "range", min: 0, max: slider.steps.length - 1, value: slider.active ?? 0 });
    const text = document.createElement("output");
    const prefix = slider.currentvalue?.prefix ?? "";
    const show = () => {
      text.textContent = prefix + (slider.steps[input.value]?.label ?? input.value) + (slider.currentvalue?.suffix ?? "");
      input.setAttribute("aria-valuetext", text.textContent);
    };
    input.setAttribute("aria-label", prefix.replace(/[\s:=]+$/, "") || "Slider of the chart");
    input.addEventListener("input", () => {
      show();
      Plotly.relayout(target, { [`sliders[${index}].active`]: Number(input.value) });
      run(slider.steps[input.value]);
    });
    target.on("plotly_sliderchange", change => { if (change.slider._index === index) { input.value = change.slider.active; show(); } });
    show();
    return this.box("label", [input, text]);
  },

  menu(menu, run) {
    return this.box("div", (menu.buttons ?? []).map(button =>
      Object.assign(document.createElement("button"), { type: "button", textContent: button.label, onclick: () => run(button) })));
  },

  box(tag, children) {
    const box = document.createElement(tag);
    box.className = "control";
    box.append(...children);
    return box;
  },
};
