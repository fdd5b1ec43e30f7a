import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * Who may import whom. Project references make most of this a compile error; this test covers the rest: packages,
 * Node's own modules, and clocks and chance in the core.
 */
const allowed: Readonly<Record<string, { folders: readonly string[]; packages: readonly RegExp[] }>> = {
  core: { folders: ["core"], packages: [/^@noble\/hashes\//, /^jsonc-parser$/] },
  protocol: { folders: ["protocol", "core"], packages: [] },
  server: {
    folders: ["server", "core", "protocol"],
    packages: [/^vscode-jsonrpc/, /^vscode-languageserver-(protocol|textdocument)$/],
  },
  client: {
    folders: ["client", "core", "protocol", "device"],
    packages: [/^vscode$/, /^vscode-languageclient/],
  },
  webview: {
    folders: ["webview", "core", "protocol"],
    packages: [/^lit-html(\/directive(s\/\w+)?\.js)?$/, /^@vscode\/webview-ui-toolkit$/],
  },
  device: {
    folders: ["device", "core"],
    packages: [/^node:/, /^esptool-js(\/|$)/, /^@serialport\/bindings-cpp$/, /^uqr$/, /^node-forge(\/|$)/],
  },
  cli: { folders: ["cli", "core", "device"], packages: [/^node:/] },
};
/** The only place of the server that knows a host. */
const withNode = /^server\/node\//;

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file).replaceAll("\\", "/"));

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;"']*?from\s*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)|(?:^|\n)import\s*["']([^"']+)["']/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

describe("who may import whom", () => {
  for (const [folder, { folders, packages }] of Object.entries(allowed)) {
    it(`${folder} imports only ${[...folders, ...packages.map(String)].join(", ")}`, () => {
      const forbidden = sourcesOf(folder).flatMap((file) =>
        importsOf(file)
          .filter((name) => !isAllowed(file, name, folders, packages))
          .map((name) => `${file} -> ${name}`),
      );
      expect(forbidden).toEqual([]);
    });
  }
});

function isAllowed(
  file: string,
  name: string,
  folders: readonly string[],
  packages: readonly RegExp[],
): boolean {
  if (name.startsWith(".")) {
    const target = normalize(join(dirname(file), name)).replaceAll("\\", "/");
    return folders.some((folder) => target.startsWith(`${folder}/`));
  }
  if (withNode.test(file) && name.startsWith("node:")) return true;
  return (
    packages.some((pattern) => pattern.test(name)) &&
    (folders.includes("cli") || !builtinModules.includes(name))
  );
}

describe("the server starts without what it does not use", () => {
  it("takes only types from the protocol's library", () => {
    const value = /(?:^|\n)import(?! type\b)[^;]*?"vscode-languageserver-protocol/;
    expect(sourcesOf("server").filter((file) => value.test(readFileSync(file, "utf8")))).toEqual([]);
  });
});

describe("the core is pure", () => {
  const impure =
    /\b(Date|performance|Math\.random|setTimeout|setInterval|fetch|process|console|require)\b[.(]/;

  it("has no clock, no chance, no process and no output", () => {
    const found = sourcesOf("core").filter((file) =>
      impure.test(readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")),
    );
    expect(found).toEqual([]);
  });
});

describe("the shape of the code", () => {
  it("has no file so long that nobody reads it", () => {
    const long = Object.keys(allowed)
      .flatMap(sourcesOf)
      .filter((file) => readFileSync(file, "utf8").split("\n").length > 250);
    expect(long).toEqual([]);
  });
});
