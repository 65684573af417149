import { expect, it } from "vitest";
import { Fake, asConnection } from "../../../testing/connections";
import { Mesh } from "./mesh";

function world(device: string) {
  const made: Fake[] = [];
  const said: string[] = [];
  const gone: string[] = [];
  const mesh = new Mesh(
    device,
    {},
    {
      make: () => {
        const fake = new Fake();
        made.push(fake);
        return asConnection(fake);
      },
      say: (to, { description }) => void said.push(`${to} ${description?.type}`),
      after: () => () => {},
      relays: async () => ({}),
    },
    { tracks: () => {}, link: () => {}, gone: (from) => void gone.push(from) },
  );
  return { mesh, made, said, gone };
}

const rest = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve();
};

it("who comes offers to everybody; who is there already waits", async () => {
  const [comes, there] = [world("b"), world("a")];
  comes.mesh.follow(["a", "c"], true);
  there.mesh.follow(["b"], false);
  await rest();
  expect(comes.said).toEqual(["a offer", "c offer"]);
  expect(there.said).toEqual([]);
});

it("one who comes back keeps what works, and offers what does not", async () => {
  const { mesh, made, said } = world("b");
  mesh.follow(["a", "c"], true);
  await rest();
  made[0]?.become("connected");
  said.splice(0);
  mesh.follow(["a", "c"], true);
  await rest();
  expect(said).toEqual(["c offer"]);
  expect(made).toHaveLength(2);
});

it("lets go of who is gone, and of nobody else", () => {
  const { mesh, made, gone } = world("b");
  mesh.follow(["a", "c"], false);
  mesh.follow(["c"], false);
  expect(gone).toEqual(["a"]);
  expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  mesh.close();
  expect(made.every(({ closed }) => closed)).toBe(true);
});
