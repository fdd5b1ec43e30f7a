import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../protocol/commands";
import { languageId } from "../../protocol/lsp";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const { contributes } = manifest;

describe("the manifest says what the code does", () => {
  it("contributes every command, and no other", () => {
    const contributed = contributes.commands.map(({ command }: { command: string }) => command);
    expect(contributed.toSorted()).toEqual(Object.values(commands).toSorted());
  });

  it("puts only contributed commands into menus", () => {
    const used = Object.values<{ command: string }[]>(contributes.menus)
      .flat()
      .map(({ command }) => command);
    for (const command of used) expect(Object.values(commands)).toContain(command);
  });

  it("contributes the language by the names of its files, never all CSV files", () => {
    const language = contributes.languages.find(({ id }: { id: string }) => id === languageId);
    expect(language.filenamePatterns).toEqual(["partitions*.csv", "*partitions.csv"]);
    expect(language.extensions).toBeUndefined();
  });

  it("activates on nothing but its own files", () => {
    expect(manifest.activationEvents).toEqual(["onLanguage:jsonc"]);
  });

  it("names only files that exist", () => {
    const paths = JSON.stringify(contributes).match(/"(\.\/)?(media|schemas|syntaxes)\/[^"]+"/g) ?? [];
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) expect(existsSync(JSON.parse(path)), path).toBe(true);
    expect(existsSync(manifest.icon)).toBe(true);
  });

  it("pins every version", () => {
    for (const version of Object.values<string>(manifest.devDependencies))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
