import fc from "fast-check";
import { expect, it } from "vitest";
import type { ToWebviewMessage } from "../../protocol/webview";
import { initialState, reduce } from "../../webview/reduce";
import { rowsOf } from "../../webview/selectors";
import type { PageEvent, State } from "../../webview/state";
import { type FakeLayout, type FakePanel, fakeLayout, noLayoutFacts } from "../client/fakeLayout";
import { shapeOf } from "./support/host";

const text = [
  "# Name, Type, SubType, Offset, Size",
  "nvs,      data, nvs,     ,        20K",
  "otadata,  data, ota,     ,        0x2000 # which slot",
  "app0,     app,  ota_0,   0x10000, 0x140000",
  "app1,     app,  ota_1,   ,        1280K",
  "",
  "vfs,      data, fat,     ,        1M",
].join("\r\n");

/** A page that draws nothing, beside the panel through which it speaks. */
class Page {
  state: State = initialState;
  private heard = 0;
  constructor(readonly panel: FakePanel) {
    this.listen();
  }
  /** Hears what it was told meanwhile. */
  listen(): void {
    for (const message of this.panel.told.slice(this.heard)) this.dispatch(eventOf(message));
    this.heard = this.panel.told.length;
  }
  dispatch(event: PageEvent | undefined): void {
    if (!event) return;
    const { state, messages } = reduce(this.state, event);
    this.state = state;
    for (const message of messages) void this.panel.sendRaw(message);
  }
}

function eventOf({ name, params }: ToWebviewMessage): PageEvent | undefined {
  if (name === "snapshot") return { kind: "snapshot", snapshot: params };
  if (name === "refused") return { kind: "refused", message: params.message };
  return name === "select" ? { kind: "cursor", row: params.row } : undefined;
}

const row = fc.integer({ min: 0, max: 5 });
const event: fc.Arbitrary<PageEvent> = fc.oneof(
  fc.record({ kind: fc.constant("grab"), row, handle: fc.constantFrom("start", "end", "body") }),
  fc.record({
    kind: fc.constant("drag"),
    to: fc.integer({ min: 0, max: 0x400000 }),
    step: fc.constant(0x1000),
  }),
  fc.record({
    kind: fc.constant("nudge"),
    steps: fc.constantFrom(-1, 1),
    step: fc.constantFrom(0x1000, 0x10000),
  }),
  fc.record({ kind: fc.constant("limit"), side: fc.constantFrom(-1, 1) }),
  fc.constant({ kind: "drop" } as const),
  fc.record({ kind: fc.constant("select"), key: row.map((each) => `row-${each}`) }),
  fc.record({
    kind: fc.constant("intent"),
    intent: fc.oneof(
      fc.record({ kind: fc.constant("delete"), row }),
      fc.record({ kind: fc.constant("reorder"), row, before: fc.option(row) }),
      fc.record({
        kind: fc.constant("write"),
        row,
        cells: fc.constantFrom({ name: "log" }, { size: "64K" }, { offset: "" }, { flags: "readonly" }),
      }),
      fc.record({
        kind: fc.constant("add"),
        name: fc.constant("more"),
        type: fc.constant("data"),
        subtype: fc.constant("nvs"),
        offset: fc.constantFrom(0x390000, 0x3a0000),
        size: fc.constant(0x4000),
      }),
    ),
  }),
);

type Happening = (layout: FakeLayout, pages: readonly Page[]) => void | Promise<void>;
const page = fc.constantFrom(0, 1);
const quiet: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(page, event).map(
      ([at, each]): Happening =>
        (_, pages) =>
          pages[at]?.dispatch(each),
    ),
  },
  {
    weight: 3,
    arbitrary: page.map(
      (at): Happening =>
        (_, pages) =>
          pages[at]?.listen(),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Happening>(() => new Promise((resolve) => setImmediate(resolve))) },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>(({ session }) => session.factsChanged({ ...noLayoutFacts })),
  },
);
const loud: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 10, arbitrary: quiet },
  { weight: 1, arbitrary: fc.constant<Happening>(({ document }) => document.undo()) },
  {
    weight: 1,
    arbitrary: fc.constant<Happening>(({ document }) => document.type(document.text().replace("1M", "64K"))),
  },
);

async function finish(pages: readonly Page[]): Promise<void> {
  for (let calm = 0; calm < 4; calm++) {
    for (const each of pages) {
      each.dispatch({ kind: "cancel" });
      each.listen();
      if (each.state.pending.length > 0) calm = 0;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it("any number of pages show what the text says, whatever is dragged, typed or undone in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(loud, { maxLength: 30 }), async (happenings) => {
      const layout = fakeLayout(text);
      const pages = [new Page(await layout.open()), new Page(await layout.open())];
      for (const happening of happenings) await happening(layout, pages);
      await finish(pages);
      const shown = (await layout.open()).snapshot();
      for (const { state } of pages) {
        expect(state.pending.length > 0).toBe(false);
        expect(shapeOf(rowsOf(state))).toEqual(shapeOf(shown.rows));
      }
      expect(layout.log).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it("one page alone is never refused what it showed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(quiet, { maxLength: 30 }), async (happenings) => {
      const layout = fakeLayout(text);
      const alone = new Page(await layout.open());
      for (const happening of happenings) await happening(layout, [alone, alone]);
      await finish([alone]);
      const shown = (await layout.open()).snapshot();
      expect(shapeOf(rowsOf(alone.state))).toEqual(shapeOf(shown.rows));
      // Whether a row is there to be typed into, only the host looks.
      const refusals = alone.panel.told.flatMap(({ name, params }) =>
        name === "refused" ? [params.message] : [],
      );
      expect(refusals.filter((message) => !message.startsWith("There is no row"))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
