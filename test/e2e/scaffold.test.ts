import { makeMicroPython, micropythonTexts } from "../support/imageFixture";
import { eventually, expect, test } from "./support/test";

/** MicroPython 1.14, ported to the ESP-IDF of the devices as in the published procedure. */
const micropython = makeMicroPython({
  size: 1_464_336,
  idfVersion: "v3.3.5",
  texts: micropythonTexts("v1.14"),
});

const HEADER = "repartitioner/main/repartition.h";
const README = "repartitioner/README.md";

test("the project of a repartitioner is made, and made again around what was changed", async ({
  openFolder,
}) => {
  const { page, quickInput, messages, workspace } = await openFolder("examples/migration", {
    files: { "micropython.bin": micropython },
  });
  const create = async (): Promise<void> => {
    await quickInput.run("Crossflash: Create Repartitioner Project…");
    await eventually(quickInput.prompt).toContain("The ESP-IDF to build with");
    await page.keyboard.press("Enter");
  };

  await create();
  await eventually(() => workspace.text("repartitioner/.crossflash-scaffold.json")).toContain(
    "main/repartition.h",
  );
  expect(await workspace.text("repartitioner/sdkconfig.defaults")).toContain("(ESP-IDF) v3.3.5 ");
  expect(await workspace.text("repartitioner/main/main.c")).toContain("app_main");
  expect(await workspace.text(HEADER)).toContain("REPARTITION_MICROPYTHON_SIZE 0x165810");
  await messages.answer("builds with ESP-IDF v3.3.5", "Open README");
  await page.locator('.tab.active[aria-label*="README"]').waitFor();

  const mine = `${await workspace.text(README)}mine\n`;
  await workspace.write(README, mine);
  await workspace.write(HEADER, "");
  await create();
  await messages.dialog();
  await messages.answerDialog("Show Differences");
  await page.locator('.tab.active[aria-label*="repartition.h: yours, and as it would be made"]').waitFor();
  expect(await workspace.text(README)).toBe(mine);

  await create();
  expect(await messages.dialog()).toContain("A file of the project was changed by somebody");
  await messages.answerDialog("Leave Them");
  await eventually(async () => (await messages.notifications()).join()).toContain(
    "The project in repartitioner",
  );
  expect(await workspace.text(README)).toBe(mine);

  await create();
  await messages.dialog();
  await messages.answerDialog("Replace Them");
  await eventually(() => workspace.text(HEADER)).toContain("REPARTITION_MICROPYTHON_SIZE 0x165810");
  expect(await workspace.text(README)).toBe(mine);
});
