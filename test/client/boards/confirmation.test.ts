import { describe, expect, test } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { flashLayout } from "../../../core/job/flashLayout";
import type { MakeJob } from "../../../device/flows/flashFlow";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { MICROPYTHON, TARGET } from "../../core/job/boards";
import { fakeLab } from "./fakeLab";

const layout: MakeJob = ({ present }) =>
  flashLayout({
    analysis: analyse(TARGET, { ...noFacts, flashSize: 0x400000 }),
    micropython: MICROPYTHON,
    present: present.table,
  });

/** What is asked before this layout goes onto so many boards of a chip. */
async function asked(count: number, chip: "esp32" | "esp32s3") {
  const numbers = Array.from({ length: count }, (_, index) => index + 16);
  const boards = Object.fromEntries(
    numbers.map((number) => [
      `virtual:${number}`,
      virtualBoard({ mac: `24:0a:c4:00:00:${number.toString(16)}`, chip }),
    ]),
  );
  const fake = fakeLab(boards, { confirms: false });
  await fake.lab.look();
  await fake.flashing.flash(Object.keys(boards), layout);
  const [first] = fake.asked;
  if (!first) throw new Error("Nobody was asked.");
  return first;
}

describe("the question before a job", () => {
  test("fits the dialog for one board, with a line between what is told", async () => {
    const { detail, fitsDialog } = await asked(1, "esp32");
    expect(fitsDialog).toBe(true);
    expect(detail).toMatch(/^warning: There is no bootloader[^\n]*\n\nLost:\n {2}.*\n\nWritten:\n/);
    expect(detail).not.toContain("24:0a:c4");
  });

  test("tells boards of which the same is to be told in one section", async () => {
    const { detail, fitsDialog, plans } = await asked(8, "esp32");
    expect(plans).toHaveLength(8);
    expect(fitsDialog).toBe(true);
    expect(detail.match(/Lost:/g)).toHaveLength(1);
    expect(detail.match(/Written:/g)).toHaveLength(1);
  });

  test("is a document where a dialog would be longer than the screen", async () => {
    const { detail, fitsDialog, document, plans } = await asked(8, "esp32s3");
    expect(plans).toEqual([]);
    expect(detail.match(/The board is ESP32-S3/g)).toHaveLength(8);
    expect(fitsDialog).toBe(false);
    expect(document.match(/^Board: /gm)).toHaveLength(8);
  });
});
