/**
 * SLIP framing of the serial protocol: a packet stands between two END bytes, and END and ESC inside it are escaped.
 * Source: "Low Level Protocol" of esptool's page on the serial protocol.
 */
const END = 0xc0;
const ESC = 0xdb;
const ESC_END = 0xdc;
const ESC_ESC = 0xdd;

/** A command with the largest data that its 16-bit size can name, and its header. */
const LONGEST_PACKET = 0xffff + 8;

export const encodeSlip = (packet: Uint8Array): Uint8Array => {
  const escapes = packet.reduce((count, byte) => (byte === END || byte === ESC ? count + 1 : count), 0);
  const frame = new Uint8Array(packet.length + escapes + 2);
  let at = 0;
  frame[at++] = END;
  for (const byte of packet) {
    if (byte === END || byte === ESC) frame[at++] = ESC;
    frame[at++] = byte === END ? ESC_END : byte === ESC ? ESC_ESC : byte;
  }
  frame[at] = END;
  return frame;
};

/** Takes bytes as they come, in pieces of any size, and gives every packet once its last byte is there. */
export type SlipDecoder = (bytes: Uint8Array) => readonly Uint8Array[];

/**
 * What stands outside of frames is dropped, and so is a frame with a wrong escape or one longer than `longest`. An END
 * right behind an END begins a frame, so a reader that fell out of step is in step again after one packet.
 */
export const slipDecoder = (longest = LONGEST_PACKET): SlipDecoder => {
  const buffer = new Uint8Array(longest);
  let length = 0;
  let state: "outside" | "inside" | "escaped" | "spoilt" = "outside";

  const keep = (byte: number): void => {
    if (length === longest) state = "spoilt";
    else {
      buffer[length++] = byte;
      state = "inside";
    }
  };
  const escaped = (byte: number): void => {
    if (byte === ESC_END) keep(END);
    else if (byte === ESC_ESC) keep(ESC);
    else state = "spoilt";
  };
  const endOfFrame = (packets: Uint8Array[]): void => {
    const whole = state === "inside" && length > 0;
    if (whole) packets.push(buffer.slice(0, length));
    state = whole ? "outside" : "inside";
    length = 0;
  };
  const take = (byte: number, packets: Uint8Array[]): void => {
    if (byte === END) endOfFrame(packets);
    else if (state === "escaped") escaped(byte);
    else if (state === "inside" && byte === ESC) state = "escaped";
    else if (state === "inside") keep(byte);
  };

  return (bytes) => {
    const packets: Uint8Array[] = [];
    for (const byte of bytes) take(byte, packets);
    return packets;
  };
};
