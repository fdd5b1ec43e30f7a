import { defineConfig } from "vitest/config";

/** Two lanes: `unit` is pure and fast, `e2e` drives the packaged extension in a real VS Code. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/support/closingLine.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          isolate: false,
          // Against a hang, not for speed: properties take their time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
