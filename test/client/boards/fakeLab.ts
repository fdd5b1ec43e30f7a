import type { Confirmation } from "../../../client/boards/confirmation";
import { flashing } from "../../../client/boards/flashing";
import { boardLab } from "../../../client/boards/lab";
import type { FlashWindow } from "../../../client/boards/ports";
import type { Verdict } from "../../../client/boards/verdict";
import { connectWith } from "../../../device/flasher/connect";
import { findBoard, perform, prepared } from "../../../device/flows/flashFlow";
import type { BoardPort } from "../../../device/port";
import type { VirtualBoard } from "../../../device/virtualBoard/board";
import { turnClock } from "../../device/support/turnClock";

interface Answers {
  readonly confirms?: boolean;
  /** How often *Resume* is pressed. */
  readonly resumes?: number;
  /** Called at each progress, with what can stop it. */
  readonly onProgress?: (text: string, stop: AbortController) => void;
}

/** The lab with virtual boards on its ports, and a window that writes down what it is asked to show. */
export function fakeLab(boards: Readonly<Record<string, VirtualBoard>>, answers: Answers = {}) {
  const names = new Map<string, string>();
  let present = Object.keys(boards);
  const lab = boardLab({
    device: async () => ({ connectBoard: connectWith(turnClock()), findBoard }),
    ports: async () => ({
      list: async () =>
        present.map((path) => ({ path, kind: "virtual" as const, description: "Virtual Board" })),
      port: async (path) => portOf(boards, path),
    }),
    baudRate: () => 921600,
    nameOf: (mac) => names.get(mac),
  });
  const asked: Confirmation[] = [];
  const told: Verdict[] = [];
  const logged: string[] = [];
  const readings: string[] = [];
  let resumes = answers.resumes ?? 0;
  let now = 0;
  const log = (line: string): void => void logged.push(line);
  const window: FlashWindow = {
    progress(_title, work) {
      const stop = new AbortController();
      return work(stop.signal, ({ text }) => {
        readings.push(text);
        answers.onProgress?.(text, stop);
      });
    },
    async confirm(confirmation) {
      asked.push(confirmation);
      return answers.confirms ?? true;
    },
    async tell(verdict, { canResume }) {
      told.push(verdict);
      return canResume && resumes-- > 0;
    },
    log: () => ({ info: log, error: log, trace: () => undefined }),
    now: () => (now += 100),
  };
  return {
    lab,
    names,
    asked,
    told,
    logged,
    readings,
    flashing: flashing(lab, window, async () => ({ findBoard, perform, prepared })),
    plugged(...paths: readonly string[]) {
      present = [...paths];
    },
  };
}

function portOf(boards: Readonly<Record<string, VirtualBoard>>, path: string): BoardPort {
  const board = boards[path];
  if (!board) throw new Error(`There is no ${path}.`);
  return board.port;
}
