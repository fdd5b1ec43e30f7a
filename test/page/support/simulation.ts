import type { Browser, Locator, Page } from "playwright-core";
import type {
  FromSimulation,
  ReplayAnswer,
  SimulationSnapshot,
  ToSimulationMessage,
} from "../../../protocol/simulation";
import { openBare } from "./bare";
import type { ServedFile } from "./files";

/** The real page of a simulation in a browser without VS Code; what its host would say is said by the test. */
export interface OpenSimulationPage {
  readonly page: Page;
  readonly sent: readonly FromSimulation[];
  readonly errors: readonly string[];
  tell(message: ToSimulationMessage): void;
  /** The mark of an operation. */
  mark(index: number): Locator;
  readonly inspector: Locator;
  press(...keys: readonly string[]): Promise<void>;
  /** What has the keyboard, as a screen reader names it. */
  focused(): Promise<string>;
}

/** Opens it; `replay` answers each case that the page asks for. */
export type OpenSimulation = (
  snapshot: SimulationSnapshot,
  replay?: (id: string) => Omit<ReplayAnswer, "run" | "id">,
) => Promise<OpenSimulationPage>;

export const openSimulation =
  (browser: Browser, files: ReadonlyMap<string, ServedFile>): OpenSimulation =>
  async (snapshot, replay = () => ({ fault: "Nobody knows." })) => {
    const sent: FromSimulation[] = [];
    const { page, errors, tell } = await openBare(browser, files, "simulation.html", (heard, post) => {
      const message = heard as FromSimulation;
      sent.push(message);
      if (message.name === "ready") post({ name: "snapshot", params: snapshot });
      if (message.name === "showCase")
        post({ name: "replay", params: { ...message.params, ...replay(message.params.id) } });
    });
    await page.locator("vscode-button").first().waitFor();
    return {
      page,
      sent,
      errors,
      tell,
      mark: (index) => page.locator(`button[data-index="${index}"]`),
      inspector: page.locator(".inspector"),
      press: async (...keys) => {
        for (const key of keys) await page.keyboard.press(key);
      },
      focused: () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? ""),
    };
  };
