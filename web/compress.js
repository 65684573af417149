// Leaves compressed copies beside each file that a browser loads; the server gives the smaller that the browser takes.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const app = fileURLToPath(new URL("../src/zorgmessenger/webapp", import.meta.url));
const files = readdirSync(app, { recursive: true }).filter((name) => /\.(js|css|svg|webmanifest)$/.test(name));

for (const name of files) {
  const content = readFileSync(`${app}/${name}`);
  writeFileSync(`${app}/${name}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${app}/${name}.br`, brotliCompressSync(content));
}
