import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activeEntry, bootChoice, bootTable } from "../../../core/ota/bootChoice";
import { blankEntry, type OtaData, type OtaEntry, OtaState, otaEntry } from "../../../core/ota/otadata";
import { selecting } from "../../../core/sim/apps/otaUpdate";

describe("esp_ota_set_boot_partition", () => {
  it.each<[string, [OtaEntry, OtaEntry], number, number, { sector: number; seq: number }]>([
    ["nothing is valid", [blankEntry, blankEntry], 1, 2, { sector: 0, seq: 2 }],
    ["the other slot", [otaEntry(1), blankEntry], 1, 2, { sector: 1, seq: 2 }],
    ["and back", [otaEntry(1), otaEntry(2)], 0, 2, { sector: 0, seq: 3 }],
    ["what is selected already", [otaEntry(1), otaEntry(2)], 1, 2, { sector: 1, seq: 2 }],
    ["the third of three", [otaEntry(4), blankEntry], 2, 3, { sector: 1, seq: 6 }],
    ["the first of three", [otaEntry(4), otaEntry(5)], 0, 3, { sector: 0, seq: 7 }],
  ])("%s", (_, otadata, index, count, { sector, seq }) => {
    const chosen = selecting(otadata, index, count, OtaState.new);
    expect([chosen.sector, chosen.entry.seq, chosen.entry.state]).toEqual([sector, seq, OtaState.new]);
  });

  it("makes every bootloader start the slot, from any two entries", () => {
    const entry = fc.oneof(
      fc.constant(blankEntry),
      fc.integer({ min: 1, max: 60 }).map((seq) => otaEntry(seq)),
    );
    fc.assert(
      fc.property(
        fc.tuple(entry, entry),
        fc.integer({ min: 1, max: 16 }),
        fc.nat(15),
        (otadata, count, wanted) => {
          const index = wanted % count;
          const { sector, entry: next } = selecting(otadata, index, count, OtaState.undefined);
          const changed: OtaData = sector === 0 ? [next, otadata[1]] : [otadata[0], next];
          const rows = Array.from({ length: count }, (_, slot) => ({
            type: 0,
            subtype: 0x10 + slot,
            offset: 0x10000 * (slot + 1),
            size: 0x10000,
          }));
          const table = bootTable([...rows, { type: 1, subtype: 0, offset: 0xe000, size: 0x2000 }]);
          for (const kind of ["plain", "rollback", "stateless"] as const)
            expect(bootChoice(table, changed, kind).index).toBe(index);
          expect(activeEntry(changed, "plain")).toBe(next);
        },
      ),
    );
  });
});
