// Builds the service worker, after the app: one script at the root, so that it serves the whole site, which knows by name
// every file of the app that was built just before.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const app = path("../src/zorgmessenger/webapp");
const NOT_SHELL = /^(index\.html|worker\.js)$|\.(gz|br)$/;

const files = readdirSync(app, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(app.length + 1))
  .filter((name) => !NOT_SHELL.test(name))
  .sort()
  .map((name) => `/${name}`);
const digestOf = (...names: string[]) =>
  names.reduce((digest, name) => digest.update(readFileSync(`${app}/${name}`)), createHash("sha256")).digest("hex");
const shell = { version: digestOf("index.html", ...files), page: digestOf("index.html"), files };

/** What the service worker says, which imports no catalogue. */
const pushTexts = (language: string): [string, Record<string, string>] => {
  const all = JSON.parse(readFileSync(path(`../src/zorgmessenger/texts/${language}/web.json`), "utf8")) as Record<string, string>;
  return [language, Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("push.")))];
};

export default defineConfig({
  publicDir: false,
  define: {
    SHELL: JSON.stringify(shell),
    PUSH_TEXTS: JSON.stringify(Object.fromEntries(["nl", "en"].map(pushTexts))),
  },
  build: {
    outDir: app,
    emptyOutDir: false,
    target: ["chrome100", "firefox100", "safari15.4"],
    lib: { entry: path("./src/platform/worker.ts"), formats: ["iife"], name: "worker", fileName: () => "worker.js" },
  },
});
