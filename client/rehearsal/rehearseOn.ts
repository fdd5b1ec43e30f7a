import type { CutChoice } from "../../core/rehearsal/cuts";
import type { Rehearsal } from "../../core/rehearsal/readRehearsal";
import type { SimulationCoverage } from "../../core/rehearsal/report";
import { progressMeter } from "../../device/flows/meter";
import type { Rehearsed } from "../../device/flows/rehearsal";
import type { BoardDesk } from "../boards/boardDesk";
import { confirmation } from "../boards/confirmation";
import { flashWindow } from "../boards/flashWindow";
import { calledIn } from "../boards/labels";
import type { Rehearsing } from "../rehearsing";
import type { RehearsalPlace } from "./rehearsalServer";

export interface RehearsalWish {
  readonly rehearsal: Rehearsal;
  readonly start: string;
  readonly cuts: CutChoice;
  readonly place: RehearsalPlace;
}

/** The share of the progress that the flash job and the rest of the rehearsal have. */
const JOB = 0.2;

/** Simulates, with progress and Cancel. */
export const simulateShown = (
  { logs, texts }: BoardDesk,
  rehearsal: Rehearsal,
  { simulateFirst }: Rehearsing,
): Promise<SimulationCoverage> =>
  flashWindow(logs, texts).progress("Simulating the migration first", (signal, show) =>
    simulateFirst(rehearsal, signal, (share) => show({ text: `${Math.floor(share * 100)} %`, share })),
  );

/** Rehearses on the board of a port, with progress and Cancel; the port is in use for all of it. */
export function rehearseOn(
  path: string,
  boards: BoardDesk,
  { rehearsal, start, cuts, place }: RehearsalWish,
  { rehearse, realClock }: Rehearsing,
): Promise<Rehearsed> {
  const { lab } = boards;
  const window = flashWindow(boards.logs, boards.texts);
  const called = (): string => {
    const shown = lab.at(path);
    return shown ? calledIn(shown) : path;
  };
  const title = "Rehearsing the migration";
  return window.progress(`${called()}: ${title}`, (signal, show) =>
    lab.use(path, { title, signal }, async (first, report) => {
      const ports = await boards.ports();
      const { connectBoard } = await boards.device();
      const log = window.log(first.identity.mac);
      const meter = progressMeter();
      const shown = (text: string, share: number): void => {
        show({ text, share });
        report(share);
      };
      let next: typeof first | undefined = first;
      return rehearse(
        rehearsal,
        { start, cuts, runs: 1 },
        {
          async connect() {
            const board = next ?? (await connectBoard(await ports.port(path), { signal }));
            next = undefined;
            return board;
          },
          port: () => ports.port(path),
          virtual: ports.virtualBoard(path),
          startServer: place.startServer,
          async confirm(prepared) {
            const asked = confirmation([{ path, board: called(), prepared }]);
            const warnings = [...rehearsal.standIns, ...place.warnings].join("\n\n");
            const isAgreed = await window.confirm({
              ...asked,
              action: "Rehearse",
              detail: [asked.detail, warnings].filter((text) => text !== "").join("\n\n"),
              document: [asked.document, warnings].join("\n\n"),
            });
            if (isAgreed) lab.forget(path);
            return isAgreed;
          },
          clock: realClock,
          signal,
          tell({ kind, text, share }) {
            if (kind === "unexpected") log.error(text);
            else log.info(text);
            shown(text, share);
          },
          onProgress(progress) {
            const reading = meter(progress, window.now());
            shown(reading.text, reading.share * JOB);
          },
        },
      );
    }),
  );
}
