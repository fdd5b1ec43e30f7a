import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { virtualBoard } from "../../device/virtualBoard/board";
import { fieldFlash } from "../device/support/fieldFlash";
import { rehearsalFiles, rehearsalOf } from "../device/support/rehearsed";
import { makeRepartitioner, targetRows } from "../support/deliveryFixture";
import { makeMicroPython, makeTable } from "../support/imageFixture";
import { deskWith } from "./support/desk";
import { type Outcome, run, textOf, type World } from "./support/fakeIo";

interface Rehearsed extends Outcome {
  readonly flash: Uint8Array;
  /** On standard output. */
  readonly report: string;
}

async function rehearse(line: string, world: World = {}, board = virtualBoard()): Promise<Rehearsed> {
  onTestFinished(() => board.unplug());
  const words = line.split(" ").filter((word) => word !== "");
  const outcome = await run(["rehearse", ...words], {
    files: rehearsalFiles,
    ports: deskWith({ virtual: board, "/dev/ttyUSB0": board }),
    ...world,
  });
  return { ...outcome, flash: board.flash, report: textOf(outcome.written.get("-")) ?? "" };
}

const here = "-p virtual --yes --skip-simulation --repartitioner repartitioner.bin";

const isBlank = (flash: Uint8Array): boolean => flash.every((byte) => byte === 0xff);

describe("rehearse", () => {
  test("goes from the field state to MicroPython, and writes a report to sign", async () => {
    const { code, out, err, written } = await rehearse(`${here} --slot app0 -o report.html`);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain("Step 8 of 14: The new table is verified in RAM");
    expect(err).toMatch(/The rehearsal has passed\.\nThe report is in 'report\.html'\.\n$/);
    const html = textOf(written.get("report.html")) ?? "";
    for (const text of ["Rehearsal passed", "simulated firmware", "Sign-off", "app0", "Fingerprint"])
      expect(html).toContain(text);
    expect(html).toContain("The migration was not simulated before this rehearsal.");
  });

  test("simulates the migration first, and says what that covers", async () => {
    const { code, err, written } = await rehearse(
      "-p virtual --yes --repartitioner repartitioner.bin -o report.json",
    );
    expect(code).toBe(0);
    expect(err).toContain("The migration is simulated first");
    const report = JSON.parse(textOf(written.get("report.json")) ?? "");
    expect(report).toMatchObject({
      form: "crossflash-rehearsal-1",
      board: { isVirtual: true, mac: "24:0a:c4:00:00:01" },
      simulation: { conclusion: { isAsDeclared: true }, coverage: { isPartial: false } },
      result: { isPassed: true, reasons: [] },
      begunAt: "2026-01-02T03:04:05.000Z",
      toolVersion: "1.2.3",
    });
    expect(report.simulation.coverage.tried).toBeGreaterThan(1000);
    expect(report.migration.inputs.map(({ role }: { role: string }) => role)).toContain("repartitioner");
  });

  test("cuts power where it is told to, and tells how the board recovered", async () => {
    const cut = "step=erase-filesystem,step=download-micropython+5ms";
    const { code, report, err } = await rehearse(`${here} --slot app1 --cut ${cut} --format markdown`);
    expect(code).toBe(0);
    expect(err).toContain("Power was cut: at the beginning of 'The place of the filesystem is erased'.");
    expect(report).toContain("# Rehearsal of the migration to MicroPython");
    expect(report).toMatch(
      /- Power was cut at the beginning of .* It went on with 'The place of the filesystem is erased'/,
    );
  });

  test("runs several times, each with cuts of its own", async () => {
    const { code, report } = await rehearse(`${here} --slot app1 --cut seed:7 --runs 2`);
    expect(code).toBe(0);
    expect(report).toContain("PASSED: In 2 runs with");
    expect(report).toContain("Run 2: from 'app1'");
  });

  test("a cut in the hazard window is found to brick the board, and that is no pass", async () => {
    const { code, report, err } = await rehearse(`${here} --slot app1 --cut step=write-table+20ms`);
    expect(code).toBe(1);
    expect(err).toContain("The rehearsal has not passed.");
    expect(report).toContain("NOT PASSED: Do not migrate devices before this is understood.");
    expect(report.replace(/\s+/g, " ")).toContain("This is the hazard window of the plan");
  });

  test("without its own repartitioner a virtual board gets a stand-in, and the report says so", async () => {
    const { code, err, report } = await rehearse("-p virtual --yes --skip-simulation");
    expect(code).toBe(0);
    expect(err).toContain("There is no repartitioner yet, so a stand-in of the same form is delivered.");
    expect(report.replace(/\s+/g, " ")).toContain("a stand-in of the same form is delivered");
  });

  test("asks before anything is written, and takes no for an answer", async () => {
    const line = "-p virtual --skip-simulation --repartitioner repartitioner.bin";
    const refused = await rehearse(line, { answer: "n" });
    expect(refused.asked).toContain("Rehearse on it? [y/N]");
    expect(refused.err).toContain("Nothing was written: the rehearsal was not confirmed.");
    expect({ code: refused.code, isBlank: isBlank(refused.flash) }).toEqual({ code: 2, isBlank: true });
    expect((await rehearse(line)).err).toContain("nobody can be asked. Add --yes");
    expect((await rehearse(line, { answer: "y" })).code).toBe(0);
  });

  test("backs the board up first, and starts from a backup of a device", async () => {
    const folder = mkdtempSync(join(tmpdir(), "crossflash-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const saved = join(folder, "before");
    const field = virtualBoard({ flash: fieldFlash(await rehearsalOf(), "app1") });
    const first = await rehearse(`${here} --slot app0 --save ${saved}`, {}, field);
    expect({ code: first.code, isSaved: existsSync(join(saved, "backup.json")) }).toEqual({
      code: 0,
      isSaved: true,
    });
    const second = await rehearse(`${here} --backup ${saved}`);
    expect(second.code).toBe(0);
    expect(second.report).toContain("Run: from 'app1'");
  });

  test("Ctrl-C stops the server and says in what state the board is", async () => {
    const stop = new AbortController();
    let err = "";
    const { code } = await rehearse(`${here} --slot app1`, {
      interrupted: stop.signal,
      onErr(text) {
        err += text;
        if (err.includes("The place of 'vfs' is erased")) stop.abort();
      },
    });
    expect(code).toBe(2);
    expect(err).toMatch(
      /crossflash: The rehearsal was stopped\. The board had come to 'The place of 'vfs' is erased'/,
    );
  });
});

describe("rehearse refuses", () => {
  test.each<{ what: string; line: string; files?: World["files"]; code: number; words: string }>([
    {
      what: "a real board without a repartitioner",
      line: "-p /dev/ttyUSB0 --yes --skip-simulation",
      code: 1,
      words: "Only a virtual board can rehearse without one.",
    },
    {
      what: "a real board without the app of the devices",
      line: "-p /dev/ttyUSB0 --yes --skip-simulation --repartitioner repartitioner.bin",
      files: {
        "crossflash.json": String(rehearsalFiles["crossflash.json"]).replace(',"app":"field/app.bin"', ""),
      },
      code: 1,
      words: "crossflash.json does not say which app the devices run.",
    },
    {
      what: "a repartitioner that was built for another table",
      line: here,
      files: {
        "repartitioner.bin": makeRepartitioner([
          makeTable(targetRows.map((row) => ({ ...row, size: row.size - 0x1000 }))),
        ]),
      },
      code: 1,
      words: "was built for another table than the target table",
    },
    {
      what: "the two images swapped",
      line: here,
      files: { "repartitioner.bin": makeMicroPython({ size: 0x8000 }) },
      code: 1,
      words: "stands in the place of the repartitioner",
    },
    {
      what: "a MicroPython that does not fit",
      line: here,
      files: { "micropython.bin": makeMicroPython({ size: 0x190000 }) },
      code: 1,
      words: "does not fit 'app1'",
    },
    {
      what: "another board than the one that is meant",
      line: `${here} --mac 24:0a:c4:00:00:09`,
      code: 1,
      words: "but 24:0a:c4:00:00:09 is meant. Nothing was written to it.",
    },
    {
      what: "a slot that the plan does not have",
      line: `${here} --slot app7`,
      code: 2,
      words: "The plan has no device that runs from 'app7'",
    },
    {
      what: "a cut in a step that no plan has",
      line: `${here} --cut step=coffee`,
      code: 2,
      words: "names a step 'coffee', which no plan has",
    },
    {
      what: "a cut that is none",
      line: `${here} --cut later`,
      code: 2,
      words: "must be like step=write-table",
    },
    { what: "no runs", line: `${here} --runs 0`, code: 2, words: "must be a number of runs from 1 to 100" },
  ])("$what, and writes nothing", async ({ line, files, code, words }) => {
    const done = await rehearse(line, { files: { ...rehearsalFiles, ...files } });
    expect(done.err).toContain(words);
    expect({ code: done.code, isBlank: isBlank(done.flash), out: done.out }).toEqual({
      code,
      isBlank: true,
      out: "",
    });
  });
});
