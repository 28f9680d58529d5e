"use strict";
const result = JSON.parse(document.getElementById("result").textContent);
const contenders = result.contenders;
const WIDTH = 920, HEIGHT = 300, LEFT = 64, RIGHT = 14, TOP = 12, BOTTOM = 40;

const show = (id, html) => { document.getElementById(id).innerHTML = html; };
const colour = (c) => `var(--${c.name})`;
const swatch = (c) => `<span class="swatch" style="background:${colour(c)}"></span>`;
const count = (n) => n.toLocaleString("en");
const millis = (micros) => (micros / 1000).toLocaleString("en", { maximumSignificantDigits: 3 });

// Scales give a part from 0 to 1. Both are shown in powers of ten; "bent" has room for zero.
const bent = (value) => Math.log10(1 + value);
const log = (value) => Math.log10(Math.max(value, 1));

function powers(from, to) {
  const all = [];
  for (let power = from; power <= to * 1.0001; power *= 10) all.push(power);
  return all;
}

// A chart's frame: horizontal lines with labels, labels below, and what each axis means.
function chart({ ticks, label, y, xTicks, x, xTitle, yTitle }, inside) {
  const lines = ticks.map((t) => `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(t)}" y2="${y(t)}"/>
    <text x="${LEFT - 8}" y="${y(t) + 4}" text-anchor="end">${label(t)}</text>`).join("");
  const below = xTicks.map((t) => `<text x="${x(t.at)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${t.text}</text>`).join("");
  const titles = `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${xTitle}</text>
    <text transform="translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${yTitle}</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${yTitle} by ${xTitle}">${lines}${below}${titles}${inside}</svg>`;
}

// One line a contender; each has values(c), an array with an entry for each place on the x axis.
function lines({ values, places, xTitle, yTitle, label, scale, least }) {
  const all = contenders.flatMap(values);
  const top = Math.max(least * 10, ...all);
  const bottom = scale === log ? scale(least) : 0;
  const y = (v) => TOP + (HEIGHT - BOTTOM - TOP) * (1 - (scale(v) - bottom) / (scale(top) - bottom));
  const x = (i) => LEFT + (WIDTH - LEFT - RIGHT) * (places.length < 2 ? 0.5 : i / (places.length - 1));
  const step = Math.ceil(places.length / 20);
  const xTicks = places.map((text, at) => ({ at, text })).filter((t) => t.at % step === 0);
  const ticks = (scale === bent ? [0] : []).concat(powers(least, top));
  const drawn = contenders.map((c) => {
    const points = values(c).map((v, i) => [x(i), y(Math.max(v, scale === log ? least : 0)), v]);
    const path = points.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join(" ");
    const dots = points.length > 60 ? "" : points.map((p, i) =>
      `<circle cx="${p[0]}" cy="${p[1]}" r="3" fill="${colour(c)}"><title>${c.name}, ${places[i]}: ${label(p[2])}</title></circle>`).join("");
    return `<polyline class="series" stroke="${colour(c)}" points="${path}"/>${dots}`;
  }).join("");
  return chart({ ticks, label, y, xTicks, x, xTitle, yTitle }, drawn);
}

// One row a contender, a circle for each number of loads that an expiry took.
function expiries() {
  const shown = contenders.filter((c) => Object.keys(c.lapsesByLoads).length > 0);
  const most = Math.max(10, ...shown.map((c) => c.maxLoadsPerExpiry));
  const left = 110, row = 44, height = TOP + row * shown.length + BOTTOM;
  const x = (loads) => left + 20 + (WIDTH - left - RIGHT - 60) * Math.log10(loads) / Math.log10(most);
  const grid = powers(1, most).map((t) => `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="${TOP}" y2="${height - BOTTOM}"/>
    <text x="${x(t)}" y="${height - BOTTOM + 18}" text-anchor="middle">${count(t)}</text>`).join("");
  const rows = shown.map((c, i) => {
    const y = TOP + row * (i + 0.5);
    const total = Object.values(c.lapsesByLoads).reduce((a, b) => a + b, 0);
    const circles = Object.entries(c.lapsesByLoads).map(([loads, times]) =>
      `<circle cx="${x(loads)}" cy="${y}" r="${4 + 12 * Math.sqrt(times / total)}" fill="${colour(c)}" fill-opacity="0.6"><title>${c.name}: ${count(times)} with ${count(loads)} loads</title></circle>`).join("");
    const worst = `<text class="name" x="${x(c.maxLoadsPerExpiry) + 20}" y="${y + 4}">${count(c.maxLoadsPerExpiry)}</text>`;
    return `<text class="name" x="${left}" y="${y + 4}" text-anchor="end">${c.name}</text>${circles}${worst}`;
  }).join("");
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Loads per expiry">${grid}${rows}
    <text x="${(left + WIDTH) / 2}" y="${height - 4}" text-anchor="middle">loads; the number is the most that one expiry took</text></svg>`;
}

const columns = [
  ["contender", (c) => swatch(c) + c.name],
  ["gets", (c) => count(c.gets)],
  ["loads", (c) => count(c.loads)],
  ["expiries", (c) => count(c.expiries)],
  ["most loads per expiry", (c) => count(c.maxLoadsPerExpiry)],
  ["most at once per key", (c) => count(c.maxConcurrentLoadsPerKey)],
  ["loads a second", (c) => count(c.originQps)],
  ["p50", (c) => millis(c.p50Micros)],
  ["p99", (c) => millis(c.p99Micros)],
  ["p99.9", (c) => millis(c.p999Micros)],
  ["max", (c) => millis(c.maxMicros)],
  ["stale served", (c) => count(c.staleServed)],
  ["not served", (c) => count(c.notServed)],
  ["errors", (c) => count(c.errors)],
];
const seconds = contenders[0].perSecond.map((_, i) => String(i + 1));

document.title = `Stampede: ${result.scenario}`;
document.getElementById("scenario").textContent = result.scenario;
document.getElementById("facts").textContent =
  `${result.nodes} nodes × ${result.threads} threads, ${count(result.rate)} gets due a second for ${result.seconds} s, ` +
  `${count(result.keys)} ${result.keys === 1 ? "key" : "keys"}, ttl ${count(result.ttlMillis)} ms; the query alone takes ${millis(result.queryMicros)} ms. ` +
  `${result.machine}; ${result.startedAt}.`;
show("legend", contenders.map((c) => `<span>${swatch(c)}${c.name}</span>`).join(""));
show("numbers", `<tr>${columns.map((c) => `<th>${c[0]}</th>`).join("")}</tr>` +
  contenders.map((c) => `<tr>${columns.map((column) => `<td>${column[1](c)}</td>`).join("")}</tr>`).join(""));
show("loads", lines({
  values: (c) => c.perSecond.map((s) => s.loads), places: seconds,
  xTitle: "second", yTitle: "loads", label: count, scale: bent, least: 1 }));
show("percentiles", lines({
  values: (c) => c.percentiles.map((p) => p.micros),
  places: contenders[0].percentiles.map((p) => (p.percent === 100 ? "max" : `${p.percent} %`)),
  xTitle: "percentile of gets", yTitle: "ms", label: millis, scale: log, least: 10 }));
show("expiries", expiries());
show("p99", lines({
  values: (c) => c.perSecond.map((s) => s.p99Micros), places: seconds,
  xTitle: "second", yTitle: "ms", label: millis, scale: log, least: 10 }));
