import { describe, expect, test } from "vitest";
import { type CancellationToken, ResponseError } from "vscode-languageserver-protocol/node";
import { settingsOf } from "../../protocol/settings";
import { kindOf } from "../../server/documents";
import { refusal, safely } from "../../server/safe";
import { pathOf, uriBeside } from "../../server/uri";

describe("which documents are ours", () => {
  const check = (uri: string, languageId: string, kind: string | undefined): void =>
    expect(kindOf({ uri, languageId })).toBe(kind);

  test("by name, whatever the language", () => {
    check("file:///a/partitions.csv", "csv", "table");
    check("file:///a/partitions_two_ota.csv", "plaintext", "table");
    check("file:///a/my_partitions.csv", "csv", "table");
    check("file:///a/b%20c/partitions%20new.csv", "csv", "table");
    check("file:///a/crossflash.json", "json", "manifest");
  });
  test("by language, whatever the name", () => {
    check("file:///a/table.txt", "esp-partitions", "table");
    check("untitled:Untitled-1", "esp-partitions", "table");
  });
  test("nothing else", () => {
    check("file:///a/people.csv", "csv", undefined);
    check("file:///a/partitions.csv.bak", "plaintext", undefined);
    check("file:///a/my_partitions_2.csv", "csv", undefined);
    check("file:///partitions.csv/people.txt", "plaintext", undefined);
    check("untitled:Untitled-1", "csv", undefined);
    check("not a uri", "csv", undefined);
    check("file:///%E0%A4%A", "csv", undefined);
  });
});

describe("paths and URIs", () => {
  test("one file has one path, however its URI is spelt", () => {
    expect(pathOf("file:///c%3A/a/x.csv")).toBe("/c:/a/x.csv");
    expect(pathOf("file:///C:/a/x.csv")).toBe("/c:/a/x.csv");
    expect(pathOf("file:///a/%C3%BC%23%25.csv")).toBe("/a/ü#%.csv");
    expect(pathOf("untitled:x")).toBeUndefined();
  });
  test("a path becomes a URI beside the document", () => {
    expect(uriBeside("file:///a/x.csv", "/a/ü#%.bin")).toBe("file:///a/%C3%BC%23%25.bin");
    expect(uriBeside("vscode-vfs://github/a/x.csv", "/a/y.bin")).toBe("vscode-vfs://github/a/y.bin");
  });
});

describe("a handler", () => {
  const never = { isCancellationRequested: false } as CancellationToken;
  const run = async (handle: () => unknown, token = never) => {
    const log: string[] = [];
    const handler = safely({ error: (line: string) => log.push(line) })(
      "Hover",
      "nothing" as unknown,
      handle,
    );
    const answer = await handler({ textDocument: { uri: "file:///x.csv" } }, token).catch((error) => error);
    return { answer, log };
  };

  test("that fails answers nothing, and the log says where", async () => {
    const { answer, log } = await run(() => {
      throw new TypeError("broken");
    });
    expect(answer).toBe("nothing");
    expect(log[0]).toMatch(/^Hover failed for file:\/\/\/x\.csv: TypeError: broken/);
  });
  test("that refuses tells the user why", async () => {
    const { answer, log } = await run(() => {
      throw refusal("Not this name.");
    });
    expect(answer).toBeInstanceOf(ResponseError);
    expect(answer).toMatchObject({ message: "Not this name." });
    expect(log).toEqual([]);
  });
  test("whose request was cancelled meanwhile says so", async () => {
    const { answer } = await run(() => "late", { isCancellationRequested: true } as CancellationToken);
    expect(answer).toMatchObject({ code: -32800 });
  });
});

test("settings are read from anything", () => {
  expect(settingsOf({ rules: { a: "off", b: "warning", c: "loud", d: 1 } })).toEqual({
    severities: { a: "off", b: "warning" },
  });
  for (const value of [undefined, null, 7, "x", [], { rules: null }, { rules: "off" }])
    expect(settingsOf(value)).toEqual({ severities: {} });
});
