import { defineConfig } from "vite";

import { sprite } from "./sprite.js";

// What pages name carries no hash: Django's manifest storage adds one when it gathers the static
// files. What scripts load later carries its own, because Django does not look into scripts.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [sprite("../src/nayu/kernel/static/kernel/icons.json")],
  build: {
    outDir: "../src/nayu/kernel/static/dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: ["chrome111", "firefox113", "safari16.4"],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { nayu: "nayu.js", gallery: "css/gallery.css" },
      // htmx carries an eval that `allowEval: false` never reaches.
      checks: { eval: false },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
