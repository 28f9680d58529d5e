"use strict";
const report = JSON.parse(document.getElementById("result").textContent);
const WIDTH = 920, LEFT = 200, RIGHT = 14, TOP = 6, BOTTOM = 36, ROW = 30, BAR = 16;
const TICKS = 5;

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const number = (n) => n.toLocaleString("en", { maximumSignificantDigits: 4 });

// A colour per method, the same in all charts: ours in greens and blues, the others in the rest.
const OURS = ["corral", "corral-stale", "corral-lease", "corral-jitter-stale", "corral-jitter"];
const OTHERS = ["local", "naive", "jetcache", "cache-aside", "spring", "none", "redisson", "corral-no-budget", "spring-lock-free", "corral-budget"];
const isOurs = (name) => name.startsWith("corral");
const names = [...new Set(report.groups.flatMap((g) => g.bars.map((b) => b.name)))].sort();
function colour(name) {
  const palette = isOurs(name) ? OURS : OTHERS;
  const place = names.filter((other) => isOurs(other) === isOurs(name)).indexOf(name);
  return `var(--${palette[place % palette.length]})`;
}

// A round step, so that about TICKS of them reach the top.
function stepTo(top) {
  const rough = top / TICKS, power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((n) => n * power >= rough);
}

function bars(group) {
  const top = Math.max(...group.bars.flatMap((b) => b.forks.values)) || 1;
  const height = TOP + ROW * group.bars.length + BOTTOM;
  const x = (v) => LEFT + (WIDTH - LEFT - RIGHT - 20) * v / top;
  const step = stepTo(top);
  const ticks = [];
  for (let i = 0; i * step <= top * 1.0001; i++) ticks.push(i * step);
  const grid = ticks.map((t) => `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="${TOP}" y2="${height - BOTTOM}"/>
    <text x="${x(t)}" y="${height - BOTTOM + 16}" text-anchor="middle">${number(t)}</text>`).join("");
  const rows = group.bars.map((b, i) => {
    const middle = TOP + ROW * (i + 0.5);
    const words = escape(`${b.name}: ${b.medianAndForks} ${group.unit}`);
    const dots = b.forks.values.map((v) => `<circle class="fork" cx="${x(v)}" cy="${middle}" r="3.5" stroke="${colour(b.name)}"><title>${
      escape(`${b.name}, a fork: ${number(v)} ${group.unit}`)}</title></circle>`).join("");
    return `<text class="name" data-legend="" x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${escape(b.name)}</text>
      <rect x="${LEFT}" y="${middle - BAR / 2}" width="${x(b.median) - LEFT}" height="${BAR}" fill="${colour(b.name)}" fill-opacity="0.6"><title>${
      words}</title></rect>${dots}`;
  }).join("");
  const better = group.higherIsBetter ? "longer is better" : "shorter is better";
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(`${group.title}, ${group.measure}`)}">${grid}${rows}
    <text class="axis" transform="translate(12 ${(TOP + height - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">method</text>
    <text class="axis" x="${(LEFT + WIDTH) / 2}" y="${height - 4}" text-anchor="middle">${escape(`${group.measure}, ${group.unit}; ${better}`)}</text></svg>`;
}

const columns = ["method", "median of the forks (least to greatest)", "JMH's mean ± error", "ratio", "than the baseline"];
const ratio = (b) => (b.ratio ? `${b.ratio} × ${b.against}` : b.baseline ? "baseline" : "");
const cells = (b) => [b.name, b.medianAndForks, b.jmh, ratio(b), b.change].map(escape);

document.getElementById("facts").textContent = report.files.join(", ");
document.getElementById("groups").innerHTML = report.groups.map((g) => `
  <figure><figcaption>${escape(`${g.title}, ${g.measure}`)} <small>${escape(g.setting)}</small><small>${escape(g.facts)}</small></figcaption>${bars(g)}</figure>
  <div class="wide"><table><tr>${columns.map((c) => `<th>${c}</th>`).join("")}</tr>${
  g.bars.map((b) => `<tr>${cells(b).map((c) => `<td>${c}</td>`).join("")}</tr>`).join("")}</table></div>`).join("");
