import { eventually, expect, test } from "./support/test";

/** Would do something, were it markup. */
const name = "<img src=x onerror=alert(1)>";
const file = `partitions${name}.csv`;

const table = `# Name, Type, SubType, Offset, Size
nvs, data, nvs, 0x9000, 0x5000,
${name}, app, factory, 0x10000, 1M,
</style><b>, data, "><b>, 0x110000, 64K,
`;

test("names are text, never markup, and the page asks nobody for anything", async ({ openFolder }) => {
  const window = await openFolder("examples/migration", {
    file,
    files: {
      [file]: table,
      "field/partitions.csv": table,
      "crossflash.json": JSON.stringify({
        flashSize: "4MB",
        source: { table: "field/partitions.csv" },
        target: { table: file },
      }),
    },
  });
  const { page, externalHosts, connections } = window;
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const layout = window.layout();
  await layout.open();

  expect(await layout.frame.locator("h1").innerText()).toBe(file);
  expect(await layout.names()).toContain(name);
  await layout.select(name);
  await eventually(() => layout.inspector.locator("h2").innerText()).toBe(name);
  expect((await layout.cells(1))[0]).toBe(name);
  expect(await layout.frame.locator(".changes li", { hasText: `${name} stays` }).count()).toBe(1);
  expect(await layout.frame.locator("img, main b:not([class])").count()).toBe(0);

  expect(dialogs).toEqual([]);
  expect([...externalHosts]).toEqual([]);
  await eventually(connections).toEqual([]);
  const complaints = () => window.console.filter((message) => /content security policy/i.test(message));
  expect(complaints()).toEqual([]);

  await layout.run(
    `document.body.append(Object.assign(document.createElement("script"), { text: "name = 'ran'" }))`,
  );
  await layout.run(`void (new Image().src = "https://example.org/image.png")`);
  await eventually(complaints).toHaveLength(2);
  expect(await layout.run("name")).not.toBe("ran");
});
