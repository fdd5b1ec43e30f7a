import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type CanaryInput, canarySize, proposeRollout } from "../../../core/fleet/canary";

const risk = (most: number): CanaryInput["risk"] => ({
  source: "plan",
  hazardSeconds: { typical: 0, most: 0 },
  stuckSeconds: null,
  stuckPerDevice: null,
  cutsPerDeviceAndDay: 0,
  perDevice: { typical: 0, most },
  assumptions: [],
});
const rollout = (more: Partial<CanaryInput>) =>
  proposeRollout({ risk: risk(0), devices: 1000, confidence: 0.95, tolerated: 0.05, ...more });
const sizes = (more: Partial<CanaryInput>) => rollout(more).groups.map(({ size }) => size);

describe("the canary", () => {
  // (1 − 0.05)^58 = 0.0510…, (1 − 0.05)^59 = 0.0485…; (1 − 0.01)^298 = 0.05004…, (1 − 0.01)^299 = 0.04954….
  it.each([
    [undefined, 0.05, 0.95, 59],
    [undefined, 0.01, 0.95, 299],
    [undefined, 0.5, 0.95, 5],
    // One of two is hit: one device shows it with 50 %, both with certainty.
    [2, 0.5, 0.5, 1],
    [2, 0.5, 0.95, 2],
    // Five of a hundred: 95!/(95−n)! ÷ 100!/(100−n)! falls below 0.05 at 45.
    [100, 0.05, 0.95, 45],
    [1, 0.05, 0.95, 1],
    [20, 0.05, 0.95, 19],
  ] as const)("of %s devices, %d of them hit, is with %d seen in %d", (devices, share, confidence, size) => {
    expect(canarySize(devices, share, confidence)).toBe(size);
  });

  test("is the smallest that is large enough, and never larger than the fleet", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.double({ min: 0.5, max: 0.9999, noNaN: true }),
        (devices, share, confidence) => {
          const size = canarySize(devices, share, confidence);
          expect(size).toBeGreaterThanOrEqual(1);
          expect(size).toBeLessThanOrEqual(devices);
          expect(missed(devices, share, size)).toBeLessThanOrEqual(1 - confidence + 1e-9);
          if (size > 1) expect(missed(devices, share, size - 1)).toBeGreaterThan(1 - confidence - 1e-9);
        },
      ),
    );
  });

  it("must be whole, and stops at the first failure", () => {
    expect(rollout({}).groups[0]).toEqual({ name: "canary", size: 57, successPercent: 100, errorPercent: 0 });
  });

  it("looks for what is riskier than what is tolerated", () => {
    expect(rollout({ risk: risk(0.2), devices: undefined }).detectedShare).toBe(0.2);
  });
});

/** The same probability from the other side: by logarithms of factorials. */
function missed(devices: number, share: number, size: number): number {
  const hit = Math.max(1, Math.ceil(share * devices));
  if (size > devices - hit) return 0;
  const log = (n: number): number =>
    Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  return Math.exp(log(devices - hit) - log(devices - hit - size) - log(devices) + log(devices - size));
}

describe("the groups", () => {
  it("grow, and take all devices", () => {
    expect(sizes({})).toEqual([57, 171, 513, 259]);
    expect(sizes({ devices: 19 })).toEqual([19]);
    expect(sizes({ devices: undefined })).toEqual([59]);
  });

  test("have every device once, and none below a hundredth but the canary", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (devices) => {
        const [canary = 0, ...others] = sizes({ devices });
        expect(others.reduce((sum, size) => sum + size, canary)).toBe(devices);
        for (const size of others) {
          expect(size / devices).toBeGreaterThanOrEqual(0.01);
          expect(size).toBeLessThanOrEqual(20_000);
        }
      }),
    );
  });
});
