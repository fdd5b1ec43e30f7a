import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { snapshotOf } from "../../client/editor/snapshot";
import { analyse } from "../../core/analyse";
import type { LayoutIntent } from "../../core/edit/intent";
import { noFacts } from "../../core/facts";
import { protocolVersion } from "../../protocol/webview";
import { type FakePanel, fakeLayout, noLayoutFacts } from "./fakeLayout";

const table = `# Name, Type, SubType, Offset, Size, Flags
nvs,      data, nvs,     0x9000,   0x4000,
otadata,  data, ota,     0xd000,   0x2000,
phy_init, data, phy,     0xf000,   0x1000,
ota_0,    app,  ota_0,   0x10000,  1M,
ota_1,    app,  ota_1,   0x110000, 1M,
`;

const rename = (row: number, name: string): LayoutIntent => ({ kind: "write", row, cells: { name } });
const grow: LayoutIntent = { kind: "place", places: [{ row: 4, offset: 0x110000, size: 0x180000 }] };
const names = (panel: FakePanel): string[] => panel.news().map(({ name }) => name);
const refusalIn = (panel: FakePanel): string | undefined => {
  const last = panel.told.findLast(({ name }) => name === "refused");
  return last?.name === "refused" ? last.params.message : undefined;
};
const rowOf = (panel: FakePanel, name: string) => panel.snapshot().rows.find((row) => row.name === name);

describe("a page", () => {
  test("is told the table when it is ready, and nothing before", async () => {
    const { load, document } = fakeLayout(table);
    const panel = load();
    document.type(`${table}\n`);
    expect(panel.told).toEqual([]);
    await panel.send("ready", { protocol: protocolVersion });
    expect(names(panel)).toEqual(["snapshot"]);
    expect(panel.snapshot()).toMatchObject({ version: 2, title: "partitions.csv", role: "alone" });
    expect(panel.snapshot().rows.map(({ name }) => name)).toEqual([
      "nvs",
      "otadata",
      "phy_init",
      "ota_0",
      "ota_1",
    ]);
  });

  test("of another version of the protocol is told nothing", async () => {
    const { load, log } = fakeLayout(table);
    const panel = load();
    await panel.send("ready", { protocol: protocolVersion + 1 });
    expect(panel.told).toEqual([]);
    expect(log[0]).toMatch(/version/);
  });

  test("is told every change of the text once, and nothing when it is closed", async () => {
    const { open, document, session } = fakeLayout(table);
    const panel = await open();
    panel.news();
    document.type(table.replace("ota_1, ", "other, "));
    session.textChanged();
    expect(names(panel)).toEqual(["snapshot"]);
    expect(rowOf(panel, "other")?.row).toBe(4);
    panel.close();
    document.undo();
    expect(names(panel)).toEqual([]);
  });

  test("is told new facts with the same version", async () => {
    const { open, session } = fakeLayout(table);
    const panel = await open();
    const facts = { ...noFacts, flashSize: 0x200000 };
    session.factsChanged({ ...noLayoutFacts, surroundings: { ...noLayoutFacts.surroundings, facts } });
    expect(panel.snapshot()).toMatchObject({ version: 1, options: { flashSize: 0x200000 } });
    session.factsChanged({ ...noLayoutFacts, severities: { "ota-sizes": "error" } });
    expect(panel.snapshot().options.flashSize).toBeUndefined();
  });

  test("is told when the file can no longer be written, and when it can again", async () => {
    const { open, document, session } = fakeLayout(table);
    const panel = await open();
    panel.news();
    document.locked = "It is only shown.";
    session.lookAgain();
    session.lookAgain();
    expect(names(panel)).toEqual(["snapshot"]);
    expect(panel.snapshot()).toMatchObject({ version: 1, locked: "It is only shown." });
    document.locked = undefined;
    session.lookAgain();
    expect(panel.snapshot().locked).toBeUndefined();
  });

  test("that returns from being hidden is told what it missed", async () => {
    const { open, document } = fakeLayout(table);
    const panel = await open();
    document.type(table.replace("ota_1, ", "other, "));
    await panel.send("ready", { protocol: protocolVersion });
    expect(rowOf(panel, "other")).toBeDefined();
  });
});

describe("a hidden panel", () => {
  /** A layout whose only panel was hidden, and how often its text was read since. */
  const hidden = async () => {
    const layout = fakeLayout(table);
    const panel = await layout.open();
    const { document } = layout;
    const { text } = document;
    let reads = 0;
    document.text = () => {
      reads++;
      return text();
    };
    panel.isVisible = false;
    panel.news();
    return { ...layout, panel, reads: () => reads };
  };

  test("costs nothing, whatever is typed", async () => {
    const { document, session, panel, reads } = await hidden();
    document.type(table.replace("ota_1, ", "other, "));
    session.cursorMoved(100);
    session.factsChanged({ ...noLayoutFacts, severities: { "ota-sizes": "error" } });
    session.lookAgain();
    expect([reads(), panel.news()]).toEqual([0, []]);
  });

  test("that comes into view again is told what it missed, once", async () => {
    const { document, session, panel, reads } = await hidden();
    document.type(table.replace("ota_1, ", "other, "));
    panel.isVisible = true;
    session.lookAgain();
    session.lookAgain();
    expect(names(panel)).toEqual(["snapshot"]);
    expect(rowOf(panel, "other")).toBeDefined();
    expect(reads()).toBe(1);
  });

  test("whose page comes anew is told the table and the row of the cursor, though nothing has changed", async () => {
    const { session, panel } = await hidden();
    session.cursorMoved(table.indexOf("\nota_1") + 1);
    panel.isVisible = true;
    await panel.send("ready", { protocol: protocolVersion });
    expect(panel.told.at(-1)).toEqual({ name: "select", params: { row: 4 } });
    expect(names(panel)).toContain("snapshot");
  });

  test("keeps nothing from one in view", async () => {
    const { document, open } = await hidden();
    const panel = await open();
    document.type(table.replace("ota_1, ", "other, "));
    expect(rowOf(panel, "other")).toBeDefined();
  });
});

describe("a change", () => {
  test("is one undo step, and all panels show it", async () => {
    const { open, document } = fakeLayout(table);
    const [one, two] = [await open(), await open()];
    await one.send("applyIntent", { baseVersion: 1, intent: grow });
    expect(document.text()).toBe(table.replace("0x110000, 1M", "0x110000, 1536K"));
    expect(document.history).toEqual([table]);
    expect(two.snapshot()).toEqual(one.snapshot());
    expect(one.snapshot()).toMatchObject({ version: 2 });
    expect(rowOf(one, "ota_1")?.size).toBe(0x180000);
    document.undo();
    expect(document.text()).toBe(table);
    expect(two.snapshot()).toEqual(one.snapshot());
  });

  /** Nothing is changed, and only the page that asked hears why. */
  const checkRefused = async (
    prepare: (layout: ReturnType<typeof fakeLayout>) => void,
    intent: LayoutIntent,
    reason: RegExp,
    baseVersion = 1,
  ): Promise<void> => {
    const layout = fakeLayout(table);
    const [one, two] = [await layout.open(), await layout.open()];
    prepare(layout);
    const text = layout.document.text();
    names(one);
    names(two);
    await one.send("applyIntent", { baseVersion, intent });
    expect(layout.document.text()).toBe(text);
    expect(refusalIn(one)).toMatch(reason);
    expect(names(one)).toEqual(["refused", "snapshot"]);
    expect(names(two)).toEqual([]);
    expect(one.snapshot()).toEqual(two.snapshot());
  };

  test("made for an older text is refused", () =>
    checkRefused(({ document }) => document.type(`# new\n${table}`), grow, /changed in the meantime/));
  test("made for a text that does not exist yet is refused", () =>
    checkRefused(() => {}, grow, /changed in the meantime/, 2));
  test("that the core refuses is refused in its words", () =>
    checkRefused(() => {}, { kind: "place", places: [{ row: 4, offset: 0x1234, size: 0x1000 }] }, /ota_1/));
  test("of a row that is not there is refused", () =>
    checkRefused(() => {}, { kind: "delete", row: 99 }, /no row/));
  test("that changes nothing is answered", () => checkRefused(() => {}, rename(4, "ota_1"), /already/));
  test("that the editor does not make is refused", () =>
    checkRefused(({ document }) => (document.next = async () => false), grow, /could not be changed/));
  test("of a text that cannot be written is refused", () =>
    checkRefused(
      ({ document, session }) => {
        document.locked = "It is only shown.";
        session.lookAgain();
      },
      grow,
      /^It is only shown\.$/,
    ));

  test("of a text that is not drawn is refused", () =>
    checkRefused(
      ({ document }) => document.type(table.repeat(41)),
      { kind: "delete", row: 0 },
      /205 rows.*nothing of it is drawn/,
      2,
    ));

  test("that fails is logged, and the next one is made", async () => {
    const { open, document, log } = fakeLayout(table);
    const panel = await open();
    document.next = () => Promise.reject(new Error("The editor is gone."));
    await panel.send("applyIntent", { baseVersion: 1, intent: grow });
    expect(refusalIn(panel)).toMatch(/could not be changed/);
    expect(log.join()).toContain("The editor is gone.");
    await panel.send("applyIntent", { baseVersion: 1, intent: grow });
    expect(document.version).toBe(2);
  });

  test("is answered when the text cannot be read, and the next one is made", async () => {
    const { open, document, log } = fakeLayout(table);
    const panel = await open();
    const { text } = document;
    document.text = () => {
      throw new Error("The document is closed.");
    };
    document.version++;
    panel.news();
    await panel.send("applyIntent", { baseVersion: 2, intent: grow });
    expect(names(panel)).toEqual(["refused"]);
    expect(refusalIn(panel)).toMatch(/nothing was done/);
    expect(log.join()).toContain("The document is closed.");
    document.text = text;
    await panel.send("applyIntent", { baseVersion: 2, intent: grow });
    expect(names(panel)).toEqual(["snapshot"]);
    expect(document.text()).toContain("1536K");
  });

  test("that was made and cannot be shown is not called undone", async () => {
    const { open, document } = fakeLayout(table);
    const panel = await open();
    document.next = async () => {
      document.version++;
      document.text = () => {
        throw new Error("The document is closed.");
      };
      return true;
    };
    await panel.send("applyIntent", { baseVersion: 1, intent: grow });
    expect(refusalIn(panel)).toMatch(/^The table was changed, but/);
  });

  test("is told to all other panels when one of them is broken", async () => {
    const { open, document } = fakeLayout(table);
    const [broken, panel] = [await open(), await open()];
    broken.post = () => {
      throw new Error("Webview is disposed");
    };
    await broken.send("applyIntent", { baseVersion: 1, intent: grow });
    await panel.send("applyIntent", { baseVersion: 2, intent: rename(0, "config") });
    expect(panel.snapshot().version).toBe(3);
    expect(document.text()).toMatch(/^config,/m);
  });

  test("waits for the one before, whose text it was not made for", async () => {
    const { open, document } = fakeLayout(table);
    const [one, two] = [await open(), await open()];
    await Promise.all([
      one.send("applyIntent", { baseVersion: 1, intent: grow }),
      two.send("applyIntent", { baseVersion: 1, intent: rename(0, "other") }),
      one.send("applyIntent", { baseVersion: 2, intent: rename(0, "config") }),
    ]);
    expect(document.mostAtOnce).toBe(1);
    expect(refusalIn(two)).toMatch(/changed in the meantime/);
    expect(refusalIn(one)).toBeUndefined();
    expect(document.text()).toMatch(/^config,.*\n(.*\n)*ota_1,.*1536K/m);
    expect(document.history).toHaveLength(2);
  });

  test("that comes between its moment and the editor's is refused", async () => {
    const { open, document } = fakeLayout(table);
    const panel = await open();
    const sent = panel.send("applyIntent", { baseVersion: 1, intent: grow });
    await Promise.resolve();
    document.type(`# typed meanwhile\n${table}`);
    await sent;
    expect(refusalIn(panel)).toMatch(/could not be changed/);
    expect(panel.snapshot().version).toBe(2);
    expect(document.text()).toBe(`# typed meanwhile\n${table}`);
  });
});

describe("a fix", () => {
  const small = table.replace("0x2000", "0x1000");
  const fixIn = (panel: FakePanel, id: string) => {
    const { problems } = panel.snapshot();
    const problem = problems.findIndex((other) => other.id === id);
    return { problem, fix: 0, title: problems[problem]?.fixes[0] ?? "" };
  };

  test("changes the text as in the editor", async () => {
    const { open, document } = fakeLayout(small);
    const panel = await open();
    await panel.send("applyFix", { baseVersion: 1, ...fixIn(panel, "otadata-size") });
    expect(document.text()).toBe(table);
    expect(document.history).toEqual([small]);
  });

  test("for an older text, or one that is not there, is refused", async () => {
    const { open, document } = fakeLayout(small);
    const panel = await open();
    const fix = fixIn(panel, "otadata-size");
    document.type(`# new\n${small}`);
    await panel.send("applyFix", { baseVersion: 1, ...fix });
    await panel.send("applyFix", { baseVersion: 2, ...fix, problem: 99 });
    await panel.send("applyFix", { baseVersion: 2, ...fix, fix: 99 });
    await panel.send("applyFix", { baseVersion: 2, ...fix, title: "Another one" });
    expect(panel.news().filter(({ name }) => name === "refused")).toHaveLength(4);
    expect(document.text()).toBe(`# new\n${small}`);
  });

  test("that only the window can do is done there", async () => {
    const micropython = {
      name: "x.bin",
      kind: "combined" as const,
      fault: "",
      appSize: 0x100000,
      title: "MicroPython v1.23.0",
    };
    const facts = { ...noFacts, micropython };
    const { open, actions, document } = fakeLayout(table, {
      ...noLayoutFacts,
      surroundings: { ...noLayoutFacts.surroundings, facts },
    });
    const panel = await open();
    await panel.send("applyFix", { baseVersion: 1, ...fixIn(panel, "micropython-combined") });
    await panel.send("chooseBinary", {});
    expect(actions).toEqual(["extract-app", "choose-micropython"]);
    expect(document.version).toBe(1);
    expect(refusalIn(panel)).toBeUndefined();
  });
});

describe("the selection", () => {
  const at = (name: string) => table.indexOf(`\n${name}`) + 1;

  test("of a page moves the cursor of the text and the other pages", async () => {
    const { open, revealed } = fakeLayout(table);
    const [one, two] = [await open(), await open()];
    one.news();
    two.news();
    await one.send("select", { row: 4 });
    expect(revealed).toEqual([{ start: at("ota_1"), end: at("ota_1") + 5 }]);
    expect(one.news()).toEqual([]);
    expect(two.news()).toEqual([{ name: "select", params: { row: 4 } }]);
    await one.send("select", { row: null });
    await one.send("select", { row: 4000 });
    expect(revealed).toHaveLength(1);
  });

  test("follows the cursor of the text from row to row", async () => {
    const { open, session } = fakeLayout(table);
    const panel = await open();
    panel.news();
    for (const offset of [at("ota_0"), at("ota_0") + 10, at("ota_1"), 0]) session.cursorMoved(offset);
    const selected = panel.news().map((message) => message.name === "select" && message.params.row);
    expect(selected).toEqual([3, 4, null]);
  });

  test("is told to a page that comes later", async () => {
    const { open, session } = fakeLayout(table);
    await open();
    session.cursorMoved(at("ota_1"));
    expect((await open()).told.at(-1)).toEqual({ name: "select", params: { row: 4 } });
  });

  test("is told again when the rows have other numbers", async () => {
    const { open, session, document } = fakeLayout(table);
    const panel = await open();
    session.cursorMoved(at("ota_0"));
    document.type(table.replace(/^nvs.*\n/m, ""));
    panel.news();
    session.cursorMoved(document.text().indexOf("\nota_1") + 1);
    expect(panel.news()).toEqual([{ name: "select", params: { row: 3 } }]);
  });

  test("leads to the text", async () => {
    const { open, texts } = fakeLayout(table);
    const panel = await open();
    await panel.send("showText", { row: 0 });
    await panel.send("showText", { row: null });
    expect(texts).toEqual([{ start: at("nvs"), end: at("nvs") + 3 }, undefined]);
  });
});

test("what concerns the window is asked of it", async () => {
  const { open, log } = fakeLayout(table);
  const panel = await open();
  await panel.send("showRule", { id: "ota-sizes" });
  await panel.send("exportPicture", { format: "svg", to: "file" });
  await panel.send("savePng", { data: "iVBORw0KGgo=" });
  await panel.send("pictureCopied", {});
  await panel.send("pictureFailed", { message: "No canvas." });
  await panel.send("failed", { message: "TypeError" });
  expect(panel.asked.map(({ name }) => name)).toEqual([
    "showRule",
    "exportPicture",
    "savePng",
    "pictureCopied",
    "pictureFailed",
  ]);
  expect(log).toEqual(["The page made no picture: No canvas.", "The page failed: TypeError"]);
});

describe("a hostile page", () => {
  test("changes nothing, and the log says so", async () => {
    const { open, document, log } = fakeLayout(table);
    const panel = await open();
    panel.news();
    const intent = { kind: "delete", row: 0, __proto__: { kind: "write" } };
    const messages: unknown[] = [
      undefined,
      "ready",
      { name: "constructor", params: {} },
      { name: "applyIntent", params: { baseVersion: "1", intent: grow } },
      { name: "applyIntent", params: { baseVersion: 1, intent: { ...intent, row: "0" } } },
      { name: "applyIntent", params: { baseVersion: 1, intent: { kind: "write", row: 0, cells: "x" } } },
      { name: "applyFix", params: { baseVersion: 1, problem: Number.NaN, fix: 0, title: "" } },
    ];
    for (const message of messages) await panel.sendRaw(message);
    expect(log).toHaveLength(messages.length);
    expect(panel.news()).toEqual([]);
    expect(document.version).toBe(1);
  });

  /** A name is a field of one row, whatever is in it. */
  test.each(["a\nb, app, factory, 0x20000, 1M", "a, app", "# gone", "$HOME", "", "<img src=x>"])(
    "names a partition %j without another row",
    async (name) => {
      const { open, document } = fakeLayout(table);
      const panel = await open();
      const fields = () => panel.snapshot().rows.map(({ cells }) => cells.slice(1));
      const before = fields();
      await panel.send("applyIntent", { baseVersion: 1, intent: rename(0, name) });
      expect(fields()).toEqual(before);
      await panel.send("applyIntent", {
        baseVersion: document.version,
        intent: { kind: "add", name, type: "data", subtype: "fat", offset: 0x300000, size: 0x10000 },
      });
      expect(fields().slice(0, 5)).toEqual(before);
      expect(fields().slice(5)).toEqual(
        refusalIn(panel) === undefined ? [["data", "fat", "0x300000", "64K", ""]] : [],
      );
    },
  );
});

describe("whatever happens", () => {
  const place = fc.record({ row: fc.nat(6), offset: fc.nat(0x40), size: fc.nat(0x20) });
  const intent: fc.Arbitrary<LayoutIntent> = fc.oneof(
    place.map(({ row, offset, size }) => ({
      kind: "place" as const,
      places: [{ row, offset: offset * 0x10000, size: size * 0x10000 }],
    })),
    fc.nat(6).map((row) => ({ kind: "delete" as const, row })),
    fc
      .record({ row: fc.nat(6), name: fc.stringMatching(/^[a-z,#\n$]{0,3}$/) })
      .map(({ row, name }) => rename(row, name)),
  );
  const event = fc.oneof(
    fc.record({ kind: fc.constant("intent" as const), panel: fc.nat(2), back: fc.nat(1), intent }),
    fc.record({
      kind: fc.constant("type" as const),
      line: fc.constantFrom("# note\n", "x, data, fat, , 64K\n", "broken\n"),
    }),
    fc.record({ kind: fc.constantFrom("undo" as const, "open" as const, "close" as const, "wait" as const) }),
  );

  test("all panels show the text as it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        const { open, document, log } = fakeLayout(table);
        const panels = [await open()];
        const work: Promise<unknown>[] = [];
        for (const happening of events) {
          const panel = "panel" in happening ? panels[happening.panel % panels.length] : panels.at(-1);
          if (happening.kind === "open") panels.push(await open());
          else if (happening.kind === "close" && panels.length > 1) panels.pop()?.close();
          else if (happening.kind === "undo") document.undo();
          else if (happening.kind === "type") document.type(document.text() + happening.line);
          else if (happening.kind === "wait") await Promise.all(work);
          else if (happening.kind === "intent" && panel) {
            const baseVersion = Math.max(0, document.version - happening.back);
            work.push(panel.send("applyIntent", { baseVersion, intent: happening.intent }));
          }
        }
        await Promise.all(work);
        const { version, title, locked } = document;
        const expected = snapshotOf(analyse(document.text(), noFacts), {
          ...noLayoutFacts,
          version,
          title,
          locked,
        });
        for (const panel of panels) expect(panel.snapshot()).toEqual(JSON.parse(JSON.stringify(expected)));
        expect(document.mostAtOnce).toBeLessThanOrEqual(1);
        expect(log).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
