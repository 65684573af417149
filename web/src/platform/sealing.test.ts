import { expect, test } from "vitest";
import { heard, hex, newDataKey, newDeviceKey, open, publicOf, random, rewrap, said, seal, sign, stretch, unwrap, wrapping } from "./sealing";

const ROUNDS = 10;
const SALT = new Uint8Array(16).fill(7);
const share = (byte: number) => new Uint8Array(32).fill(byte);

test("what is sealed opens again, and only in its own place", async () => {
  const by = await wrapping(share(1), (await stretch("4071", SALT, ROUNDS)).half);
  const key = await unwrap(await newDataKey(by), by);
  const sealed = await seal(key, "draft/1", { text: "één geheim ☃" });
  expect(await open(key, "draft/1", sealed)).toEqual({ text: "één geheim ☃" });
  await expect(open(key, "draft/2", sealed)).rejects.toThrow();
  expect(new TextDecoder("latin1").decode(sealed.data)).not.toContain("geheim");
  new Uint8Array(sealed.data)[3]! ^= 1;
  await expect(open(key, "draft/1", sealed)).rejects.toThrow();
});

test("the data key takes the PIN and the server's share, both", async () => {
  const { half } = await stretch("4071", SALT, ROUNDS);
  const wrapped = await newDataKey(await wrapping(share(1), half));
  const other = await stretch("4072", SALT, ROUNDS);
  await expect(unwrap(wrapped, await wrapping(share(1), half))).resolves.toBeDefined();
  await expect(unwrap(wrapped, await wrapping(share(2), half))).rejects.toThrow();
  await expect(unwrap(wrapped, await wrapping(share(1), other.half))).rejects.toThrow();
});

test("wrapped for the sensor it is the same key", async () => {
  const [pin, sensor] = [await wrapping(share(1), share(2)), await wrapping(share(3), share(4))];
  const wrapped = await newDataKey(pin);
  const sealed = await seal(await unwrap(wrapped, pin), "person", "x");
  const again = await unwrap(await rewrap(wrapped, pin, sensor), sensor);
  expect(await open(again, "person", sealed)).toBe("x");
  await expect(unwrap(await rewrap(wrapped, pin, sensor), pin)).rejects.toThrow();
});

test("the proof of a PIN tells nothing of the half, and both are of this salt", async () => {
  const [one, same, elsewhere] = [await stretch("4071", SALT, ROUNDS), await stretch("4071", SALT, ROUNDS), await stretch("4071", random(16), ROUNDS)];
  expect(one).toEqual(same);
  expect(hex(one.proof)).not.toBe(hex(one.half));
  expect(hex(one.proof)).not.toBe(hex(elsewhere.proof));
});

test("neither the data key nor the device's key is given out", async () => {
  const by = await wrapping(share(1), share(2));
  const device = await newDeviceKey();
  await expect(crypto.subtle.exportKey("raw", await unwrap(await newDataKey(by), by))).rejects.toThrow();
  await expect(crypto.subtle.exportKey("pkcs8", device.privateKey)).rejects.toThrow();
  expect(heard(await publicOf(device))).toHaveLength(65);
  expect(heard(await sign(device, "x"))).toHaveLength(64);
});

test("base64url is read as it was said", () => {
  for (const size of [0, 1, 2, 3, 32, 65]) {
    const raw = random(size);
    expect(heard(said(raw))).toEqual(raw);
    expect(said(raw)).toMatch(/^[\w-]*$/);
  }
});
