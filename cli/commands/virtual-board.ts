import { aborted } from "../board/aborted";
import { reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { flag } from "../options";

export default defineCommand({
  name: "virtual-board",
  summary: "Put a virtual board where other programs can talk to it.",
  description:
    "Puts the board that '--port virtual:NAME' means (without a name: 'virtual') on a pseudo-terminal, prints its path, and runs until Ctrl-C. It waits in its loader, because a pseudo-terminal has no reset lines: 'esptool.py --port PATH --before no_reset'. Linux and macOS only. A name that begins with a chip, such as esp32s3-desk, makes a board with this chip. What is written to the board is kept for the next time.",
  operand: { value: "NAME", optional: true },
  options: { pty: flag("On a pseudo-terminal; there is no other way so far, so this is needed.") },
  run: ({ files: [name], options }, io) =>
    reported(io, "text", async (reporter) => {
      if (!options.pty) throw new Stop(2, "Say how other programs reach the board: --pty.");
      const { onPty, ports } = await io.boards();
      const pty = await onPty(await ports.port(name === undefined ? "virtual" : `virtual:${name}`));
      // Whoever reads the path may end it at once.
      const stop = io.interrupted();
      reporter.say([pty.path]);
      reporter.note(["The board waits in its loader. Ctrl-C ends it."]);
      await Promise.race([pty.closed, aborted(stop)]);
      await pty.close();
      await ports.save();
      if (!stop.aborted) throw new Stop(2, "The pseudo-terminal was closed.");
      return 0;
    }),
});
