import { sha256 as pure } from "@noble/hashes/sha2.js";
import { expect, it } from "vitest";
import { sha256 } from "../../cli/host/sha2";
import { pattern } from "../support/bytes";

it("Node's SHA-256 stands for the pure one, at once and in parts", () => {
  for (const size of [0, 1, 63, 64, 65, 4096]) {
    const bytes = pattern(size, 7);
    const expected = [...pure(bytes)];
    expect([...sha256(bytes)]).toEqual(expected);
    const middle = size >> 1;
    const parts = sha256.create().update(bytes.subarray(0, middle)).update(bytes.subarray(middle));
    expect([...parts.digest()]).toEqual(expected);
  }
});
