import type { Browser, Page } from "playwright-core";
import type { LayoutFacts } from "../../../client/editor/facts";
import type { FromWebview, ToWebviewMessage } from "../../../protocol/webview";
import { type FakeLayout, fakeLayout } from "../../client/fakeLayout";
import { openBare } from "./bare";
import type { ServedFile } from "./files";
import { type Parts, partsOf } from "./parts";

/** The real page in a browser without VS Code, and behind it the real session over a document that is only a text. */
export interface OpenPage extends Parts {
  readonly page: Page;
  readonly layout: FakeLayout;
  /** What the page has asked for, in order. */
  readonly sent: readonly FromWebview[];
  /** What went wrong in the page, its security policy included. */
  readonly errors: readonly string[];
  /** Changes of the text that the page has asked for. */
  changes(): number;
  /** Tells the page something past the session. */
  tell(message: ToWebviewMessage): void;
  /** Resolves when the page has heard all that it was told. */
  heard(): Promise<void>;
  /** Resolves when that is drawn as well, and all that the page has asked for is done. */
  settled(): Promise<void>;
}

export type OpenLayout = (text: string, facts?: LayoutFacts) => Promise<OpenPage>;

export const openLayout =
  (browser: Browser, files: ReadonlyMap<string, ServedFile>): OpenLayout =>
  async (text, facts) => {
    const layout = fakeLayout(text, facts);
    const panel = layout.load();
    const sent: FromWebview[] = [];
    let done: Promise<unknown> = Promise.resolve();
    const { page, errors, tell } = await openBare(browser, files, "index.html", (heard, post) => {
      const message = heard as FromWebview;
      sent.push(message);
      done = Promise.all([done, Object.assign(panel, { post }).sendRaw(message)]);
    });
    const parts = partsOf(page);
    await parts.ready();
    return {
      ...parts,
      page,
      layout,
      sent,
      errors,
      tell,
      changes: () => sent.filter(({ name }) => name === "applyIntent").length,
      heard: () => page.evaluate(hearAll),
      settled: async () => {
        await page.evaluate(hearAll);
        await page.evaluate(drawAll);
        await done;
      },
    };
  };

/** From now on the page hears what it is told, and its picture stays as it is. */
export const drawNothingMore = ({ page }: OpenPage): Promise<void> =>
  page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });

/** A message of its own is heard after all that were posted before; runs in the page. */
const hearAll = (): Promise<void> =>
  new Promise((resolve) => {
    const hear = ({ data }: MessageEvent): void => {
      if (data.name !== "heard") return;
      window.removeEventListener("message", hear);
      resolve();
    };
    window.addEventListener("message", hear);
    window.postMessage({ name: "heard" }, "*");
  });

/** Until the next picture is drawn, and what that sets off has begun; runs in the page. */
const drawAll = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
