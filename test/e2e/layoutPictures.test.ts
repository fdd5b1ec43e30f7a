import { migrationExample } from "./support/migrationExample";
import { eventually, expect, test, type Window } from "./support/test";

const clipboard = ({ page }: Window): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Behind the signature of PNG follows the header with width and height. */
function pngSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect(Buffer.from(bytes.subarray(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

test("the picture is copied as Markdown, SVG and PNG, and saved as a file", async ({ openFolder }) => {
  const window = await openFolder(...migrationExample);
  const { page, quickInput, messages, workspace } = window;
  const layout = window.layout();
  await layout.open();

  await layout.choosePicture("Copy as Markdown Table");
  await eventually(messages.notifications).toContainEqual(
    "The layout of partitions.csv was copied as Markdown.",
  );
  const markdown = await clipboard(window);
  expect(markdown).toMatch(/^\*\*partitions\.csv\*\*: /);
  expect(markdown).toContain("| app1 | app, ota_1 | 0x150000 | 0x2d0000 | 1.5 MB |");

  await layout.choosePicture("Copy as SVG");
  await eventually(() => clipboard(window)).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  const svg = await clipboard(window);
  expect(svg).toContain(">app1<");

  await layout.choosePicture("Save as SVG…");
  await quickInput.acceptPath(`${workspace.folder}/partitions-layout.svg`);
  await eventually(() => workspace.text("partitions-layout.svg")).toBe(svg);

  await layout.choosePicture("Save as PNG…");
  await quickInput.acceptPath(`${workspace.folder}/partitions-layout.png`);
  await eventually(messages.notifications).toContainEqual("The layout was saved as partitions-layout.png.");
  const saved = pngSize(await workspace.bytes("partitions-layout.png"));
  expect(saved.width).toBe(2 * Number(/width="(\d+)"/.exec(svg)?.[1]));

  await layout.choosePicture("Copy as PNG");
  const copied = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const png = item?.types.includes("image/png") ? await item.getType("image/png") : undefined;
      return png ? [...new Uint8Array(await png.arrayBuffer())] : [];
    });
  await eventually(copied).not.toEqual([]);
  expect(pngSize(Uint8Array.from(await copied()))).toEqual(saved);
});

/** What would only take room in a picture. */
const quiet = {
  "editor.minimap.enabled": false,
  "editor.scrollbar.horizontal": "hidden",
  "editor.scrollbar.vertical": "hidden",
};

const themes = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  "high-contrast": "Default High Contrast",
};

/** Drags the border between the text and the layout to this place, in CSS pixels from the left. */
async function divideAt({ page }: Window, x: number): Promise<void> {
  const border = page.locator(".part.editor .monaco-sash.vertical:not(.disabled)").first();
  const box = await border.boundingBox();
  if (!box) throw new Error("There is no border between two groups of editors.");
  await page.mouse.move(box.x + box.width / 2, 400);
  await page.mouse.down();
  await page.mouse.move(x, 400, { steps: 5 });
  await page.mouse.up();
}

for (const [name, theme] of Object.entries(themes)) {
  test(`what the ${name} picture in the README shows`, async ({ openFolder }) => {
    const [folder, opening] = migrationExample;
    const settings = { ...quiet, "workbench.colorTheme": theme };
    const window = await openFolder(folder, { ...opening, settings });
    const { page, language, quickInput } = window;
    const layout = window.layout();
    await page.setViewportSize({ width: 1360, height: 860 });
    await eventually(async () => (await language.lenses()).join("\n")).toContain("out of date");
    await quickInput.run("View: Toggle Primary Side Bar Visibility");
    await layout.open();
    await divideAt(window, 556);
    await eventually(() => layout.run("innerWidth")).toBeGreaterThan(790);
    await layout.select("app1");
    await eventually(layout.selected).toEqual(["app1"]);
    await page.screenshot({ path: `out/e2e/layout-${name}.png` });
  });
}
