import fc from "fast-check";
import { expect, it } from "vitest";
import { analyse } from "../../../../core/analyse";
import { chipById } from "../../../../core/chip/targets";
import type { PossibleLayout, ProposalInput } from "../../../../core/migrate/solve/proposal";
import { factsOf, proposeLayouts } from "../../../../core/migrate/solve/proposeLayouts";
import { endOf } from "../../../../core/table/entry";
import { anyBinarySize, anyMargin, anySource } from "../sources";

const anyInput: fc.Arbitrary<ProposalInput> = fc
  .record({
    source: anySource,
    binarySize: anyBinarySize,
    margin: anyMargin,
    chip: fc.constantFrom("esp32", "esp32s3", "esp32p4"),
  })
  .map(({ source: { entries, flashSize }, binarySize, margin, chip }) => ({
    source: { entries, tableOffset: 0x8000 },
    flashSize,
    chip: chipById(chip),
    binarySize,
    margin,
  }));

/** Runs a check on every possible layout of many sources, and makes sure that there were some. */
function checkLayouts(check: (layout: PossibleLayout, input: ProposalInput) => void): void {
  let count = 0;
  fc.assert(
    fc.property(anyInput, (input) => {
      for (const proposal of proposeLayouts(input)) {
        if (!proposal.isPossible) continue;
        count++;
        check(proposal, input);
      }
    }),
    { numRuns: 100 },
  );
  expect(count).toBeGreaterThan(50);
}

it("every layout passes all rules without errors", () =>
  checkLayouts(({ csv }, input) => {
    const facts = { ...factsOf(input), source: input.source.entries };
    expect(analyse(csv, facts).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  }));

it("the slot that runs keeps its offset and all that is in it", () =>
  checkLayouts(({ runner, diff }, { source }) => {
    expect(source.entries.find(({ name }) => name === runner.name)?.offset).toBe(runner.offset);
    expect(diff.changes.filter(({ isFatal }) => isFatal)).toEqual([]);
  }));

it("nothing that is said to be kept moves, is written over or changes what it is", () =>
  checkLayouts(({ entries, diff, receiver, vfs }, { source }) => {
    for (const { kind, before = -1, bytesLost } of diff.changes) {
      const kept = source.entries[before];
      if (kind !== "kept" || bytesLost > 0 || !kept) continue;
      expect(entries).toContainEqual(kept);
      for (const used of [receiver, vfs])
        expect(kept.offset >= endOf(used) || used.offset >= endOf(kept), kept.name).toBe(true);
    }
  }));

it("nvs, otadata and what nobody knows stay as they are", () =>
  checkLayouts(({ entries }, { source }) => {
    for (const entry of source.entries)
      if (entry.type === 0x40 || (entry.type === 1 && [0, 1, 2, 0x99].includes(entry.subtype)))
        expect(entries).toContainEqual(entry);
  }));

it("MicroPython fits, with the margin where it is said, and the filesystem ends within flash", () =>
  checkLayouts(({ receiver, vfs, hasMargin, spareBytes, canUpdateItself, entries }, input) => {
    const { binarySize, margin = 0, flashSize } = input;
    expect(receiver.size - binarySize).toBe(spareBytes);
    expect(spareBytes).toBeGreaterThanOrEqual(hasMargin ? binarySize * margin : 0);
    expect(vfs.offset % 0x1000).toBe(0);
    expect(receiver.offset % 0x10000).toBe(0);
    expect(endOf(vfs)).toBeLessThanOrEqual(flashSize);
    const slots = entries.filter(({ type, subtype }) => type === 0 && subtype >= 0x10);
    expect(canUpdateItself).toBe(slots.length > 1 && slots.every(({ size }) => size >= binarySize));
  }));

it("balanced slots are equal, and published ones stay", () =>
  checkLayouts(({ kind, entries, receiver }, { source }) => {
    const slots = entries.filter(({ type, subtype }) => type === 0 && subtype >= 0x10);
    if (kind === "balanced") expect(slots.map(({ size }) => size)).toEqual([receiver.size, receiver.size]);
    if (kind === "published")
      expect(source.entries.find(({ name }) => name === receiver.name)?.offset).toBe(receiver.offset);
  }));

it("a binary that is said to fit does fit", () =>
  fc.assert(
    fc.property(anyInput, (input) => {
      for (const proposal of proposeLayouts(input)) {
        if (proposal.isPossible || proposal.missingBytes === undefined) continue;
        const smaller = { ...input, binarySize: input.binarySize - proposal.missingBytes };
        expect(proposeLayouts(smaller).find(({ kind }) => kind === proposal.kind)?.isPossible).toBe(true);
      }
    }),
  ));
