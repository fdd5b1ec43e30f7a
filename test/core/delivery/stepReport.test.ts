import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportText } from "../../../core/delivery/eventText";
import { LONGEST_REPORT, readStepReport } from "../../../core/delivery/stepReport";

const shown = (line: string): string => {
  const report = readStepReport(line);
  return report.ok ? reportText(report.value) : report.message;
};

describe("a step report", () => {
  it.each([
    [
      "crossflash: step=check-device result=ok table=source running=runner",
      "The repartitioner looks at the device: done, table source, running runner (step 6 of 13).",
    ],
    [
      "I (1234) crossflash: step=check-device result=stopped reason=foreign-table\n",
      "The repartitioner looks at the device: stopped, nothing was written, its table is neither the source table nor the target table (step 6 of 13).",
    ],
    [
      "crossflash: step=write-table result=failed attempt=3",
      "The table sector is written: failed, attempt 3 (step 9 of 13).",
    ],
    [
      "crossflash: step=download-micropython result=failed reason=sha256 attempt=1",
      "MicroPython is downloaded: failed, the SHA-256 is not the one that was expected, attempt 1 (step 11 of 13).",
    ],
    [
      "crossflash: step=download-micropython result=started from=65536",
      "MicroPython is downloaded: begun, from 65536 (step 11 of 13).",
    ],
    [
      "crossflash: step=go-back result=ok offset=0x10000",
      "The device goes back to its old firmware: done, offset 0x10000.",
    ],
    [
      "crossflash: step=download-micropython result=failed reason=moon",
      "MicroPython is downloaded: failed, 'moon' (step 11 of 13).",
    ],
    ...["constructor", "__proto__"].map((reason) => [
      `crossflash: step=reset result=failed reason=${reason}`,
      `The device resets: failed, '${reason}' (step 9 of 13).`,
    ]),
  ])("%s", (line, expected) => {
    expect(shown(line)).toBe(expected);
  });

  it.each([
    "confirm-repartitioner",
    "copy-to-runner",
    "start-from-runner",
    "settle-otadata",
    "erase-filesystem",
    "verify-table",
    "write-table",
    "select-micropython",
    "go-back",
  ] as const)("says that %s failed", (step) => {
    expect(readStepReport(`crossflash: step=${step} result=failed`)).toMatchObject({
      ok: true,
      value: { step, result: "failed" },
    });
  });

  it.each([
    ["", "form"],
    ["hello", "form"],
    ["step=reset result=ok", "form"],
    ["crossflash: step=reset  result=ok", "form"],
    ["crossflash: step=reset result=ok\ncrossflash: step=reset result=ok", "form"],
    ["crossflash: step=reset result=ok why=\u001b[31m", "form"],
    ["crossflash: step=reset result=ok a=1 b=2 c=3 d=4 e=5 f=6 g=7", "form"],
    ["crossflash: step=fly result=ok", "step"],
    ["crossflash: step=constructor result=ok", "step"],
    ["crossflash: step=reset result=perhaps", "result"],
    ["crossflash: step=reset", "result"],
    ["x".repeat(LONGEST_REPORT + 1), "length"],
  ])("%s is none", (line, reason) => {
    expect(readStepReport(line)).toMatchObject({ ok: false, reason });
  });

  it("is read from any text without a fault", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void readStepReport(`crossflash: ${text}`)),
    );
  });
});
