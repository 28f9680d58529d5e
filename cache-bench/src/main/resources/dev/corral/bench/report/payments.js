"use strict";
const result = JSON.parse(document.getElementById("result").textContent);
const contenders = result.contenders;
const WIDTH = 920, HEIGHT = 260, LEFT = 64, RIGHT = 14, TOP = 12, BOTTOM = 40, ROW = 24, NAME = 210;

const show = (id, html) => { document.getElementById(id).innerHTML = html; };
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const count = (n) => n.toLocaleString("en", { maximumFractionDigits: 2 });
const millis = (micros) => (micros / 1000).toLocaleString("en", { maximumSignificantDigits: 3 });
const COLOURS = { "no-retry": "var(--none)", "naive-retry": "var(--naive)", corral: "var(--corral)" };
const colour = (c) => COLOURS[c.name];
const swatch = (c) => `<span class="swatch" style="background:${colour(c)}"></span>`;
const bent = (value) => Math.log10(1 + value);

function table(id, columns) {
  show(id, `<tr>${columns.map((c) => `<th>${c[0]}</th>`).join("")}</tr>` +
    contenders.map((c) => `<tr>${columns.map((column) => `<td>${column[1](c)}</td>`).join("")}</tr>`).join(""));
}

const name = ["contender", (c) => swatch(c) + c.name];
const number = (title, field) => [title, (c) => count(c[field])];
table("ledger", [name, number("payments", "payments"), number("charges", "charges"), number("duplicates", "duplicates"),
  number("lost", "lost"), number("gave up", "gaveUp"), number("unanswered", "unanswered"), ["p50 ms", (c) => millis(c.p50Micros)],
  ["p99", (c) => millis(c.p99Micros)], ["max", (c) => millis(c.maxMicros)], number("seconds", "seconds")]);
table("traffic", [name, number("asks", "asks"), number("retries", "retries"), number("amplification", "amplification"),
  number("replays", "replays"), number("conflicts", "conflicts"), number("in progress", "inProgress"),
  number("breaker openings", "breakerOpenings"), number("rejected by it", "rejected"),
  number("budget refusals", "budgetRefused"), number("crashes", "crashes"), number("API crashes", "apiCrashes")]);
const kinds = Object.keys(contenders[0].faults);
table("kinds", [name, ...kinds.map((kind) => [kind.toLowerCase().replaceAll("_", " "), (c) => count(c.faults[kind])])]);

// Two bars a contender.
function bars() {
  const rows = contenders.flatMap((c) => [[c, "duplicates", c.duplicates], [c, "lost", c.lost]]);
  const top = Math.max(10, ...rows.map((r) => r[2]));
  const height = TOP + ROW * rows.length + 8;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Duplicates and lost payments">${rows.map(([c, what, n], i) => {
    const y = TOP + ROW * i, width = (WIDTH - NAME - 80) * bent(n) / bent(top);
    return `<text class="name" x="${NAME - 8}" y="${y + 13}" text-anchor="end">${c.name}: ${what}</text>
      <rect x="${NAME}" y="${y}" width="${Math.max(width, 1)}" height="${ROW - 7}" fill="${colour(c)}"/>
      <text class="name" x="${NAME + width + 8}" y="${y + 13}">${count(n)}</text>`;
  }).join("")}</svg>`;
}

// A line for each contender, over the seconds of its own run.
function lines(field, title) {
  const seconds = Math.max(2, ...contenders.map((c) => c[field].length));
  const top = Math.max(1, ...contenders.flatMap((c) => c[field]));
  const x = (i) => LEFT + (WIDTH - LEFT - RIGHT) * i / (seconds - 1);
  const y = (v) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - v / top);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * top)).map((v) =>
    `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(v)}" y2="${y(v)}"/>
     <text x="${LEFT - 8}" y="${y(v) + 4}" text-anchor="end">${count(v)}</text>`).join("");
  const step = Math.ceil(seconds / 20);
  let below = "";
  for (let i = 0; i < seconds; i += step) below += `<text x="${x(i)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${i + 1}</text>`;
  const drawn = contenders.map((c) =>
    `<polyline class="series" stroke="${colour(c)}" points="${c[field].map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`).join(" ")}"><title>${c.name}</title></polyline>`).join("");
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${grid}${below}
    <text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 4}" text-anchor="middle">second of the run</text>${drawn}</svg>`;
}

document.getElementById("facts").textContent =
  `${count(result.payments)} payments, ${count(result.rate)} a second, at most ${result.clients} at a time, seed ${result.seed}. ${result.machine}; ${result.startedAt}.`;
show("legend", contenders.map((c) => `<span>${swatch(c)}${c.name}: ${escape(c.description)}</span><br>`).join(""));
show("wrong", bars());
show("ended", lines("endedPerSecond", "Asks that ended"));
show("requests", lines("requestsPerSecond", "Requests to the payment service"));
show("faults", lines("faultsPerSecond", "Faults"));
show("expectations", result.expectations.map((e) =>
  `<li class="${e.met ? "" : "missed"}"><b>${e.met ? "\u2713 met" : "\u2717 not met"}</b> ${escape(e.wanted)} <small>Found: ${escape(e.found)}.</small></li>`).join(""));
