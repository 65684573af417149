// The direction of imports, the lack of cycles, and what no file of this app may ever contain.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !file.includes(".test.") && !file.startsWith("testing/"),
);
const text = (file: string) => readFileSync(join("src", file), "utf8");

function importsOf(file: string): string[] {
  const named = [...text(file).matchAll(/from "(\.[^"]+)"/g)].map((match) => normalize(join(dirname(file), match[1] ?? "")));
  return named.map((name) => files.find((f) => f === `${name}.ts` || f === `${name}.tsx`) ?? name);
}

/** From the ground up: a layer imports from itself and from those before it. */
const LAYERS = ["platform", "api", "i18n", "state", "realtime", "ui", "features", ""];
const FEATURES = ["organisations", "accounts", "plans", "messages", "invitations", "conversations", "messenger"];
const layer = (file: string) => LAYERS.indexOf(file.includes("/") ? (file.split("/")[0] ?? "") : "");
const feature = (file: string) => (file.startsWith("features/") ? FEATURES.indexOf(file.split("/")[1] ?? "") : -1);

describe("the web app", () => {
  it("imports downwards only", () => {
    for (const file of files) {
      for (const used of importsOf(file)) {
        expect(layer(used), `${file} imports ${used}`).toBeLessThanOrEqual(layer(file));
        if (feature(file) >= 0) expect(feature(used), `${file} imports ${used}`).toBeLessThanOrEqual(feature(file));
      }
    }
  });

  it("has no cycle", () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      expect(path, `a cycle: ${[...path, file].join(" → ")}`).not.toContain(file);
      if (done.has(file)) return;
      importsOf(file).forEach((used) => visit(used, [...path, file]));
      done.add(file);
    };
    files.forEach((file) => visit(file, []));
  });

  it("keeps the state machine free of the browser", () => {
    for (const file of ["realtime/apply.ts", "realtime/session.ts", "realtime/merge.ts", "state/state.ts", "state/select.ts"]) {
      expect(text(file), file).not.toMatch(/\b(document|window|location|localStorage|setTimeout|Date\.now|Math\.random)\b/);
    }
  });

  it("never makes HTML of a text, and leaves no health data in the device's storage", () => {
    for (const file of files) {
      expect(text(file), file).not.toMatch(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write|\beval\(/);
      if (!file.startsWith("platform/") && file !== "features/accounts/FirstStart.tsx") {
        expect(text(file), file).not.toMatch(/localStorage|sessionStorage|indexedDB/);
      }
    }
  });

  it("asks nothing of any other server", () => {
    for (const file of files) expect(text(file).replace(/http:\/\/www\.w3\.org/g, ""), file).not.toMatch(/["'`]https?:\/\//);
  });
});
