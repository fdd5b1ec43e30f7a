/**
 * The one table of bundles: what is built, from where, for which host.
 * A bundle whose entry another one takes with `import()` is loaded on first use only, so that the other stays small.
 */

/**
 * `import()` of a sibling bundle becomes `require()`: Node's loader of ES modules, which a plain import() would start,
 * costs more than all of a check.
 */
const node = {
  platform: "node",
  format: "cjs",
  target: "node20",
  supported: { "dynamic-import": false },
};

/** The page of the layout editor runs in the browser that VS Code is; 1.100 has Chromium 132. */
const page = { platform: "browser", format: "iife", target: "chrome132", conditions: ["production"] };

/** Node's own SHA-256 in place of the one written in JavaScript. */
const nodeHashes = { "@noble/hashes/sha2.js": "./cli/host/sha2.ts" };

/** What esptool-js uploads into a chip, for those that `core/chip` knows and of which there is one. */
const stubs = [
  "esp32",
  "esp32s2",
  "esp32s3",
  "esp32c2",
  "esp32c3",
  "esp32c5",
  "esp32c6",
  "esp32c61",
  "esp32h2",
  "esp32h4",
  "esp32p4-rev1",
  "esp32p4",
  "esp32s31",
].map((chip) => ({
  out: `dist/device/stubs/${chip}.json`,
  entry: `node_modules/esptool-js/lib/targets/stub_flasher/${chip}.json`,
  loader: { ".json": "copy" },
}));

export const bundles = [
  { out: "dist/cli/main.js", entry: "cli/main.ts", ...node },
  { out: "dist/cli/inspectImage.js", entry: "cli/inspectImage.ts", ...node, alias: nodeHashes },
  { out: "dist/cli/commands/index.js", entry: "cli/commands/index.ts", ...node, alias: nodeHashes },
  {
    out: "dist/device/index.js",
    entry: "device/index.ts",
    ...node,
    external: ["./targets/stub_flasher/esp8266.json"],
    // esptool-js packs with pako in a method that is not used here: Board.run packs with Node's own.
    alias: { pako: "node:zlib" },
  },
  ...stubs,
  { out: "dist/device/fleet/index.js", entry: "device/fleet/index.ts", ...node },
  { out: "dist/device/otaServer/index.js", entry: "device/otaServer/index.ts", ...node },
  { out: "dist/device/otaServer/authority.js", entry: "device/otaServer/authority.ts", ...node },
  { out: "dist/device/rehearsal/index.js", entry: "device/rehearsal/index.ts", ...node },
  { out: "dist/server/main.js", entry: "server/node/main.ts", ...node },
  { out: "dist/server/simulation.js", entry: "server/simulation/index.ts", ...node, alias: nodeHashes },
  { out: "dist/client/extension.js", entry: "client/extension.ts", ...node, external: ["vscode"] },
  { out: "dist/client/session.js", entry: "client/session.ts", ...node, external: ["vscode"] },
  // The styles that the entry imports become main.css beside it.
  { out: "dist/webview/main.js", entry: "webview/main.ts", ...page },
  { out: "dist/webview/simulation.js", entry: "webview/simulation/main.ts", ...page },
  { out: "dist/webview/toolkit.js", entry: "webview/toolkit/elements.ts", ...page },
];
