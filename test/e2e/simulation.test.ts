import { smallMigration, tooLarge } from "../support/smallMigration";
import { graveViolations } from "./support/accessibility";
import { eventually, expect, type OpenFolder, test } from "./support/test";

const themes = ["Default Dark Modern", "Default Light Modern", "Default High Contrast"];

/** The page of a simulation that is over. */
async function simulated(openFolder: OpenFolder, settings: Readonly<Record<string, unknown>> = {}) {
  const window = await openFolder("examples/migration", {
    file: "crossflash.json",
    files: smallMigration,
    settings,
  });
  await window.quickInput.run("Crossflash: Simulate Migration");
  const { frame, run } = window.layout();
  const button = (name: string) => frame.locator("vscode-button", { hasText: name });
  await button("Simulate Again").waitFor();
  return { ...window, frame, run, button, inspector: frame.locator(".inspector") };
}

test("what a power cut does, from the totals to the log of a device that starts nothing any more", async ({
  openFolder,
}) => {
  const window = await simulated(openFolder);
  const { page, frame, button, inspector, workspace } = window;
  const tiles = await frame.locator(".tile").allInnerTexts();
  expect(tiles[0]).toMatch(/Power must not fail for\s+\d+ ms/);
  expect(tiles[2]).toContain("all that there are");
  expect(await frame.locator(".legend").innerText()).toMatch(/Resumes\s+[1-9].*Bricked\s+[1-9]/s);

  const focused = () => frame.locator("button[data-index]:focus").getAttribute("aria-label");
  await frame.locator('button[data-index][tabindex="0"]').focus();
  for (let steps = 0; !(await focused())?.includes("hazard window"); steps++) {
    if (steps > 20) throw new Error("Page Down does not lead to the hazard window.");
    await page.keyboard.press("PageDown");
  }
  expect(await focused()).toContain("step write-table, hazard window: a cut here bricks the device");
  await page.keyboard.press("Enter");
  await eventually(() => inspector.innerText()).toContain("The flash as it was when power failed");
  const text = await inspector.innerText();
  expect(text).toContain("crossflash simulate --case safe:ota_0:");
  expect(text).toContain("neither table");
  await eventually(async () => (await inspector.locator("pre").allInnerTexts()).join("\n")).toContain(
    "step=write-table result=started",
  );
  await button("Copy Case ID").click();
  await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^safe:ota_0:\d+@/);
  await page.screenshot({ path: "out/e2e/simulation.png" });

  await workspace.write("micropython.bin", tooLarge);
  await eventually(() => frame.getByRole("alert").allInnerTexts()).toContainEqual(
    expect.stringContaining("so nothing is simulated."),
  );
  await workspace.write("micropython.bin", smallMigration["micropython.bin"] ?? "");
  await eventually(() => inspector.innerText()).toContain("The flash as it was when power failed");
  await button("Show Migration Plan").click();
  await page.locator('.tab.active[aria-label*="Migration Plan"]').waitFor();
  expect([...window.externalHosts]).toEqual([]);
});

for (const theme of themes) {
  test(`axe-core finds nothing serious in a simulation in ${theme}`, async ({ openFolder }) => {
    const { page, frame, run, inspector } = await simulated(openFolder, { "workbench.colorTheme": theme });
    expect.soft(await graveViolations({ run }), "nothing selected").toEqual([]);
    await frame.locator("button.bricked[data-index]").first().click();
    await eventually(() => inspector.innerText()).toContain("The flash as it was when power failed");
    expect.soft(await graveViolations({ run }), "a case").toEqual([]);
    await page.screenshot({ path: `out/e2e/simulation-${theme.replaceAll(" ", "-")}.png` });
  });
}
