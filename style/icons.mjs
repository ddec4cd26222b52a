// Makes public/icons.svg: the Lucide icons that src/ui/icon.rs names, as one sprite. Run: npm run icons
import { readFileSync, writeFileSync } from "node:fs";

const source = readFileSync(new URL("../src/ui/icon.rs", import.meta.url), "utf8");
const ids = [...source.matchAll(/^    \w+ => "([\w-]+)",$/gm)].map(([, id]) => id);
const symbols = ids.map((id) => {
  const svg = readFileSync(new URL(`node_modules/lucide-static/icons/${id}.svg`, import.meta.url), "utf8");
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${id}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").replace(/ ?\/> ?/g, "/>").trim()}</symbol>`;
});
const note = "<!-- Lucide icons (lucide.dev), ISC licence; made by style/icons.mjs -->";
writeFileSync(
  new URL("../public/icons.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg">${note}\n${symbols.join("\n")}\n</svg>\n`,
);
console.log(`${ids.length} icons`);
