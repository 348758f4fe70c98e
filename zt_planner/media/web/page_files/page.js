"use strict";
// Draws the picture and the charts in the reader's theme, the charts anew when it changes; on paper they are light and
// as wide as the sheet.
const root = document.documentElement;
const { separators } = root.dataset;

function look() {
  const style = getComputedStyle(root);
  const colour = name => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    gridcolor: colour("faint"), linecolor: colour("line"), zerolinecolor: colour("line"), automargin: true,
    title: { standoff: 12 },
  };
  return {
    layout: {
      font: { color: colour("ink"), family: getComputedStyle(document.body).fontFamily, size: 13 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      hoverlabel: { bgcolor: colour("raised"), bordercolor: colour("line"), font: { color: colour("ink") } },
      xaxis: axis,
      yaxis: axis,
    },
  };
}

const settings = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };
const charts = [...document.querySelectorAll("[data-chart]")];

const pictures = [...document.querySelectorAll("[data-picture]")];

for (const place of pictures) {
  picture({ data: JSON.parse(document.getElementById(place.dataset.picture).textContent), parentElement: place });
}

for (const place of charts) {
  const { data, layout } = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  Plotly.newPlot(place, data, { ...layout, separators, template: look(), autosize: true }, settings);
}

const PAPER_WIDTH = 660; // pixels between the margins of a sheet A4

function redraw(size) {
  for (const place of charts) Plotly.relayout(place, { template: look(), ...size });
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw({}));

addEventListener("beforeprint", () => {
  root.dataset.paper = "";
  redraw({ width: PAPER_WIDTH, autosize: false });
});
addEventListener("afterprint", () => {
  delete root.dataset.paper;
  redraw({ width: null, autosize: true });
});
root.dataset.drawn = String(charts.length + pictures.length);
