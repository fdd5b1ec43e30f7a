import { readStepReport, type StepReport } from "../delivery/stepReport";
import type { RehearsalEvent } from "./events";
import { followDelivery } from "./followDelivery";
import { type Following, stepOf } from "./following";
import { followReport } from "./followReport";
import { done, gaveUp, remarked, resumedAt, strange } from "./progress";

/** The board after something was heard of it. What it was told to do and what it does are compared with the plan. */
export function follow(before: Following, event: RehearsalEvent): Following {
  if (before.end !== "going") return before;
  switch (event.kind) {
    case "line":
      return followLine(before, event.text, event.at);
    case "prompt":
      return before.banner === undefined ? before : arrived(before, event.at);
    case "trouble":
      return followTrouble(before, event.title, event.at);
    case "delivery":
      return followDelivery(before, event.event, event.at);
    case "cut":
      return {
        ...remarked(before, event.at, `Power was cut: ${event.cut}.`),
        cuts: [
          ...before.cuts,
          { at: event.at, cut: event.cut, step: before.current, found: undefined, resumed: undefined },
        ],
        delivery: undefined,
        progressAt: event.at,
      };
  }
}

/** Where the log of ESP-IDF has its tag: colours and time stand in front of it. */
const REPORT = /crossflash: step=.*/;
/** What the ROM of every chip says first. */
const RESET = /\brst:0x/;
const BANNER = /^MicroPython v\d\S*.*/;

function followLine(before: Following, text: string, at: number): Following {
  const report = reportIn(text);
  if (report) return followReport(before, report, "line", at);
  if (before.delivery?.isWhole && RESET.test(text))
    return { ...done(before, "deliver-repartitioner", at), delivery: undefined };
  const [banner] = BANNER.exec(text) ?? [];
  if (banner !== undefined) return { ...welcomed(resumedAt(before, at, text, "first-start"), at), banner };
  if (text.includes("The filesystem appears to be corrupted"))
    return gaveUp(before, at, "MicroPython says that its filesystem is corrupted, and says so for ever.");
  // The second stage bootloader resets the chip and finds the same again.
  if (text.includes("Failed to verify partition table"))
    return gaveUp(before, at, "The bootloader finds no partition table that it takes.");
  return before;
}

const reportIn = (text: string): StepReport | undefined => {
  const [line] = REPORT.exec(text) ?? [];
  // Colours end the line.
  const read = line === undefined ? undefined : readStepReport(line.replace(/\u001b\[[0-9;]*m$/, ""));
  return read?.ok ? read.value : undefined;
};

/** MicroPython has started; whether it was its turn the plan knows. The step began when MicroPython was chosen. */
function welcomed(before: Following, at: number): Following {
  const isChosen = stepOf(before, "select-micropython")?.doneAt !== undefined;
  const following = { ...before, progressAt: at };
  return isChosen ? following : strange(following, at, "MicroPython started before it was chosen.");
}

function arrived(before: Following, at: number): Following {
  return { ...done(before, "first-start", at), end: "arrived" };
}

function followTrouble(before: Following, title: string, at: number): Following {
  const isAfterCut = before.cuts.some(({ resumed }) => resumed === undefined);
  return isAfterCut ? remarked(before, at, `${title}.`) : strange(before, at, `${title}.`);
}
