/** A size to the byte, where a rounded one would not do: `1,464,336 bytes`. */
export const bytesText = (count: number): string =>
  `${String(count).replace(/\B(?=(\d{3})+$)/g, ",")} ${count === 1 ? "byte" : "bytes"}`;
