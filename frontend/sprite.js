import { readFileSync } from "node:fs";

const ICONS = "node_modules/@iconify-json/ph/icons.json";

/**
 * One SVG file with the listed icons as symbols, so that a page carries no path twice.
 *
 * @param {string} list  a JSON file of names, which the template tag reads too
 */
export function sprite(list) {
  return {
    name: "nayu-sprite",
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const source = drawn(JSON.parse(readFileSync(list, "utf8")));
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}

function drawn(names) {
  const { icons, width, height } = JSON.parse(readFileSync(ICONS, "utf8"));
  const symbols = names.map((name) => {
    if (!icons[name]) throw new Error(`There is no icon ${name}.`);
    return `<symbol id="${name}" viewBox="0 0 ${width} ${height}">${icons[name].body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">${symbols.join("")}</svg>\n`;
}
