import type { Analysis } from "../../core/analyse";
import { editText } from "../../core/edit/editText";
import type { EditedText } from "../../core/edit/outcome";
import {
  type FromWebview,
  type FromWebviewParams,
  type LayoutSnapshot,
  protocolVersion,
  readFromWebview,
  type ToWebviewMessage,
} from "../../protocol/webview";
import type { LayoutFacts } from "./facts";
import type { LayoutDocument, LayoutWindow, Panel } from "./ports";
import { shownProblems, shownTitle } from "./problems";
import { nameSpan, rowAt } from "./rows";
import { type ShownTable, tableShower } from "./shownTable";

/** One document and any number of panels, which are always equal: each change of text or facts is told to all of them. */
export interface LayoutSession {
  /** Takes whatever a page sends; settles when all is done that it asked of the text. */
  receive(panel: Panel, message: unknown): Promise<void>;
  /** The panel is gone: nothing is posted to it any more. */
  close(panel: Panel): void;
  /** To be told after each change of the text, whoever made it. */
  textChanged(): void;
  factsChanged(facts: LayoutFacts): void;
  /** To be told when a panel came into view, or when the file may have been locked or unlocked. */
  lookAgain(): void;
  /** The cursor of a text editor went to this offset. */
  cursorMoved(offset: number): void;
}

const stale = "The table was changed in the meantime, so nothing was done. Look at it and try again.";
const needless = "The table is like that already, so nothing was changed.";
const failed = "The text could not be changed, so nothing was done. Try again.";
const unshown = "The table was changed, but it could not be drawn again. Close the layout and open it again.";

export function layoutSession(
  document: LayoutDocument,
  initialFacts: LayoutFacts,
  window: LayoutWindow,
): LayoutSession {
  /** Those that said `ready`, each with what it was told last: before, nobody listens. */
  const panels = new Map<Panel, LayoutSnapshot | undefined>();
  const show = tableShower(document);
  let facts = initialFacts;
  let selected: number | null = null;
  /** Where the cursor went while nobody looked. */
  let unseenCursor: number | undefined;
  let turn = Promise.resolve();

  const shown = (): ShownTable => show(facts);
  const isSeen = (): boolean => [...panels.keys()].some(({ isVisible }) => isVisible);

  /** A page that cannot be told keeps nothing from the others. */
  function tell(panel: Panel, message: ToWebviewMessage): void {
    if (panels.has(panel)) tried(() => panel.post(message), failed);
  }

  function tellTable(panel: Panel): void {
    const { snapshot } = shown();
    tell(panel, { name: "snapshot", params: snapshot });
    if (panels.has(panel)) panels.set(panel, snapshot);
  }

  /** Tells all panels what they do not know yet; while none is in view, nothing is worked out. */
  function publish(): void {
    for (const [panel, told] of panels) if (panel.isVisible && told !== shown().snapshot) tellTable(panel);
  }

  function greet(panel: Panel): void {
    panels.set(panel, undefined);
    publish();
    followCursor();
    if (selected !== null) tell(panel, { name: "select", params: { row: selected } });
  }

  /** One change at a time: each is worked out on the text that the one before has left, however that one ended. */
  function change(panel: Panel, baseVersion: number, editsOf: EditsOf): Promise<void> {
    const work = async (): Promise<void> => {
      const refusal = (await attempt(baseVersion, editsOf)) ?? tried(publish, unshown);
      if (refusal === undefined) return;
      tell(panel, { name: "refused", params: { message: refusal } });
      tried(() => tellTable(panel), unshown);
    };
    turn = turn.then(work, work);
    return turn;
  }

  /** Why nothing was changed, as a sentence; undefined where all is as it was asked for. */
  async function attempt(baseVersion: number, editsOf: EditsOf): Promise<string | undefined> {
    try {
      const { analysis, snapshot } = shown();
      if (document.locked !== undefined) return document.locked;
      if (snapshot.version !== baseVersion) return stale;
      if (!analysis) return snapshot.unreadable;
      const edited = editsOf(analysis);
      if (!edited?.ok) return edited?.message;
      if (edited.edits.length === 0) return needless;
      return (await document.apply(edited.edits)) ? undefined : failed;
    } catch (error) {
      return logged(error, failed);
    }
  }

  function tried(work: () => void, sentence: string): string | undefined {
    try {
      work();
      return undefined;
    } catch (error) {
      return logged(error, sentence);
    }
  }

  /** The error is for the log, the sentence for people. */
  function logged(error: unknown, sentence: string): string {
    window.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return sentence;
  }

  const fixText = (
    { problem, fix, title }: FromWebviewParams["applyFix"],
    analysis: Analysis,
  ): EditedText | undefined => {
    const chosen = shownProblems(analysis)[problem]?.fixes?.[fix];
    if (!chosen || shownTitle(chosen) !== title) return { ok: false, message: stale };
    if ("edits" in chosen) return { ok: true, edits: chosen.edits };
    window.runAction(chosen.action);
    return undefined;
  };

  /** Tells all panels but the one where it was selected. */
  function select(row: number | null, from?: Panel): void {
    if (row === selected) return;
    selected = row;
    for (const panel of panels.keys()) if (panel !== from) tell(panel, { name: "select", params: { row } });
  }

  function followCursor(): void {
    if (unseenCursor === undefined || !isSeen()) return;
    const row = rowAt(shown().analysis, unseenCursor);
    unseenCursor = undefined;
    select(row);
  }

  const placeOf = (row: number | null) => nameSpan(shown().analysis, row);

  async function hear(panel: Panel, message: FromWebview): Promise<void> {
    switch (message.name) {
      case "ready": {
        const { protocol } = message.params;
        if (protocol === protocolVersion) greet(panel);
        else window.log(`A page speaks version ${protocol} of the protocol, not ${protocolVersion}.`);
        break;
      }
      case "applyIntent": {
        const { baseVersion, intent } = message.params;
        return change(panel, baseVersion, (analysis) => editText(analysis, intent));
      }
      case "applyFix":
        return change(panel, message.params.baseVersion, (analysis) => fixText(message.params, analysis));
      case "select": {
        select(message.params.row, panel);
        const at = placeOf(message.params.row);
        if (at) window.reveal(at);
        break;
      }
      case "showText":
        window.showText(placeOf(message.params.row));
        break;
      case "chooseBinary":
        window.runAction("choose-micropython");
        break;
      case "failed":
        window.log(`The page failed: ${message.params.message}`);
        break;
      case "pictureFailed":
        window.log(`The page made no picture: ${message.params.message}`);
        panel.answer(message, shown().snapshot);
        break;
      default:
        panel.answer(message, shown().snapshot);
    }
  }

  return {
    async receive(panel, value) {
      const message = readFromWebview(value);
      if (message) await hear(panel, message);
      else window.log("A page sent something that is no message.");
    },
    close: (panel) => void panels.delete(panel),
    textChanged() {
      // The rows may have other numbers now, so the next move of the cursor is news wherever it goes.
      selected = null;
      unseenCursor = undefined;
      publish();
    },
    factsChanged(changed) {
      facts = changed;
      publish();
    },
    lookAgain() {
      publish();
      followCursor();
    },
    cursorMoved(offset) {
      unseenCursor = offset;
      followCursor();
    },
  };
}

/** What to change in a text that has been analysed; nothing where that is not what is wanted. */
type EditsOf = (analysis: Analysis) => EditedText | undefined;
