import { readFile } from "node:fs/promises";
import { makeMicroPython, micropythonTexts } from "../support/imageFixture";
import { addVirtualBoard, afterAJob, boardsOf } from "./support/boards";
import { eventually, expect, type OpenFolder, test, type Window } from "./support/test";
import { plainSpaces } from "./support/text";

/** Of the ESP-IDF that the bootloader of the example has, so that nothing speaks against it. */
const micropython = makeMicroPython({
  size: 1_464_336,
  texts: micropythonTexts("v1.14"),
  idfVersion: "v3.3.5",
});
const APP1 = 0x150000;

const openMigration = async (openFolder: OpenFolder): Promise<Window> => {
  const window = await openFolder("examples/migration", {
    file: "partitions.csv",
    files: { "micropython.bin": micropython },
  });
  await eventually(window.messages.statusBar).toContainEqual(expect.stringContaining("MicroPython v1.14"));
  return window;
};

/** Begins a rehearsal from the line of a board, and says yes to what it will write. */
async function begin(window: Window, port: string, cuts: string): Promise<void> {
  const { quickInput } = window;
  const boards = boardsOf(window);
  await boards.open();
  await boards.clickMenu(port, "Rehearse on Lab Board…");
  await eventually(quickInput.prompt).toContain("From Which Slot Do the Devices Run?");
  await quickInput.pick("app1");
  await eventually(quickInput.prompt).toContain("Cut the Power on the Way?");
  await quickInput.pick(cuts);
}

async function agree({ messages }: Window): Promise<void> {
  await afterAJob(messages.dialog).toContain("Restore the field state");
  expect(await messages.dialog()).toContain("simulated firmware");
  await messages.answerDialog("Rehearse");
}

/** The text of the report, which is a page without scripts in a frame of its own. */
const reportOf = async ({ page }: Window): Promise<string> => {
  for (const frame of page.frames()) {
    const text = await frame
      .locator("main")
      .innerText({ timeout: 1000 })
      .catch(() => "");
    if (text.includes("Rehearsal of the migration")) return plainSpaces(text);
  }
  return "";
};

test("a virtual board goes from the field state to MicroPython, and a report says so", async ({
  openFolder,
}) => {
  const window = await openMigration(openFolder);
  const { messages } = window;
  const boards = boardsOf(window);
  const file = await addVirtualBoard(window, "lab");
  const shown = await boards.listen();
  await begin(window, "virtual:lab", "No power cuts");
  await agree(window);
  await afterAJob(messages.notifications).toContainEqual(
    expect.stringContaining("The rehearsal has passed: the board runs MicroPython."),
  );
  const told = (await shown()).join("\n");
  expect(told).toContain("Simulating the migration first");
  expect(told).toMatch(/Step \d+ of 12: /);

  await eventually(() => reportOf(window)).toContain("SIMULATED FIRMWARE");
  const report = await reportOf(window);
  expect(report).toContain("The partition table is the target table, byte for byte");
  expect(report).toContain("with 0 power cuts a virtual board with simulated firmware came to MicroPython");
  expect(report).toMatch(/cases? of a simulated device with the same tables and sizes/);

  const flash = await readFile(file);
  expect(flash.subarray(APP1, APP1 + micropython.length).equals(micropython)).toBe(true);
  await boards.expand("virtual:lab");
  await eventually(boards.lines).toContainEqual(expect.stringMatching(/^Runs .*MicroPython v1\.14/));
  expect([...window.externalHosts]).toEqual([]);
  await eventually(window.connections).toEqual([]);
});

test("power that is cut on the way is survived, and told", async ({ openFolder }) => {
  const window = await openMigration(openFolder);
  const { quickInput, messages } = window;
  await addVirtualBoard(window, "cut");
  await begin(window, "virtual:cut", "As I write it…");
  await quickInput.enter("step=erase-filesystem+100ms, step=download-micropython+500ms");
  await agree(window);
  await afterAJob(messages.notifications).toContainEqual(expect.stringContaining("The rehearsal has passed"));
  await eventually(() => reportOf(window)).toContain(
    "with 2 power cuts a virtual board with simulated firmware came to MicroPython",
  );
  expect(await reportOf(window)).toMatch(/Power was cut 0\.1 s into .* It went on with /);
});

test("a cut in the hazard window bricks the board as the plan declares, and that is no pass", async ({
  openFolder,
}) => {
  const window = await openMigration(openFolder);
  const { quickInput, messages } = window;
  await addVirtualBoard(window, "bricked");
  await begin(window, "virtual:bricked", "As I write it…");
  await quickInput.enter("step=write-table+20ms");
  await agree(window);
  await afterAJob(messages.notifications).toContainEqual(
    expect.stringMatching(/The rehearsal has not passed\. .*hazard window of the plan/),
  );
  await eventually(() => reportOf(window)).toContain("NOT PASSED");
});
