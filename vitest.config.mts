import { defineConfig } from "vitest/config";

/**
 * Three lanes: `unit` is pure and fast, `page` drives the page of the layout editor in a browser, `e2e` the packaged
 * extension in a real VS Code.
 */
export default defineConfig({
  test: {
    reporters: ["default", "./test/support/closingLine.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/page/**"],
          isolate: false,
          // Against a hang, not for speed: properties take their time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "page",
          include: ["test/page/**/*.test.ts"],
          // One browser for all files.
          fileParallelism: false,
          isolate: false,
          // As in the editor, below.
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          // An editor of many processes on a busy machine: what fails twice is broken. The report names what was retried.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
