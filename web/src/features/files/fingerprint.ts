// What a file on this device is known again by: its size, when it was changed, and how it begins and ends. Whole files
// are not read for it. Without the browser's cryptography (a page that is not served over https) none is known again.
const EDGE = 64 * 1024;

export async function fingerprint(file: File): Promise<string> {
  if (!globalThis.crypto.subtle) return hex(crypto.getRandomValues(new Uint8Array(32)));
  const about = new TextEncoder().encode(`${file.name}/${file.size}/${file.lastModified}/`);
  const edges = await new Blob([about, file.slice(0, EDGE), file.slice(Math.max(0, file.size - EDGE))]).arrayBuffer();
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", edges)));
}

/** Of the same file once more: of copy 0 it is the fingerprint itself. */
export const ofCopy = (fingerprint: string, copy: number): string =>
  fingerprint.slice(0, -4) + ((parseInt(fingerprint.slice(-4), 16) + copy) % 0x10000).toString(16).padStart(4, "0");

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
