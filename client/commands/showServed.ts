import { commands } from "../../protocol/commands";
import { Refusal } from "../refusal";
import type { Command } from "./command";

/** Shows the addresses of what is served, and their QR code. */
export const showServed: Command = {
  id: commands.showServed,
  needsTrust: false,
  async run({ devices }) {
    if (!devices.serving.current())
      throw new Refusal("No OTA images are being served. Use Serve OTA Images first.");
    await devices.showServed();
  },
};
