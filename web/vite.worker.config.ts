// Builds the service worker, after the app: one script at the root, so that it serves the whole site, which knows by name
// every file of the app that was built just before.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const app = path("../src/zorgmessenger/webapp");
const NOT_SHELL = /^(index\.html|worker\.js)$|\.gz$/;

const files = readdirSync(app, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(app.length + 1))
  .filter((name) => !NOT_SHELL.test(name))
  .sort()
  .map((name) => `/${name}`);
const digestOf = (...names: string[]) =>
  names.reduce((digest, name) => digest.update(readFileSync(`${app}/${name}`)), createHash("sha256")).digest("hex");
const shell = { version: digestOf("index.html", ...files), page: digestOf("index.html"), files };

export default defineConfig({
  publicDir: false,
  define: { SHELL: JSON.stringify(shell) },
  build: {
    outDir: app,
    emptyOutDir: false,
    target: ["chrome100", "firefox100", "safari15.4"],
    lib: { entry: path("./src/platform/worker.ts"), formats: ["iife"], name: "worker", fileName: () => "worker.js" },
  },
});
