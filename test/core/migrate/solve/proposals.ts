import { chipById } from "../../../../core/chip/targets";
import type { Proposal, ProposalInput } from "../../../../core/migrate/solve/proposal";
import { proposeLayouts } from "../../../../core/migrate/solve/proposeLayouts";
import { hex } from "../../../../core/text/units";
import { entriesOf, type StockName, stockTables } from "../stockTables";

/** Bytes of the app that the published procedure installed. */
export const PUBLISHED_BINARY = 1_464_336;

/** A stock table on an ESP32, and the binary of the published procedure. */
export function inputOf(name: StockName, more: Partial<ProposalInput> = {}): ProposalInput {
  const { flash, table } = stockTables[name];
  return {
    source: { entries: entriesOf(table), tableOffset: 0x8000 },
    flashSize: flash * 0x100000,
    chip: chipById("esp32"),
    binarySize: PUBLISHED_BINARY,
    ...more,
  };
}

/** `app0 0x10000/0x140000 app1 …` of the partitions from the first app on; or why there are none. */
export const layoutText = (proposal: Proposal): string =>
  proposal.isPossible
    ? proposal.entries
        .filter(({ offset }) => offset >= 0x10000)
        .map(({ name, offset, size }) => `${name} ${hex(offset)}/${hex(size)}`)
        .join(" ")
    : proposal.why;

export const proposalsOf = (name: StockName, more: Partial<ProposalInput> = {}): readonly Proposal[] =>
  proposeLayouts(inputOf(name, more));
