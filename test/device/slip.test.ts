import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeSlip, slipDecoder } from "../../device/slip";
import { concat } from "../support/bytes";

const packet = fc.uint8Array({ minLength: 1, maxLength: 64 });
const inPieces = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

test.each([
  { packet: [], frame: [0xc0, 0xc0] },
  { packet: [1, 2], frame: [0xc0, 1, 2, 0xc0] },
  { packet: [0xc0, 0xdb, 0xdc], frame: [0xc0, 0xdb, 0xdc, 0xdb, 0xdd, 0xdc, 0xc0] },
])("$packet is framed as $frame", (example) => {
  expect([...encodeSlip(Uint8Array.from(example.packet))]).toEqual(example.frame);
});

test("packets come through in pieces of any size, whatever stands between the frames", () => {
  const noise = fc.uint8Array({ maxLength: 8 }).map((bytes) => bytes.filter((byte) => byte !== 0xc0));
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, packet)), fc.integer({ min: 1, max: 9 }), (parts, size) => {
      const line = concat(parts.flatMap(([between, content]) => [between, encodeSlip(content)]));
      const decode = slipDecoder();
      const decoded = inPieces(line, size).flatMap(decode);
      expect(decoded).toEqual(parts.map(([, content]) => content));
    }),
  );
});

test("after any garbage the second packet is understood at the latest", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), packet, packet, (garbage, first, second) => {
      const decode = slipDecoder();
      decode(garbage);
      decode(encodeSlip(first));
      expect(decode(encodeSlip(second))).toEqual([second]);
    }),
  );
});

test.each([
  { what: "a wrong escape", frame: [0xc0, 1, 0xdb, 7, 2, 0xc0] },
  { what: "an escape cut off by the end", frame: [0xc0, 1, 0xdb, 0xc0] },
  { what: "more bytes than a packet may have", frame: [0xc0, 1, 2, 3, 4, 5, 0xc0] },
])("a frame with $what is dropped and the next one is read", ({ frame }) => {
  const decode = slipDecoder(4);
  expect(decode(Uint8Array.from(frame))).toEqual([]);
  expect(decode(encodeSlip(Uint8Array.of(9)))).toEqual([Uint8Array.of(9)]);
});
