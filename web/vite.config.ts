// Builds the web app into the Python package. The server sends a strict content security policy, so nothing may be
// inlined: neither script nor style nor pictures as data; every asset is a file with its hash in its name.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const server = process.env["ZM_SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  resolve: { alias: { "@texts": path("../src/zorgmessenger/texts") } },
  build: {
    outDir: path("../src/zorgmessenger/webapp"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ["chrome100", "firefox100", "safari15.4"],
    // What every page begins with is one file, not one for each combination of later parts that share some of it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "app", tags: ["$initial"] }] } } },
  },
  server: {
    fs: { allow: [path("."), path("../src/zorgmessenger/texts")] },
    proxy: {
      "/api": server,
      "/_allauth": server,
      "/demo": server,
      "/socket": { target: server, ws: true },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});
