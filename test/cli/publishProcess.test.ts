import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { devices, FILTER } from "../core/fleet/releases";
import { runs } from "../device/support/python";
import { fakeHawkbit, PASSWORD, USER } from "../support/hawkbit/server";
import { buildBundle, buildDevice, main, runProcess } from "./support/bundle";
import { migrationFiles, secure } from "./support/migration";

const folder = mkdtempSync(join(tmpdir(), "crossflash-fleet-"));
const bundle = `bundle -o release --devices ${devices} --repartitioner repartitioner.bin ${secure}`;

beforeAll(() => {
  buildBundle();
  buildDevice();
  for (const [path, content] of Object.entries(migrationFiles)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** That of util-linux; others have other options. */
const hasScript = process.platform === "linux" && runs("script", "-qec", "true", "/dev/null");

const needsTerminal = ({ skip, task }: TestContext): void => {
  if (hasScript) return;
  console.log(`Skipped, because there is no 'script' of util-linux: ${task.name}`);
  skip();
};

/** What is typed when the terminal ends with a question. */
type Answers = readonly (readonly [question: string, answer: string])[];

/** Runs a command line on a terminal of its own (`script` of util-linux). */
async function onTerminal(
  words: readonly string[],
  answers: Answers,
): Promise<{ code: number | null; seen: string }> {
  const line = [process.execPath, main, ...words].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: folder });
  const left = [...answers];
  let seen = "";
  child.stdout.on("data", (more) => {
    seen += more;
    const [next] = left;
    if (next && seen.endsWith(next[0])) {
      left.shift();
      child.stdin.write(`${next[1]}\r`);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, seen };
}

describe("a fleet, from process to process", { timeout: 60_000 }, () => {
  it("has a folder of its own, and is published from it with a password that is typed and not shown", async (context) => {
    needsTerminal(context);
    expect(await runProcess(bundle.split(" "), folder)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "release/SHA256SUMS"), "utf8")).toContain("  release.json\n");
    await using hawkbit = await fakeHawkbit({ targets: { [FILTER]: devices } });
    const { code, seen } = await onTerminal(
      ["publish", "release", "--url", hawkbit.url, "--filter", FILTER],
      [
        ["Publish? [y/N] ", "y"],
        ["User of hawkBit: ", USER],
        ["Password of hawkBit: ", PASSWORD],
      ],
    );
    expect({ code, violations: hawkbit.violations }).toEqual({ code: 0, violations: [] });
    expect(seen).toContain("Created: rollout crossflash-");
    expect(seen).not.toContain(PASSWORD);
    expect(hawkbit.kept.rollouts.length).toBe(1);
  });
});
