import { commands } from "../../protocol/commands";
import { chooseManifest } from "../migration/chooseManifest";
import type { Command } from "./command";

/** Shows what a power cut does to a device, at every operation of the migration. */
export const simulateMigration: Command = {
  id: commands.simulateMigration,
  needsTrust: false,
  async run({ simulations, plans }, argument) {
    const planned = plans.inFront()?.manifest;
    const manifest = await chooseManifest(argument, "Simulate Which Migration?", planned);
    if (manifest) simulations.show(manifest);
  },
};
