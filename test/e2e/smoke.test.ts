import { eventually, expect, test } from "./support/test";

test("the packaged extension is installed in VS Code", async ({ openFolder }) => {
  const { page, quickInput, externalHosts, connections } = await openFolder("examples");
  await quickInput.run("View: Show Extensions");
  await page.locator(".extension-list-item .name", { hasText: /^Crossflash$/ }).waitFor();
  expect([...externalHosts]).toEqual([]);
  await eventually(connections).toEqual([]);
});
