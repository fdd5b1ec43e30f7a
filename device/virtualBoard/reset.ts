/** What the host can pull: DTR and RTS, true when asserted. */
export interface Lines {
  readonly dtr: boolean;
  readonly rts: boolean;
}

export type BootMode = "download" | "flash";

/** How the lines reach the chip. */
export interface ResetCircuit {
  /** Whether the chip is held in reset while the lines stand like this. */
  change(lines: Lines): "held" | "running";
  /** What the chip does when it comes out of reset while the lines stand like this. */
  modeAfter(lines: Lines): BootMode;
}

/**
 * The two transistors of a development board: one line alone pulls the reset pin (RTS) or IO0 (DTR), both together
 * pull neither, so that a terminal that asserts both lets the chip run.
 */
export const bridgeCircuit = (): ResetCircuit => ({
  change: ({ dtr, rts }) => (rts && !dtr ? "held" : "running"),
  modeAfter: ({ dtr, rts }) => (dtr && !rts ? "download" : "flash"),
});

/**
 * The USB-Serial-JTAG controller inside the chip: DTR alone remembers the wish for download mode, no line forgets it,
 * and RTS alone resets into what is remembered then. That is why clients go through both lines at once.
 */
export const usbJtagCircuit = (): ResetCircuit => {
  let wanted: BootMode = "flash";
  let chosen: BootMode = "flash";
  return {
    change({ dtr, rts }) {
      if (dtr !== rts) {
        if (rts) chosen = wanted;
        else wanted = "download";
      } else if (!dtr) wanted = "flash";
      return rts && !dtr ? "held" : "running";
    },
    modeAfter: () => chosen,
  };
};
