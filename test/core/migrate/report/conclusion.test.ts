import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bootloaderVersion } from "../../../../core/compat/bootloaderVersion";
import { rankOf, reason, type Verdict, worstOf } from "../../../../core/compat/evidence";
import { conclusionOf } from "../../../../core/migrate/report/conclusion";
import { image, VERDICTS } from "../../compat/questions";
import { planOf, publishedTarget } from "../plan/plans";
import { files, type Given, reportOf } from "./reports";

const without = (role: string) => files.filter((file) => file.role !== role);

describe("what a migration comes to", () => {
  const cases: Record<string, readonly [Given, Verdict, ...parts: string[]]> = {
    "all is known and fine": [
      {},
      "supported",
      "Nothing that is known speaks against this migration. Do it on a lab board",
      "The plan has 2 warnings of what is lost.",
    ],
    "a fact is missing": [
      { asked: { secureBoot: "unknown", flashEncryption: undefined } },
      "unknown",
      "Do not sign before it is found out.",
      "Not known: Secure Boot, Flash encryption.",
    ],
    "something speaks against it": [
      { asked: { rollback: "on" } },
      "risky",
      "with the very bootloader of the devices",
      "Risky: Rollback of updates.",
    ],
    "the devices refuse it": [
      { asked: { secureBoot: "on", flashEncryption: "unknown" } },
      "refused",
      "This migration must not be done.",
      "Refused: Secure Boot.",
      "Not known: Flash encryption.",
    ],
    "the plan refuses it": [
      { target: publishedTarget.replace("0x10000, 0x140000", "0x20000, 0x130000") },
      "refused",
      "This migration must not be done.",
      "The plan has 1 error, so there are no steps.",
    ],
    "a binary that nobody gave": [
      { files: without("repartitioner") },
      "unknown",
      "Nobody knows yet",
      "Not given: Repartitioner.",
    ],
    "only a build of one's own fits": [
      { asked: { bootloader: bootloaderVersion({ idf: "v4.2" }), app: { release: "1.15", image: image() } } },
      "supported",
      "The verdict holds only for a MicroPython that is built with ESP-IDF v4.2: no download is.",
    ],
  };
  for (const [title, [given, verdict, ...parts]] of Object.entries(cases))
    it(title, () => {
      const { conclusion } = reportOf(given);
      expect(conclusion.verdict).toBe(verdict);
      for (const part of parts) expect(conclusion.sentences.join("\n")).toContain(part);
    });
});

test("it is never better than the worst of what is known, and missing files are not fine", () => {
  const plan = planOf({ from: "app1" });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...VERDICTS)), fc.boolean(), (verdicts, isWhole) => {
      const reasons = verdicts.map((verdict) => reason("chip", verdict, "x"));
      const verdict = { verdict: worstOf(verdicts), reasons, buildWith: undefined };
      const conclusion = conclusionOf({ verdict, plan, missing: isWhole ? [] : ["MicroPython"] });
      const worst = Math.min(...[...verdicts, ...(isWhole ? [] : (["unknown"] as const))].map(rankOf));
      expect(rankOf(conclusion.verdict)).toBe(verdicts.length === 0 ? rankOf("unknown") : worst);
    }),
  );
});
