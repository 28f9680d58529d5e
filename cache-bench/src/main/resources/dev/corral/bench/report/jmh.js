"use strict";
const report = JSON.parse(document.getElementById("result").textContent);
const WIDTH = 920, LEFT = 200, RIGHT = 14, TOP = 6, BOTTOM = 36, ROW = 30, BAR = 16;
const TICKS = 5;

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const number = (n) => n.toLocaleString("en", { maximumSignificantDigits: 4 });
const error = (b) => ("error" in b ? `± ${number(b.error)}` : "error unknown");
const colour = (b) => (b.name.startsWith("corral") ? "var(--corral)" : "var(--local)");
const bound = (n) => (typeof n === "number" ? n.toFixed(2) : "∞"); // JSON has no infinity
const ratio = (b) => (b.baseline ? "baseline" : !("ratio" in b) ? "" :
  b.ratio.high === "Infinity" && b.ratio.low === 0 ? b.ratio.value.toFixed(2) :
  `${b.ratio.value.toFixed(2)} (${bound(b.ratio.low)} to ${bound(b.ratio.high)})`);

// A round step, so that about TICKS of them reach the top.
function stepTo(top) {
  const rough = top / TICKS, power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((n) => n * power >= rough);
}

function bars(group) {
  const top = Math.max(...group.bars.map((b) => b.score + (b.error ?? 0)));
  const height = TOP + ROW * group.bars.length + BOTTOM;
  const x = (v) => LEFT + (WIDTH - LEFT - RIGHT - 20) * Math.max(0, v) / top;
  const step = stepTo(top);
  const ticks = [];
  for (let i = 0; i * step <= top * 1.0001; i++) ticks.push(i * step);
  const grid = ticks.map((t) => `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="${TOP}" y2="${height - BOTTOM}"/>
    <text x="${x(t)}" y="${height - BOTTOM + 16}" text-anchor="middle">${number(t)}</text>`).join("");
  const rows = group.bars.map((b, i) => {
    const middle = TOP + ROW * (i + 0.5);
    const whisker = !("error" in b) ? "" : `<path class="whisker" d="M${x(b.score - b.error)},${middle} H${x(b.score + b.error)}
      M${x(b.score - b.error)},${middle - 4} v8 M${x(b.score + b.error)},${middle - 4} v8"/>`;
    return `<text class="name" x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${escape(b.name)}</text>
      <rect x="${LEFT}" y="${middle - BAR / 2}" width="${x(b.score) - LEFT}" height="${BAR}" fill="${colour(b)}" fill-opacity="0.6"><title>${
      escape(b.name)}: ${number(b.score)} ${error(b)} ${escape(group.unit)}</title></rect>${whisker}`;
  }).join("");
  const better = group.higherIsFaster ? "longer is faster" : "shorter is faster";
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(group.title)}">${grid}${rows}
    <text x="${(LEFT + WIDTH) / 2}" y="${height - 4}" text-anchor="middle">${escape(group.unit)}; ${better}</text></svg>`;
}

const columns = ["method", "score", "error", "ratio to the baseline", "than the baseline"];
const cells = (b) => [escape(b.name), number(b.score), error(b), ratio(b), b.speed ?? ""];

document.getElementById("facts").textContent = report.files.join(", ");
document.getElementById("groups").innerHTML = report.groups.map((g) => `
  <figure><figcaption>${escape(g.title)} <small>${escape(g.setting)}</small></figcaption>${bars(g)}</figure>
  <div class="wide"><table><tr>${columns.map((c) => `<th>${c}</th>`).join("")}</tr>${
  g.bars.map((b) => `<tr>${cells(b).map((c) => `<td>${c}</td>`).join("")}</tr>`).join("")}</table></div>`).join("");
