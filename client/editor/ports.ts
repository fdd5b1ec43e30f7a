import type { Fix } from "../../core/rules/rule";
import type { Span, TextEdit } from "../../core/text/span";
import type { FromWebview, LayoutSnapshot, ToWebviewMessage } from "../../protocol/webview";

/** The text of one table, as its editor holds it. Offsets are those of the text as it is now. */
export interface LayoutDocument {
  /** The name of the file. */
  readonly title: string;
  /** Grows with every change of the text. */
  readonly version: number;
  /** Why nobody can change the text here, as a sentence; undefined where everybody can. */
  readonly locked: string | undefined;
  text(): string;
  /** One undo step. False where nothing was changed, because the text had changed meanwhile or cannot be written. */
  apply(edits: readonly TextEdit[]): Promise<boolean>;
}

/** An action behind a fix that only a host can do. */
export type FixAction = Extract<Fix, { action: string }>["action"];

/** What a page asks for that is not about the text. */
export type PageRequest = Extract<
  FromWebview,
  { name: "showRule" | "exportPicture" | "savePng" | "pictureCopied" | "pictureFailed" }
>;

/** One page that shows the table. */
export interface Panel {
  /** One that is hidden has no page; it says `ready` again when it is shown. */
  readonly isVisible: boolean;
  post(message: ToWebviewMessage): void;
  /** `shown` is what all panels show at this moment. */
  answer(request: PageRequest, shown: LayoutSnapshot): void;
}

/** The window around the panels. */
export interface LayoutWindow {
  /** Lets the cursor of the text editors follow, without taking the focus. */
  reveal(at: Span): void;
  /** Brings the text to the front, at this place where one is given. */
  showText(at: Span | undefined): void;
  runAction(action: FixAction): void;
  log(message: string): void;
}
