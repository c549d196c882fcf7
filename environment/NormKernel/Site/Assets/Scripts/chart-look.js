// How a figure looks on a page: changes to its layout, each a path and a value, as Plotly.relayout takes them.
const ChartLook = {
  /** The figure's own layout with the changes made, for its first drawing. The page shows the title as text. */
  layout(figure, plot) {
    const layout = structuredClone(figure.layout ?? {});
    delete layout.title;
    for (const [path, value] of Object.entries({ ...this.size(figure, plot), ...this.colors(figure, plot) })) this.put(layout, path, value);
    return layout;
  },

  /** As wide as the text; panels side by side keep their room on a phone and scroll; there the legend goes below. */
  size(figure, plot) {
    const layout = figure.layout ?? {};
    const room = plot.clientWidth;
    const panels = new Set(this.axes(layout).filter(key => key[0] === "x").map(key => layout[key]?.domain?.[0] ?? 0)).size;
    const width = Math.max(room, room < 520 && panels > 1 ? 280 * panels : 0);
    const narrow = width < 520;
    const above = layout.updatemenus?.length ? layout.margin?.t ?? 80 : layout.annotations?.length ? 44 : 16;
    const below = narrow && !layout.sliders?.length;
    return {
      autosize: false,
      width,
      height: layout.height ?? 430,
      "margin.t": above,
      "margin.l": narrow ? Math.min(layout.margin?.l ?? 50, 50) : layout.margin?.l ?? 64,
      "margin.r": narrow ? 12 : layout.margin?.r ?? 24,
      "legend.orientation": narrow ? "h" : layout.legend?.orientation ?? "v",
      "legend.x": narrow ? 0 : layout.legend?.x ?? null,
      "legend.y": narrow ? (below ? -.22 : 1) : layout.legend?.y ?? null,
      "legend.xanchor": narrow ? "left" : layout.legend?.xanchor ?? null,
      "legend.yanchor": narrow ? (below ? "top" : "bottom") : layout.legend?.yanchor ?? null,
    };
  },

  /** The page's colours for everything that is not data. */
  colors(figure, plot) {
    const layout = figure.layout ?? {};
    const { ink, soft, line, paper } = this.palette(plot);
    const changes = {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", "font.color": ink,
      "legend.bgcolor": "rgba(0,0,0,0)", "legend.font.color": ink,
      "modebar.bgcolor": "rgba(0,0,0,0)", "modebar.color": soft, "modebar.activecolor": ink,
      "hoverlabel.bgcolor": paper, "hoverlabel.bordercolor": line, "hoverlabel.font.color": ink,
    };
    for (const axis of this.axes(layout)) {
      Object.assign(changes, { [`${axis}.gridcolor`]: line, [`${axis}.zerolinecolor`]: line, [`${axis}.linecolor`]: line, [`${axis}.tickcolor`]: line, [`${axis}.automargin`]: true });
      for (const part of ["tickfont", "title.font"]) changes[`${axis}.${part}.color`] = ink;
    }
    for (const scene of this.scenes(figure)) {
      for (const axis of ["xaxis", "yaxis", "zaxis"]) {
        Object.assign(changes, { [`${scene}.${axis}.gridcolor`]: line, [`${scene}.${axis}.zerolinecolor`]: line, [`${scene}.${axis}.backgroundcolor`]: paper, [`${scene}.${axis}.color`]: ink });
      }
    }
    for (const list of ["sliders", "updatemenus"]) {
      for (const index of (layout[list] ?? []).keys()) {
        Object.assign(changes, { [`${list}[${index}].bgcolor`]: list === "sliders" ? soft : line, [`${list}[${index}].bordercolor`]: line, [`${list}[${index}].font.color`]: ink });
        if (list === "sliders") Object.assign(changes, { [`sliders[${index}].tickcolor`]: ink, [`sliders[${index}].activebgcolor`]: ink });
      }
    }
    for (const list of ["annotations", "shapes"]) {
      for (const [index, item] of (layout[list] ?? []).entries()) {
        for (const part of ["font.color", "arrowcolor", "line.color"]) if (this.isBlack(this.get(item, part))) changes[`${list}[${index}].${part}`] = ink;
      }
    }
    return changes;
  },

  /** Data drawn in black, which a dark page would swallow: trace numbers by the path of the colour. */
  blackInk(figure) {
    const paths = ["line.color", "marker.color", "error_y.color", "textfont.color"];
    return Object.fromEntries(paths.map(path => [path, [...figure.data.keys()].filter(index => this.isBlack(this.get(figure.data[index], path)))]).filter(([, traces]) => traces.length));
  },

  palette(plot) {
    const style = getComputedStyle(plot);
    return { ink: style.color, soft: style.outlineColor, line: style.borderTopColor, paper: style.backgroundColor };
  },

  axes: layout => ["xaxis", "yaxis", ...Object.keys(layout).filter(key => /^[xy]axis\d+$/.test(key))],

  scenes: figure => [...new Set(figure.data.filter(trace => /^(surface|mesh3d|scatter3d)$/.test(trace.type)).map(trace => trace.scene ?? "scene"))],

  isBlack: color => typeof color === "string" && /^(black|#[0-3]{3}|#([0-3][0-9a-f]){3}|rgb\(([0-5]?\d,? ?){3}\))$/i.test(color.trim()),

  get: (object, path) => path.split(".").reduce((value, key) => value?.[key], object),

  put(object, path, value) {
    const keys = path.split(/[.[\]]+/);
    const last = keys.pop();
    for (const key of keys) {
      if (typeof object[key] === "string") object[key] = { text: object[key] };
      object = object[key] ??= {};
    }
    if (value !== null) object[last] = value;
  },
};
