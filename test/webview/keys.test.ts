import { describe, expect, it } from "vitest";
import { handleKey, type KeyPress, mapKey, regionKey } from "../../webview/keys";

/** `Shift+ArrowUp` as the keyboard tells it. */
function press(written: string): KeyPress {
  const parts = written === "+" ? ["+"] : written.split(/\+(?=.)/);
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key: parts.at(-1) ?? "",
    shiftKey: has("Shift"),
    altKey: has("Alt"),
    ctrlKey: has("Ctrl"),
    metaKey: has("Cmd"),
  };
}

const table =
  <Action>(meaning: (press: KeyPress) => Action) =>
  (cases: Readonly<Record<string, Action>>) => {
    for (const [written, action] of Object.entries(cases))
      it(`${written}: ${JSON.stringify(action) ?? "nothing"}`, () =>
        expect(meaning(press(written))).toEqual(action));
  };

const none = undefined;

describe("a key on a handle", () =>
  table(handleKey)({
    ArrowDown: { kind: "nudge", steps: 1, step: 0x1000 },
    ArrowRight: { kind: "nudge", steps: 1, step: 0x1000 },
    ArrowUp: { kind: "nudge", steps: -1, step: 0x1000 },
    ArrowLeft: { kind: "nudge", steps: -1, step: 0x1000 },
    "Shift+ArrowDown": { kind: "nudge", steps: 1, step: 0x10000 },
    "Shift+ArrowUp": { kind: "nudge", steps: -1, step: 0x10000 },
    Home: { kind: "limit", side: -1 },
    End: { kind: "limit", side: 1 },
    Enter: { kind: "drop" },
    Escape: { kind: "cancel" },
    Tab: none,
    Delete: none,
    "Alt+ArrowDown": none,
    "Ctrl+ArrowDown": none,
    "Cmd+ArrowDown": none,
    "Ctrl+Alt+ArrowUp": none,
    constructor: none,
  }));

describe("a key on a region", () =>
  table(regionKey)({
    ArrowUp: { kind: "go", to: "previous" },
    ArrowDown: { kind: "go", to: "next" },
    Home: { kind: "go", to: "first" },
    End: { kind: "go", to: "last" },
    F2: { kind: "rename" },
    Delete: { kind: "delete" },
    Backspace: { kind: "delete" },
    "Alt+ArrowUp": { kind: "reorder", by: -1 },
    "Alt+ArrowDown": { kind: "reorder", by: 1 },
    "+": { kind: "zoom", to: "in" },
    "Shift++": { kind: "zoom", to: "in" },
    "-": { kind: "zoom", to: "out" },
    "0": { kind: "zoom", to: "whole" },
    "Shift+Delete": none,
    "Alt+Delete": none,
    "Ctrl+Delete": none,
    "Ctrl+Alt+ArrowUp": none,
    "Cmd+Backspace": none,
    Enter: none,
    toString: none,
  }));

describe("a key on the map", () =>
  table(mapKey)({
    "+": { kind: "zoom", to: "in" },
    "=": { kind: "zoom", to: "in" },
    "-": { kind: "zoom", to: "out" },
    "Shift+_": { kind: "zoom", to: "out" },
    "0": { kind: "zoom", to: "whole" },
    "Ctrl+-": none,
    "Cmd+0": none,
    "Alt+0": none,
    ArrowDown: none,
    constructor: none,
  }));
