import { describe, expect, test } from "vitest";
import { boardMonitor, type Listening } from "../../../client/boards/monitoring";
import { monitorText } from "../../../client/boards/monitorText";
import { turn } from "../../device/support/protocolClient";

const meaning = {
  severity: "error" as const,
  title: "No bootable app",
  cause: "No app partition holds an app.",
  fix: "Flash one.",
};
const EXPLAINED =
  "\u001b[31m  Error: No bootable app. No app partition holds an app. Flash one.\u001b[0m\r\n";

describe("what a terminal shows of a board", () => {
  function checkText(what: string, pieces: readonly string[], shown: string, stamp?: string): void {
    test(what, () => {
      let printed = "";
      const screen = monitorText(
        (text) => {
          printed += text;
        },
        () => stamp,
      );
      for (const piece of pieces) screen.text(piece);
      expect(printed).toBe(shown);
    });
  }

  checkText("lines end with both characters", ["a\nb\r\nc"], "a\r\nb\r\nc");
  checkText("a line end in two pieces is one", ["a\r", "\nb"], "a\r\nb");
  checkText("a return alone stays one", ["50 %\r", "60 %"], "50 %\r60 %");
  checkText("lines that are told apart stay apart", ["a\r", "\n", "\nb"], "a\r\n\r\nb");
  checkText(
    "the time stands before each line, once",
    ["a\nb", "c\n", "\nd"],
    "\u001b[2m12:00\u001b[0m a\r\n\u001b[2m12:00\u001b[0m bc\r\n\r\n\u001b[2m12:00\u001b[0m d",
    "12:00",
  );

  test("an explanation has lines of its own", () => {
    let printed = "";
    const screen = monitorText((text) => {
      printed += text;
    });
    screen.text("E (41) boot: No bootable app\n");
    screen.meaning(meaning);
    screen.text(">>> ");
    screen.notice("The cable.");
    expect(printed).toBe(
      `E (41) boot: No bootable app\r\n${EXPLAINED}>>> \r\n\u001b[7m The cable. \u001b[0m\r\n`,
    );
  });
});

/** A monitor whose ports are opened in vain so often, and what its screen shows. */
function listened({ failures = 0, isInUse = false } = {}) {
  const calls: string[] = [];
  const notices: string[] = [];
  let left = failures;
  let finish: (fault: undefined) => void = () => undefined;
  const open = async (_listening: Listening) => {
    if (left-- > 0) throw new Error("Access is denied.");
    calls.push("open");
    return {
      write: async (text: string) => void calls.push(`write ${JSON.stringify(text)}`),
      reset: async () => void calls.push("reset"),
      setBaudRate: async (rate: number) => void calls.push(`rate ${rate}`),
      close: async () => void calls.push("close"),
      ended: new Promise<undefined>((resolve) => {
        finish = resolve;
      }),
    };
  };
  const screen = monitorText(() => undefined);
  const notice = (sentence: string): void => void notices.push(sentence);
  const monitor = boardMonitor("COM3", open, { ...screen, notice }, isInUse);
  return { monitor, calls, notices, cut: () => finish(undefined) };
}

describe("a monitored port", () => {
  test("is opened at once; keys go to the board, and Ctrl-T restarts it", async () => {
    const { monitor, calls, notices } = listened();
    await turn();
    expect(notices).toEqual([expect.stringContaining("Listening to COM3")]);
    monitor.type("print(1)\r");
    monitor.type("\u0014");
    monitor.restart();
    await monitor.stop();
    expect(calls).toEqual(["open", 'write "print(1)\\r"', "reset", "reset", "close"]);
  });

  test("changes its rate while it is open, and not before", async () => {
    const { monitor, calls } = listened();
    monitor.changeRate(9600);
    await turn();
    monitor.changeRate(74880);
    await monitor.stop();
    expect(calls).toEqual(["open", "rate 74880", "close"]);
  });

  test("is given away while a task needs it, and taken again", async () => {
    const { monitor, calls, notices } = listened();
    await monitor.release();
    monitor.type("x");
    await turn();
    expect(calls).toEqual(["open", "close"]);
    await monitor.retake();
    expect(calls).toEqual(["open", "close", "open"]);
    expect(notices.at(-2)).toMatch(/COM3 is in use; the monitor goes on afterwards/);
  });

  test("waits for the task that has it already", async () => {
    const { monitor, calls } = listened({ isInUse: true });
    await turn();
    expect(calls).toEqual([]);
    await monitor.retake();
    expect(calls).toEqual(["open"]);
  });

  test("that cannot be opened says why, and a key tries again", async () => {
    const { monitor, calls, notices } = listened({ failures: 1 });
    await turn();
    expect(notices).toEqual(["Access is denied. Press a key to try again."]);
    monitor.type("\r");
    await turn();
    expect(calls).toEqual(["open"]);
  });

  test("that was lost is opened again by a key", async () => {
    const { monitor, calls, cut } = listened();
    await turn();
    cut();
    await turn();
    monitor.type("x");
    await turn();
    expect(calls).toEqual(["open", "open"]);
  });

  test("is not taken again once the terminal is closed", async () => {
    const { monitor, calls } = listened();
    await turn();
    await monitor.stop();
    await monitor.retake();
    expect(calls).toEqual(["open", "close"]);
  });
});
