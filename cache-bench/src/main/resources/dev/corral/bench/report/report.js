"use strict";
const result = JSON.parse(document.getElementById("result").textContent);
const contenders = result.contenders;
const phases = result.phases;
const WIDTH = 920, HEIGHT = 300, LEFT = 64, RIGHT = 14, TOP = 12, BOTTOM = 40;
const PHASE_ROWS = 2, PHASE_ROW = 14; // names of phases, in turn in two rows

const show = (id, html) => { document.getElementById(id).innerHTML = html; };
const colour = (c) => `var(--${c.name})`;
// Rivals have dashed lines and hollow marks, so that a dozen contenders do not hang on a dozen colours alone.
const RIVALS = ["cache-aside", "spring", "spring-lock-free", "jetcache", "redisson"];
const isRival = (c) => RIVALS.includes(c.name);
const swatch = (c) => `<span class="swatch" style="${isRival(c) ? `border:2px solid ${colour(c)}` : `background:${colour(c)}`}"></span>`;
const mark = (c) => isRival(c) ? `class="rival" fill="var(--paper)" stroke="${colour(c)}"` : `fill="${colour(c)}"`;
const legend = () => `<p class="legend">${contenders.map((c) => `<span>${swatch(c)}${c.name}</span>`).join("")}</p>`;
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
  const titles = `<text class="axis" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${xTitle}</text>
    <text class="axis" transform="translate(12 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${yTitle}</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${yTitle} by ${xTitle}">${lines}${below}${titles}${inside}</svg>${legend()}`;
}

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

// The phases of a chart over time: a name over each, and a shade where something was wrong.
function bands(top, x) {
  return phases.map((p, i) => {
    const from = x(p.fromSecond - 0.5), to = x(p.toSecond - 0.5);
    const shade = p.fault ? `<rect class="fault" x="${from}" y="${top}" width="${to - from}" height="${HEIGHT - BOTTOM - top}"><title>${escape(p.name)}</title></rect>` : "";
    const line = i === 0 ? "" : `<line class="grid" x1="${from}" x2="${from}" y1="${top}" y2="${HEIGHT - BOTTOM}"/>`;
    const y = TOP + PHASE_ROW * (i % PHASE_ROWS);
    return `${shade}${line}<text class="${p.fault ? "phase name" : "phase"}" x="${(from + to) / 2}" y="${y}" text-anchor="middle">${escape(p.name)}</text>`;
  }).join("");
}

// One line a contender; each has values(c), an array with an entry for each place on the x axis.
function lines({ values, places, xTitle, yTitle, label, scale, least, withPhases = false }) {
  const marked = withPhases && phases.length > 0;
  const above = marked ? TOP + PHASE_ROWS * PHASE_ROW : TOP;
  const all = contenders.flatMap(values);
  const top = Math.max(least * 10, ...all);
  const bottom = scale === log ? scale(least) : 0;
  const y = (v) => above + (HEIGHT - BOTTOM - above) * (1 - (scale(v) - bottom) / (scale(top) - bottom));
  const edge = marked ? 0.5 : 0; // a second reaches half a step to either side
  const steps = places.length - 1 + 2 * edge;
  const x = (i) => LEFT + (WIDTH - LEFT - RIGHT) * (steps === 0 ? 0.5 : (i + edge) / steps);
  const step = Math.ceil(places.length / 20);
  const xTicks = places.map((text, at) => ({ at, text })).filter((t) => t.at % step === 0);
  const ticks = (scale === bent ? [0] : []).concat(powers(least, top));
  const drawn = contenders.map((c) => {
    const points = values(c).map((v, i) => [x(i), y(Math.max(v, scale === log ? least : 0)), v]);
    const path = points.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join(" ");
    const dots = points.length > 60 ? "" : points.map((p, i) =>
      `<circle cx="${p[0]}" cy="${p[1]}" r="3" ${mark(c)}><title>${c.name}, ${places[i]}: ${label(p[2])}</title></circle>`).join("");
    return `<polyline class="series${isRival(c) ? " rival" : ""}" stroke="${colour(c)}" points="${path}"/>${dots}`;
  }).join("");
  return chart({ ticks, label, y, xTicks, x, xTitle, yTitle }, (marked ? bands(above, x) : "") + drawn);
}

// One row a contender, a circle for each number of loads that an expiry took.
function expiries() {
  const shown = contenders.filter((c) => Object.keys(c.lapsesByLoads).length > 0);
  const most = Math.max(10, ...shown.map((c) => c.maxLoadsPerExpiry));
  const left = 150, row = 44, height = TOP + row * shown.length + BOTTOM;
  const x = (loads) => left + 20 + (WIDTH - left - RIGHT - 60) * Math.log10(loads) / Math.log10(most);
  const grid = powers(1, most).map((t) => `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="${TOP}" y2="${height - BOTTOM}"/>
    <text x="${x(t)}" y="${height - BOTTOM + 18}" text-anchor="middle">${count(t)}</text>`).join("");
  const rows = shown.map((c, i) => {
    const y = TOP + row * (i + 0.5);
    const total = Object.values(c.lapsesByLoads).reduce((a, b) => a + b, 0);
    const circles = Object.entries(c.lapsesByLoads).map(([loads, times]) =>
      `<circle cx="${x(loads)}" cy="${y}" r="${4 + 12 * Math.sqrt(times / total)}" fill="${colour(c)}" fill-opacity="0.6"><title>${c.name}: ${count(times)} with ${count(loads)} loads</title></circle>`).join("");
    const worst = `<text class="name" x="${x(c.maxLoadsPerExpiry) + 20}" y="${y + 4}">${count(c.maxLoadsPerExpiry)}</text>`;
    return `<text class="name" data-legend="" x="${left}" y="${y + 4}" text-anchor="end">${c.name}</text>${circles}${worst}`;
  }).join("");
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Loads per expiry">${grid}${rows}
    <text class="axis" transform="translate(12 ${(TOP + height - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">contender</text>
    <text class="axis" x="${(left + WIDTH) / 2}" y="${height - 4}" text-anchor="middle">loads; the number is the most that one expiry took</text></svg>`;
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
// Of scenarios whose rows change.
const stalenessColumns = [
  ["contender", (c) => swatch(c) + c.name],
  ["reads", (c) => count(c.reads)],
  ["invalidations", (c) => count(c.invalidations)],
  ["failed", (c) => count(c.failedInvalidations)],
  ["p50", (c) => millis(c.invalidateP50Micros)],
  ["p99", (c) => millis(c.invalidateP99Micros)],
  ["loads for each", (c) => count(c.loadsPerInvalidation)],
  ["loads that a change overtook", (c) => count(c.overtakenLoads)],
  ["stale reads", (c) => count(c.staleReads)],
  ["by at most", (c) => millis(c.maxStaleMicros)],
  ["on the node that invalidated", (c) => count(c.staleReadsOnOwnNode)],
  ["on other nodes", (c) => count(c.staleReadsOnOtherNodes)],
  ["of what arrived late", (c) => count(c.staleReadsArrivedLate)],
];
const seconds = contenders[0].perSecond.map((_, i) => String(i + 1));

document.title = `Stampede: ${result.scenario}`;
document.getElementById("scenario").textContent = result.scenario;
document.getElementById("facts").textContent =
  `${result.nodes} nodes × ${result.threads} threads, ${count(result.rate)} gets due a second for ${result.seconds} s, ` +
  `${count(result.keys)} ${result.keys === 1 ? "key" : "keys"}, ttl ${count(result.ttlMillis)} ms; the query alone takes ${millis(result.queryMicros)} ms. ` +
  `${result.machine}; ${result.startedAt}.`;
show("numbers", `<tr>${columns.map((c) => `<th>${c[0]}</th>`).join("")}</tr>` +
  contenders.map((c) => `<tr>${columns.map((column) => `<td>${column[1](c)}</td>`).join("")}</tr>`).join(""));

// A chart over the seconds of the window; without it where there is nothing but zeros to show.
function overTime(id, field, shape) {
  const values = (c) => c.perSecond.map((s) => s[field]);
  if (contenders.some((c) => values(c).some((v) => v > 0))) {
    show(id, lines({ values, places: seconds, xTitle: "second of the window", withPhases: true, ...shape }));
  } else {
    document.getElementById(id).parentElement.remove();
  }
}
const counted = (yTitle) => ({ yTitle, label: count, scale: bent, least: 1 });
const timed = { yTitle: "ms", label: millis, scale: log, least: 10 };
overTime("loads", "loads", counted("loads"));
overTime("failedLoads", "failedLoads", counted("failed loads"));
overTime("retries", "retries", counted("retries"));
overTime("errors", "errors", counted("failed gets"));
overTime("notServed", "notServed", counted("gets"));
overTime("stale", "staleServed", counted("stale values"));
overTime("age", "oldestStaleMillis", counted("ms"));
overTime("p50", "p50Micros", timed);
overTime("p99", "p99Micros", timed);
overTime("max", "maxMicros", timed);
overTime("hiccups", "hiccupMicros", timed);
show("percentiles", lines({
  values: (c) => c.percentiles.map((p) => p.micros),
  places: contenders[0].percentiles.map((p) => (p.percent === 100 ? "max" : `${p.percent} %`)),
  xTitle: "percentile of gets", yTitle: "ms", label: millis, scale: log, least: 10 }));
if (contenders.some((c) => Object.keys(c.lapsesByLoads).length > 0)) {
  show("expiries", expiries());
} else {
  document.getElementById("expiries").parentElement.remove();
}

const changed = contenders.filter((c) => "staleReads" in c);
show("staleness", changed.length === 0 ? "" : `<h2>Reads while rows change</h2>
  <p class="note">A read is stale if it returned a version older than one whose invalidation had returned, on any node, before
  the read began. Times in milliseconds: p50 and p99 of an invalidation; by how much a read was late, at most.</p>
  <div class="wide"><table><tr>${stalenessColumns.map((c) => `<th>${c[0]}</th>`).join("")}</tr>${
  changed.map((c) => `<tr>${stalenessColumns.map((column) => `<td>${column[1](c)}</td>`).join("")}</tr>`).join("")}</table></div>`);

const phaseColumns = [
  ["contender", (c) => swatch(c) + c.name],
  ["gets", (c, p) => count(p.gets)],
  ["loads a second", (c, p) => count(p.loadsPerSecond)],
  ["failed loads", (c, p) => count(p.failedLoads)],
  ["calls per load", (c, p) => count(p.amplification)],
  ["most loads per expiry", (c, p) => count(p.maxLoadsPerExpiry)],
  ["of one node", (c, p) => count(p.maxLoadsPerExpiryAndNode)],
  ["most at once", (c, p) => count(p.maxConcurrentLoads)],
  ["p50", (c, p) => millis(p.p50Micros)],
  ["p99", (c, p) => millis(p.p99Micros)],
  ["max", (c, p) => millis(p.maxMicros)],
  ["longest hiccup", (c, p) => millis(p.hiccupMicros)],
  ["stale served", (c, p) => count(p.staleServed)],
  ["oldest served", (c, p) => count(p.oldestServedMillis)],
  ["not served", (c, p) => count(p.notServed)],
  ["errors", (c, p) => count(p.errors)],
];
show("phases", phases.map((phase, i) => `<h2>${escape(phase.name)}, second ${phase.fromSecond + 1} to ${phase.toSecond}</h2>
  <div class="wide"><table><tr>${phaseColumns.map((c) => `<th>${c[0]}</th>`).join("")}</tr>${
  contenders.map((c) => `<tr>${phaseColumns.map((column) => `<td>${column[1](c, c.phases[i])}</td>`).join("")}</tr>`).join("")}</table></div>`).join(""));
show("expectations", result.expectations.map((e) =>
  `<li class="${e.met ? "" : "missed"}"><b>${e.met ? "\u2713 met" : "\u2717 not met"}</b> ${escape(e.wanted)} <small>Found: ${escape(e.found)}.</small></li>`).join(""));
