import otadataSize from "./otadata-size";

/**
 * Every rule, in the order in which `gen_esp32part.py` gets to its check, then what only a device refuses, then the fit
 * of the MicroPython binary.
 */
export const rules = [otadataSize] as const;
