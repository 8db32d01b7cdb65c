import { defineConfig } from "vite";

// Names carry no hash: Django's manifest storage adds one when it gathers the static files.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/nayu/kernel/static/dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: ["chrome111", "firefox113", "safari16.4"],
    rolldownOptions: {
      input: "css/nayu.css",
      output: { assetFileNames: "[name][extname]" },
    },
  },
});
