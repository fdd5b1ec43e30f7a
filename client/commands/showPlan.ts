import { commands } from "../../protocol/commands";
import { chooseManifest } from "../migration/chooseManifest";
import type { Command } from "./command";

/** Shows what happens to the devices, step by step, and whether it may be done. */
export const showPlan: Command = {
  id: commands.showPlan,
  needsTrust: false,
  async run({ plans }, argument) {
    const manifest = await chooseManifest(argument, "The Plan of Which Migration?");
    if (manifest) await plans.show(manifest);
  },
};
