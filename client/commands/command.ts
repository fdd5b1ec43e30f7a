import type { CommandId } from "../../protocol/commands";
import type { CommandContext } from "../session";

/** One command: adding one takes its file, a line in `index.ts`, its id in `protocol/commands.ts` and its manifest entry. */
export interface Command {
  readonly id: CommandId;
  /** Commands that write files do nothing in Restricted Mode. */
  readonly needsTrust: boolean;
  /** `argument` is whatever the editor, a lens or another extension passes: nothing is known of it. */
  readonly run: (context: CommandContext, argument: unknown) => Promise<void>;
}
