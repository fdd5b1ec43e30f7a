import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasPlace, networkFaultKinds, type SimulationCase } from "../../../core/sim/cases/case";
import { caseId } from "../../../core/sim/cases/caseId";
import { parseCase } from "../../../core/sim/cases/parseCase";
import { type Position, positions } from "../../../core/sim/cases/position";

const at: fc.Arbitrary<Position> = fc.oneof(
  fc.constantFrom(...positions),
  fc.nat(4096).map((bytes): Position => `byte-${bytes}`),
  fc.nat(4096).map((bytes): Position => `torn-${bytes}`),
);

const cuts = fc
  .uniqueArray(fc.nat(9999), { maxLength: 4 })
  .chain((operations) =>
    fc.tuple(
      ...operations
        .toSorted((a, b) => a - b)
        .map((operation) => fc.record({ operation: fc.constant(operation), at, seed: fc.nat(9) })),
    ),
  );

const fault = fc
  .record({
    kind: fc.constantFrom(...networkFaultKinds),
    byte: fc.nat(99999),
    image: fc.constantFrom("micropython", "repartitioner", undefined),
    times: fc.oneof(fc.nat(99), fc.constant("always" as const)),
  })
  .map(({ kind, byte, image, times }) => ({
    kind,
    ...(hasPlace(kind) ? { at: byte } : {}),
    ...(image ? { image } : {}),
    times,
  }));

const anyCase: fc.Arbitrary<SimulationCase> = fc.record({
  procedure: fc.constantFrom("safe", "published"),
  slot: fc.constantFrom("factory", "ota_0", "ota_1", "ota_15"),
  cuts: fc.oneof(cuts, fc.record({ firstLife: fc.integer({ min: 1, max: 999 }) })),
  faults: fc.array(fault, { maxLength: 2 }),
});

describe("the id of a case", () => {
  it("is read back as what was written, for every case", () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        expect(parseCase(caseId(one))).toEqual({ ok: true, value: one });
      }),
    );
  });

  it("reads like this", () => {
    const first = { operation: 137, at: "middle", seed: 0 } as const;
    const second = { operation: 140, at: "torn-64", seed: 3 } as const;
    const faults = [{ kind: "drop", at: 65536, image: "micropython", times: 1 }] as const;
    const one = { procedure: "safe", slot: "ota_0", cuts: [first, second], faults } as const;
    expect(caseId(one)).toBe("safe:ota_0:137@middle+140@torn-64~3:drop@65536.micropython.x1");
    expect(caseId({ ...one, cuts: [], faults: [] })).toBe("safe:ota_0:clean");
    expect(caseId({ ...one, cuts: { firstLife: 2 }, faults: [] })).toBe("safe:ota_0:lives-2");
  });

  it("is read as it is copied from a Markdown report", () => {
    expect(parseCase(" safe:\u200bota_0:\u200bclean ")).toEqual(parseCase("safe:ota_0:clean"));
  });

  it.each([
    ["", "it begins with 'safe' or 'published'"],
    ["quick:ota_0:clean", "not with 'quick'"],
    ["safe", "the slot from which the device starts"],
    ["safe:ota_16:clean", "the slot from which the device starts"],
    ["safe:app0:clean", "the slot from which the device starts"],
    ["safe:ota_0:", "stands 'clean'"],
    ["safe:ota_0:5@left", "stands 'clean'"],
    ["safe:ota_0:5@middle+5@before", "each behind the one before"],
    ["safe:ota_0:lives-0", "stands 'clean'"],
    ["safe:ota_0:clean:drop.x1", "no fault of the network"],
    ["safe:ota_0:clean:gone@5.x1", "no fault of the network"],
    ["safe:ota_0:clean:burn.x1", "no fault of the network"],
  ])("refuses '%s' and says what is wrong", (id, words) => {
    const read = parseCase(id);
    expect(read).toMatchObject({ ok: false, reason: "case" });
    expect(read.ok ? "" : read.message).toContain(words);
  });
});
