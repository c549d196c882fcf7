// Draws the charts: each when it comes near, all before printing; and keeps them in the page's colours and width.
{
  const charts = new Map();
  const figures = document.querySelectorAll("figure.chart");

  const draw = element => {
    if (charts.has(element)) return;
    const plot = element.querySelector(".plot");
    const picture = plot.querySelector("img");
    const target = document.createElement("div");
    try {
      const figure = JSON.parse(element.querySelector("script").textContent);
      const chart = { figure, plot, target, black: ChartLook.blackInk(figure), width: plot.clientWidth };
      const config = { displaylogo: false, displayModeBar: matchMedia("(hover: none)").matches ? false : "hover", modeBarButtonsToRemove: ["select2d", "lasso2d"], ...figure.config, responsive: false };
      const layout = ChartLook.layout(figure, plot);
      if (picture) picture.hidden = true;
      plot.append(target);
      Plotly.newPlot(target, { data: figure.data, layout, frames: figure.frames, config });
      charts.set(element, chart);
      element.classList.add("drawn");
      recolorData(chart);
      ChartControls.add(figure, plot, target);
      picture?.remove();
    } catch (error) {
      target.remove();
      if (picture) picture.hidden = false;
      console.error(`This chart could not be drawn: ${error.message}`);
    }
  };

  const recolorData = ({ plot, target, black }) => {
    for (const [path, traces] of Object.entries(black)) Plotly.restyle(target, { [path]: ChartLook.palette(plot).ink }, traces);
  };
  const recolor = () => {
    for (const chart of charts.values()) {
      Plotly.relayout(chart.target, ChartLook.colors(chart.figure, chart.plot));
      recolorData(chart);
    }
  };
  const resize = () => {
    for (const chart of charts.values()) {
      if (chart.width === chart.plot.clientWidth) continue;
      chart.width = chart.plot.clientWidth;
      Plotly.relayout(chart.target, ChartLook.size(chart.figure, chart.plot));
    }
  };

  const near = new IntersectionObserver(entries => {
    for (const entry of entries.filter(entry => entry.isIntersecting)) {
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "800px" });
  for (const figure of figures) near.observe(figure);

  const root = document.documentElement;
  let theme;
  addEventListener("beforeprint", () => {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    figures.forEach(draw);
    recolor();
  });
  addEventListener("afterprint", () => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  });
  new MutationObserver(recolor).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolor);
  addEventListener("resize", resize);
}
