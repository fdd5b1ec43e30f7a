import { backupMaker } from "../board/backupMaker";
import { changing, connection, format, looking } from "../board/options";
import { reported } from "../board/reporter";
import { runJob } from "../board/runJob";
import { defineCommand } from "../command";

export default defineCommand({
  name: "restore",
  summary: "Write a backup back to a board.",
  description:
    "Writes every region of a backup to where it was read. The SHA-256 of every file is checked first: a backup that is not finished, or a file that was changed, is refused. What the board holds already is not sent. It is a warning where the backup is of another board.",
  operand: { value: "FOLDER" },
  options: { ...connection, ...looking, ...changing, format },
  run: ({ files: [folder = ""], options }, io) =>
    reported(io, options.format, async (reporter) =>
      runJob(await backupMaker(folder, io), options, io, reporter),
    ),
});
