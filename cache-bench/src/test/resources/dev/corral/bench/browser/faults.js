// What is wrong with charts and text of a page, a sentence each.
(() => {
  const faults = [];

  const words = (element) => (element ? element.textContent.trim() : "");
  document.querySelectorAll("figure").forEach((figure) => {
    const svg = figure.querySelector("svg");
    const title = words(figure.querySelector("figcaption")) || words(figure.querySelector(".title"));
    const name = title || figure.id || figure.outerHTML.slice(0, 80);
    if (!svg) { faults.push(`no chart: ${name}`); return; }
    if (!title) faults.push(`chart without title: ${name}`);
    if (!svg.getAttribute("aria-label")) faults.push(`chart without label for screen readers: ${name}`);
    const axes = [...svg.querySelectorAll(".axis")].map(words).filter((text) => text.length > 0);
    if (axes.length < 2) faults.push(`chart without units on both axes: ${name}: ${axes.join(", ")}`);
    if (figure.querySelectorAll(".legend, [data-legend]").length === 0) faults.push(`chart without legend: ${name}`);
    const box = svg.getBoundingClientRect();
    svg.querySelectorAll("text").forEach((text) => {
      const at = text.getBoundingClientRect();
      if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1) {
        faults.push(`text outside its chart: ${name}: ${words(text)}`);
      }
    });
  });
  if (document.querySelectorAll("figure").length === 0) faults.push("no charts");
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push("the page is wider than its window");

  // WCAG 2.2, contrast (minimum): 4.5 for text.
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a), a: 1 });
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const fillOf = (element) => {
    const style = getComputedStyle(element);
    const colour = parse(style.fill);
    return { ...colour, a: colour.a * Number(style.fillOpacity) };
  };
  const backgrounds = (element) => {
    let below = { r: 255, g: 255, b: 255, a: 1 };
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(at);
    chain.forEach((at) => { below = over(parse(getComputedStyle(at).backgroundColor), below); });
    const svg = element.closest("svg");
    const paper = svg && svg.querySelector(".paper");
    if (paper) below = over(fillOf(paper), below);
    const shade = svg && svg.querySelector(".fault");
    return shade ? [below, over(fillOf(shade), below)] : [below];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = new Set();
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest("script, style, noscript, title")) continue;
    texts++;
    const style = getComputedStyle(element);
    const colour = element.closest("svg") ? fillOf(element) : parse(style.color);
    backgrounds(element).forEach((below) => {
      const found = contrast(over(colour, below), below);
      if (found < 4.5) {
        const fault = `contrast ${found.toFixed(2)} of ${element.tagName}.${element.className.baseVal ?? element.className}: ${walker.currentNode.textContent.trim().slice(0, 40)}`;
        if (!told.has(fault)) faults.push(fault);
        told.add(fault);
      }
    });
  }
  if (texts === 0) faults.push("no text");
  return faults;
})()
