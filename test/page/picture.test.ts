import { esp32, otaTable } from "./support/tables";
import { eventually, expect, test } from "./support/test";

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" /></svg>';

test("a picture is drawn for the file", async ({ openLayout }) => {
  const { tell, sent } = await openLayout(otaTable, esp32);
  tell({ name: "picture", params: { svg, to: "file" } });
  await eventually(() => sent.at(-1)).toEqual({
    name: "savePng",
    // The first bytes of every PNG.
    params: { data: expect.stringMatching(/^iVBORw0KGgo/) },
  });
});

test("a picture that cannot be drawn is told, with why", async ({ openLayout }) => {
  const { tell, sent, layout } = await openLayout(otaTable, esp32);
  for (const to of ["file", "clipboard"] as const) {
    const before = sent.length;
    tell({ name: "picture", params: { svg: "<svg", to } });
    await eventually(() => sent.slice(before)).toEqual([
      { name: "pictureFailed", params: { message: expect.stringMatching(/\w/) } },
    ]);
    expect(layout.log.splice(0)).toEqual([expect.stringContaining("no picture")]);
  }
});

test("a copied picture is in the clipboard, and that is told", async ({ openLayout }) => {
  const { page, tell, sent } = await openLayout(otaTable, esp32);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  tell({ name: "picture", params: { svg, to: "clipboard" } });
  await eventually(() => sent.at(-1)).toEqual({ name: "pictureCopied", params: {} });
  const types = await page.evaluate(async () =>
    (await navigator.clipboard.read()).flatMap(({ types }) => types),
  );
  expect(types).toEqual(["image/png"]);
});

test("a clipboard that may not be written is told", async ({ openLayout }) => {
  const { page, tell, sent, layout } = await openLayout(otaTable, esp32);
  await page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new Error("Write permission denied."));
  });
  tell({ name: "picture", params: { svg, to: "clipboard" } });
  await eventually(() => sent.at(-1)).toEqual({
    name: "pictureFailed",
    params: { message: expect.stringContaining("Write permission denied.") },
  });
  expect(layout.log.splice(0)).toEqual([expect.stringContaining("Write permission denied.")]);
});
