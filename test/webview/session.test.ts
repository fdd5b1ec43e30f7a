import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LayoutIntent } from "../../core/edit/intent";
import { readFromWebview } from "../../protocol/webview";
import { initialState, reduce } from "../../webview/reduce";
import { rowsOf, sceneOfState } from "../../webview/selectors";
import type { PageEvent, State } from "../../webview/state";
import { FakeHost, otaTable, shapeOf } from "./support/host";

const row = fc.integer({ min: 0, max: 7 });
const address = fc.oneof(
  fc.integer({ min: 0, max: 0x500 }).map((sectors) => sectors * 0x1000),
  fc.integer({ min: 0, max: 0x500000 }),
);
const step = fc.constantFrom(0x1000, 0x10000);
const handle = fc.constantFrom("start", "end", "body");

const place = fc.record({ row, offset: address, size: address });
const intent: fc.Arbitrary<LayoutIntent> = fc.oneof(
  fc.record({ kind: fc.constant("delete"), row }),
  fc.record({ kind: fc.constant("reorder"), row, before: fc.option(row) }),
  fc.record({ kind: fc.constant("place"), places: fc.array(place, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    kind: fc.constant("add"),
    name: fc.constantFrom("log", "vfs", ""),
    type: fc.constantFrom("data", "app", "date"),
    subtype: fc.constantFrom("", "ota_2", "fat"),
    offset: address,
    size: address,
  }),
  fc.record({
    kind: fc.constant("write"),
    row,
    cells: fc.oneof(
      fc.record({ name: fc.constantFrom("a", "b") }),
      fc.record({ size: fc.constantFrom("0x4000", "") }),
    ),
  }),
);

const hand: fc.Arbitrary<PageEvent> = fc.oneof(
  fc.record({ kind: fc.constant("drag"), to: address, step }),
  fc.record({ kind: fc.constant("nudge"), steps: fc.integer({ min: -3, max: 3 }), step }),
  fc.record({ kind: fc.constant("limit"), side: fc.constantFrom(-1, 1) }),
);
const user: fc.Arbitrary<PageEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("grab"), row, handle }) },
  { weight: 6, arbitrary: hand },
  { weight: 3, arbitrary: fc.constant({ kind: "drop" }) },
  { weight: 1, arbitrary: fc.constant({ kind: "cancel" }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("select"),
      key: fc.constantFrom("row-1", "row-9", "gap-0x0", null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cursor"), row: fc.option(row) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("intent"), intent }) },
);

/** What happens in a session: the user does something, the host works or learns something, somebody else changes the table. */
type Happening =
  | { readonly who: "user"; readonly event: PageEvent }
  | { readonly who: "host" }
  | { readonly who: "facts" }
  | { readonly who: "other"; readonly intent: LayoutIntent }
  | { readonly who: "page" };

const answering: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: user.map((event): Happening => ({ who: "user", event })) },
  { weight: 2, arbitrary: fc.constant<Happening>({ who: "host" }) },
  { weight: 2, arbitrary: fc.constant<Happening>({ who: "page" }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ who: "facts" }) },
);
const disturbed: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: answering },
  { weight: 1, arbitrary: intent.map((change): Happening => ({ who: "other", intent: change })) },
);

/** A page and its host, with messages under way in both directions. */
class Session {
  readonly host = new FakeHost(otaTable);
  state: State = initialState;
  private readonly outbox: PageEvent[] = [this.host.snapshot()];

  happen(happening: Happening): void {
    if (happening.who === "user") this.dispatch(happening.event);
    else if (happening.who === "host") this.outbox.push(...this.host.answer());
    else if (happening.who === "facts") this.outbox.push(...this.host.learn());
    else if (happening.who === "other") this.outbox.push(...this.host.change(happening.intent));
    else this.hear();
  }

  /** Until nothing is under way any more. */
  finish(): void {
    while (this.hear() || this.host.inbox.length > 0) this.outbox.push(...this.host.answer());
  }

  private hear(): boolean {
    const event = this.outbox.shift();
    if (event) this.dispatch(event);
    return event !== undefined;
  }

  private dispatch(event: PageEvent): void {
    const { state, messages } = reduce(this.state, event);
    this.check(event, state, messages.length);
    for (const message of messages) expect(readFromWebview(message)).toEqual(message);
    this.host.inbox.push(...messages);
    this.state = state;
  }

  private check(event: PageEvent, state: State, sent: number): void {
    expect(sent).toBeLessThanOrEqual(1);
    if (["grab", "drag", "nudge", "limit", "cancel", "cursor", "refused"].includes(event.kind))
      expect(sent).toBe(0);
    if (event.kind === "cancel" || event.kind === "drop") expect(state.gesture).toBeUndefined();
    if (event.kind === "cancel" && this.state.gesture)
      expect(rowsOf(state)).toBe(rowsOf({ ...this.state, gesture: undefined }));
    // What waits is numbered as the host will number it.
    for (const { rows } of state.pending) expect(rows.map((each) => each.row)).toEqual([...rows.keys()]);
    sceneOfState(state);
  }
}

const checkSessions = (happening: fc.Arbitrary<Happening>, check: (session: Session) => void) =>
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const session = new Session();
      session.happen({ who: "page" });
      for (const each of happenings) session.happen(each);
      check(session);
    }),
    { numRuns: 400 },
  );

describe("a page and its host", () => {
  it("have the same rows in the end, whatever happens in whatever order", () =>
    checkSessions(disturbed, (session) => {
      session.happen({ who: "user", event: { kind: "cancel" } });
      session.finish();
      expect(session.state.pending.length > 0).toBe(false);
      expect(shapeOf(rowsOf(session.state))).toEqual(shapeOf(session.host.rows));
    }));

  it("end with what the page showed, as long as nobody else changes the table and no row is typed", () => {
    const drawn = answering.filter(
      ({ who, ...rest }) => !(who === "user" && JSON.stringify(rest).includes('"write"')),
    );
    checkSessions(drawn, (session) => {
      session.happen({ who: "user", event: { kind: "drop" } });
      const shown = shapeOf(rowsOf(session.state));
      session.finish();
      expect(shapeOf(rowsOf(session.state))).toEqual(shown);
      expect(shapeOf(session.host.rows)).toEqual(shown);
    });
  });
});

it("no order of events is too much for the page", () => {
  const message: fc.Arbitrary<PageEvent> = fc.oneof(
    fc.record({ kind: fc.constant("refused"), message: fc.constant("No.") }),
    fc.constant(new FakeHost(otaTable).snapshot()),
    fc.constant(new FakeHost("").snapshot()),
    fc.constant(new FakeHost("a,data,nvs,0x9000,-0x8000\nb,,,,\nc,partition_table,primary,,").snapshot()),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: user }, message), { maxLength: 40 }), (events) => {
      let state = initialState;
      for (const event of events) {
        state = reduce(state, event).state;
        sceneOfState(state);
      }
    }),
  );
});
