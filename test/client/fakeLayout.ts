import type { LayoutFacts } from "../../client/editor/facts";
import { type LayoutSession, layoutSession } from "../../client/editor/layoutSession";
import type { FixAction, LayoutDocument, PageRequest, Panel } from "../../client/editor/ports";
import { noFacts } from "../../core/facts";
import { applyEdits, type Span, type TextEdit } from "../../core/text/span";
import {
  type FromWebviewName,
  type FromWebviewParams,
  type LayoutSnapshot,
  protocolVersion,
  type ToWebviewMessage,
} from "../../protocol/webview";

export const noLayoutFacts: LayoutFacts = {
  surroundings: { facts: noFacts, role: "alone", dependsOn: [] },
  severities: {},
};

/** A text as an editor holds it: versions, one undo step for each change, and edits that come too late are refused. */
export interface FakeDocument extends LayoutDocument {
  version: number;
  locked: string | undefined;
  /** Texts before each change, the last one last. */
  readonly history: readonly string[];
  /** How many changes were under way at once, at most. */
  readonly mostAtOnce: number;
  /** Stands in for `apply` once. */
  next: (() => Promise<boolean>) | undefined;
  type(text: string): void;
  undo(): void;
}

export function fakeDocument(start: string, changed: () => void): FakeDocument {
  let text = start;
  let atOnce = 0;
  const history: string[] = [];
  const set = (wanted: string): void => {
    text = wanted;
    document.version++;
    changed();
  };
  const document = {
    title: "partitions.csv",
    version: 1,
    locked: undefined as string | undefined,
    history,
    mostAtOnce: 0,
    next: undefined as FakeDocument["next"],
    text: () => text,
    type(wanted: string) {
      history.push(text);
      set(wanted);
    },
    undo() {
      const before = history.pop();
      if (before !== undefined) set(before);
    },
    async apply(edits: readonly TextEdit[]) {
      const { version, next } = document;
      document.next = undefined;
      document.mostAtOnce = Math.max(document.mostAtOnce, ++atOnce);
      // An editor answers later, and whatever happens until then is noticed.
      await new Promise((resolve) => setImmediate(resolve));
      atOnce--;
      if (next) return next();
      if (version !== document.version) return false;
      document.type(applyEdits(text, edits));
      return true;
    },
  };
  return document;
}

/** A page that only remembers what it was told. */
export interface FakePanel extends Panel {
  isVisible: boolean;
  readonly told: ToWebviewMessage[];
  readonly asked: PageRequest[];
  /** The last snapshot that it was told. */
  snapshot(): LayoutSnapshot;
  /** What it was told since the last call. */
  news(): readonly ToWebviewMessage[];
  send<N extends FromWebviewName>(name: N, params: FromWebviewParams[N]): Promise<void>;
  /** Sends anything, as it crosses the boundary. */
  sendRaw(message: unknown): Promise<void>;
  close(): void;
}

function fakePanel(session: LayoutSession): FakePanel {
  const told: ToWebviewMessage[] = [];
  let read = 0;
  const panel: FakePanel = {
    told,
    asked: [],
    isVisible: true,
    post: (message) => void told.push(JSON.parse(JSON.stringify(message))),
    answer: (request) => void panel.asked.push(request),
    snapshot() {
      const last = told.findLast(({ name }) => name === "snapshot");
      if (last?.name !== "snapshot") throw new Error("The panel was told no snapshot.");
      return last.params;
    },
    news() {
      const news = told.slice(read);
      read = told.length;
      return news;
    },
    send: (name, params) => session.receive(panel, { name, params }),
    sendRaw: (message) => session.receive(panel, message),
    close: () => session.close(panel),
  };
  return panel;
}

/** Everything around a session. */
export interface FakeLayout {
  readonly session: LayoutSession;
  readonly document: FakeDocument;
  readonly revealed: Span[];
  readonly texts: (Span | undefined)[];
  readonly actions: FixAction[];
  readonly log: string[];
  /** A page that has said `ready` and was told the table. */
  open(): Promise<FakePanel>;
  /** A page that has said nothing yet. */
  load(): FakePanel;
}

export function fakeLayout(text: string, facts: LayoutFacts = noLayoutFacts): FakeLayout {
  const document = fakeDocument(text, () => session.textChanged());
  const revealed: Span[] = [];
  const texts: (Span | undefined)[] = [];
  const actions: FixAction[] = [];
  const log: string[] = [];
  const session = layoutSession(document, facts, {
    reveal: (at) => void revealed.push(at),
    showText: (at) => void texts.push(at),
    runAction: (action) => void actions.push(action),
    log: (message) => void log.push(message),
  });
  return {
    session,
    document,
    revealed,
    texts,
    actions,
    log,
    load: () => fakePanel(session),
    async open() {
      const panel = fakePanel(session);
      await panel.send("ready", { protocol: protocolVersion });
      return panel;
    },
  };
}
