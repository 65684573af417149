import { expect, test } from "vitest";
import { isSharing, sharedIn } from "./sharing";

function posted(fields: Readonly<Record<string, string>>, files: readonly File[] = [], path = "/delen"): Request {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("files", file);
  return new Request(`https://zorg.example${path}`, { method: "POST", body: form });
}

test("title, text and address are lines, each once, and empty files are left out", async () => {
  const files = [new File(["x"], "brief.txt"), new File([], "leeg.txt")];
  const shared = await sharedIn(posted({ title: "Een artikel", text: " https://example.org ", url: "https://example.org" }, files));
  expect(shared.text).toBe("Een artikel\nhttps://example.org");
  expect(shared.files.map((file) => file.name)).toEqual(["brief.txt"]);
});

test("only what is posted to its own place is something shared", () => {
  expect(isSharing(posted({}))).toBe(true);
  expect(isSharing(posted({}, [], "/api/v1/conversations"))).toBe(false);
  expect(isSharing(new Request("https://zorg.example/delen"))).toBe(false);
});
