// Builds the web app into the Python package. The server sends a strict content security policy, so nothing may be
// inlined: neither script nor style nor pictures as data; every asset is a file with its hash in its name.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const server = process.env["ZM_SERVER"] ?? "http://127.0.0.1:8000";

/** What the service worker says, which imports no catalogue. */
const pushTexts = (language: string): [string, Record<string, string>] => {
  const all = JSON.parse(readFileSync(path(`../src/zorgmessenger/texts/${language}/web.json`), "utf8")) as Record<string, string>;
  return [language, Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("push.")))];
};

export default defineConfig({
  resolve: { alias: { "@texts": path("../src/zorgmessenger/texts") } },
  define: { PUSH_TEXTS: JSON.stringify(Object.fromEntries(["nl", "en"].map(pushTexts))) },
  build: {
    outDir: path("../src/zorgmessenger/webapp"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: path("index.html"), worker: path("src/platform/worker.ts") },
      // A service worker rules what lies beside and below its file, and is found under one name for good.
      output: { entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js") },
    },
    target: ["chrome100", "firefox100", "safari15.4"],
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
