"use strict";
const result = JSON.parse(document.getElementById("result").textContent);
const contenders = result.contenders;
const WIDTH = 920, NAME = 230, RIGHT = 90, TOP = 12, BOTTOM = 40, ROW = 24, TICKS = 5;

const show = (id, html) => { document.getElementById(id).innerHTML = html; };
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const count = (n) => n.toLocaleString("en", { maximumFractionDigits: 0 });
const millis = (micros) => (micros / 1000).toLocaleString("en", { maximumFractionDigits: 2 });
const ratio = (n) => n.toFixed(2);
// Whatever is no cache is grey.
const colour = (c) => (["latch", "PING"].includes(c.name) ? "var(--faint)" : `var(--${c.name})`);
const swatch = (c) => `<span class="swatch" style="background:${colour(c)}"></span>`;

function table(id, rows, columns) {
  show(id, `<tr>${columns.map((c) => `<th>${c[0]}</th>`).join("")}</tr>` +
    rows.map((row) => `<tr>${columns.map((column) => `<td>${column[1](row)}</td>`).join("")}</tr>`).join(""));
}

// A round step, so that about TICKS of them reach the top.
function stepTo(top) {
  const rough = top / TICKS, power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((n) => n * power >= rough);
}

// A bar for each row: its contender, its name, its value and the value in words.
function bars(rows, unit, title, mark) {
  const top = Math.max(...rows.map((r) => r.value), mark ?? 0) || 1;
  const height = TOP + ROW * rows.length + BOTTOM;
  const x = (v) => NAME + (WIDTH - NAME - RIGHT) * v / top;
  const step = stepTo(top);
  const ticks = [];
  for (let i = 0; i * step <= top * 1.0001; i++) ticks.push(i * step);
  const grid = ticks.map((t) => `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="${TOP}" y2="${height - BOTTOM}"/>
    <text x="${x(t)}" y="${height - BOTTOM + 16}" text-anchor="middle">${Number(t.toPrecision(6))}</text>`).join("");
  const drawn = rows.map((r, i) => {
    const y = TOP + ROW * i;
    return `<text class="name" x="${NAME - 8}" y="${y + 13}" text-anchor="end">${escape(r.name)}</text>
      <rect x="${NAME}" y="${y}" width="${Math.max(x(r.value) - NAME, 1)}" height="${ROW - 7}" fill="${colour(r.of)}" fill-opacity="0.7"/>
      <text class="name" x="${x(r.value) + 6}" y="${y + 13}">${r.words}</text>`;
  }).join("");
  const line = mark === undefined ? "" :
    `<line class="whisker" stroke-dasharray="4 3" x1="${x(mark)}" x2="${x(mark)}" y1="${TOP - 6}" y2="${height - BOTTOM}"/>`;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">${grid}${drawn}${line}
    <text class="axis" x="8" y="${height - 4}">contender and percentile</text>
    <text class="axis" x="${(NAME + WIDTH) / 2}" y="${height - 4}" text-anchor="middle">${unit}</text></svg>`;
}

const PING = { name: "PING" };
const figure = (id, chart, shown) =>
  show(id, `${chart}<p class="legend">${shown.map((c) => `<span>${swatch(c)}${c.name}</span>`).join("")}</p>`);

const waits = contenders.flatMap((c) => [["p50", c.waits.p50Ratio], ["p99", c.waits.p99Ratio], ["p99.9", c.waits.p999Ratio],
  ["max", c.waits.maxRatio]].map(([name, value]) => ({ of: c, name: `${c.name}: ${name}`, value, words: `${ratio(value)} ×` })));
const woken = contenders.filter((c) => c.wakeUps.count > 0);
const wakeUps = woken.flatMap((c) => [["p50", c.wakeUps.p50Micros], ["p99", c.wakeUps.p99Micros],
  ["PING p50", c.wakeUps.pingP50Micros], ["PING p99", c.wakeUps.pingP99Micros]].map(([name, value]) =>
  ({ of: name.startsWith("PING") ? PING : c, name: `${c.name}: ${name}`, value, words: `${count(value)} µs` })));

const name = ["contender", (c) => swatch(c) + c.name];
table("loads", contenders, [name, ["rounds", (c) => count(c.rounds)], ["loads", (c) => count(c.loads)],
  ["loads of a round, at most", (c) => count(c.maxLoadsPerRound)], ["rounds with more than one", (c) => count(c.roundsWithMoreLoads)],
  ["a load, ms", (c) => millis(c.loadMicros)], ["failures", (c) => count(c.failures)]]);
const places = contenders.flatMap((c) => [["all processes", c.waits], ["a loading process", c.loadingWaits],
  ["the others", c.otherWaits]].filter(([, w]) => w.count > 0).map(([where, w]) => ({ c, where, w })));
table("waitsTable", places, [["contender", (p) => swatch(p.c) + p.c.name], ["waiters of", (p) => p.where], ["waits", (p) => count(p.w.count)],
  ["p50 ms", (p) => millis(p.w.p50Micros)], ["p99", (p) => millis(p.w.p99Micros)], ["p99.9", (p) => millis(p.w.p999Micros)],
  ["max", (p) => millis(p.w.maxMicros)], ["p50 ÷ load", (p) => ratio(p.w.p50Ratio)], ["p99", (p) => ratio(p.w.p99Ratio)],
  ["p99.9", (p) => ratio(p.w.p999Ratio)], ["max", (p) => ratio(p.w.maxRatio)]]);
table("wakeUpsTable", woken, [name, ["wake-ups", (c) => count(c.wakeUps.count)], ["p50 µs", (c) => count(c.wakeUps.p50Micros)],
  ["p99", (c) => count(c.wakeUps.p99Micros)], ["PINGs", (c) => count(c.wakeUps.pings)], ["p50 µs", (c) => count(c.wakeUps.pingP50Micros)],
  ["p99", (c) => count(c.wakeUps.pingP99Micros)], ["p50 ÷ PING", (c) => ratio(c.wakeUps.p50Ratio)],
  ["p99 ÷ PING", (c) => ratio(c.wakeUps.p99Ratio)]]);

document.getElementById("facts").textContent =
  `${result.processes} processes, ${count(result.waiters)} ${result.threads} threads in each, a load of ${result.loadMillis} ms, ${result.rounds} rounds after ${result.warmUpRounds} of warm-up. ${result.machine}; ${result.startedAt}.`;
show("legend", contenders.map((c) => `<span>${swatch(c)}${c.name}: ${escape(c.description)}</span><br>`).join(""));
figure("waits", bars(waits, "times the load", "Waits", 1), contenders);
if (woken.length > 0) figure("wakeUps", bars(wakeUps, "µs", "Wake-ups"), [...woken, PING]);
else document.getElementById("wakeUps").parentElement.remove();
const verdict = (words) => (e) =>
  `<li class="${e.met ? "" : "missed"}"><b>${e.met ? `\u2713 ${words[0]}` : `\u2717 ${words[1]}`}</b> ${escape(e.wanted)} <small>Found: ${escape(e.found)}.</small></li>`;
show("expectations", result.expectations.map(verdict(["met", "not met"])).join(""));
show("goals", result.goals.map(verdict(["reached", "not reached"])).join(""));
