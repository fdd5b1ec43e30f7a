import { describe, expect, it } from "vitest";
import { rules } from "../../core/rules/index";
import { run } from "./support/fakeIo";

/** The second row is behind a two-unit character and a CRLF, to see what columns count. */
const csv = "# 🙂\r\notadata, data, ota, 0xf000, 0x1000\r\nfactory, app, factory, 0x11000, 1M\r\n";
const files = { "tables/my table.csv": csv };
const check = (format: string) => run(["check", "tables/my table.csv", "--format", format], { files });

describe("check --format json", () => {
  it("gives every problem with its place, counted from one", async () => {
    const { code, out } = await check("json");
    const { problems } = JSON.parse(out);
    expect(code).toBe(1);
    expect(problems).toContainEqual(
      expect.objectContaining({
        id: "otadata-size",
        severity: "error",
        message: expect.stringContaining("must be 0x2000 bytes"),
        file: "tables/my table.csv",
        line: 2,
        column: 29,
        endLine: 2,
        endColumn: 35,
        fixes: [expect.stringContaining("0x2000")],
      }),
    );
  });

  it("gives an empty list when all is well", async () => {
    const { code, out } = await run(["check", "a.csv", "--format", "json"], {
      files: { "a.csv": "nvs,data,nvs,0x9000,0x5000\nfactory,app,factory,0x10000,1M\n" },
    });
    expect({ code, ...JSON.parse(out) }).toEqual({ code: 0, problems: [] });
  });
});

describe("check --format sarif", () => {
  it("is a SARIF 2.1.0 log with all rules and their pages", async () => {
    const log = JSON.parse((await check("sarif")).out);
    expect(log).toMatchObject({ version: "2.1.0", runs: [{ columnKind: "utf16CodeUnits" }] });
    const { driver } = log.runs[0].tool;
    expect(driver).toMatchObject({ name: "Crossflash", semanticVersion: "1.2.3" });
    expect(driver.rules.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id));
    for (const rule of driver.rules) {
      expect(rule.shortDescription.text).not.toBe("");
      expect(rule.helpUri).toMatch(new RegExp(`^https://.*/docs/rules\\.md#${rule.id}$`));
      expect(["error", "warning", "note"]).toContain(rule.defaultConfiguration.level);
    }
  });

  it("places results by a relative URI and refers to their rules", async () => {
    const [{ results, tool }] = JSON.parse((await check("sarif")).out).runs;
    const found = results.find(({ ruleId }: { ruleId: string }) => ruleId === "otadata-size");
    expect(tool.driver.rules[found.ruleIndex].id).toBe("otadata-size");
    expect(found).toMatchObject({
      level: "error",
      message: { text: expect.stringContaining("must be 0x2000 bytes") },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "tables/my%20table.csv" },
            region: { startLine: 2, startColumn: 29, endLine: 2, endColumn: 35 },
          },
        },
      ],
    });
  });

  it("makes a file URI of an absolute path", async () => {
    const { out } = await run(["check", "/elsewhere/ä.csv", "--format", "sarif"], {
      files: { "/elsewhere/ä.csv": csv },
    });
    const [first] = JSON.parse(out).runs[0].results;
    expect(first.locations[0].physicalLocation.artifactLocation.uri).toBe("file:///elsewhere/%C3%A4.csv");
  });
});
