import { cellOf } from "../../table/csv";
import { deleteRow, setNumber } from "../../table/edit";
import { DATA } from "../../table/subtypes";
import { hex } from "../../text/units";
import { type Finding, quoted, type Subject } from "../rule";
import { entriesOf } from "./entries";
import { fixesThatFit } from "./room";
import { OTADATA_SIZE } from "./sizes";

/** What `otadata-size` and its twin for the trusted execution environment look for. */
export function* wrongSize(subject: Subject, subtype: number, name: string): Iterable<Finding> {
  const [entry, ...more] = entriesOf(subject.table, DATA, subtype);
  // More than one is another rule's problem; the tool gets to the size only when there is one.
  if (!entry || more.length > 0 || entry.size === OTADATA_SIZE) return;
  yield {
    at: cellOf(entry.row, "size").span,
    message: `${name} ${quoted(entry)} must be 0x2000 bytes (8 KB), not ${hex(entry.size)}.`,
    fixes: fixesThatFit(subject, [
      { title: `Make ${quoted(entry)} 0x2000 bytes`, edits: [setNumber(entry.row, "size", OTADATA_SIZE)] },
    ]),
  };
}

/** What `otadata-duplicate` and its twin look for: every one after the first. */
export function* moreThanOne(subject: Subject, subtype: number, name: string): Iterable<Finding> {
  const [first, ...more] = entriesOf(subject.table, DATA, subtype);
  for (const entry of more) {
    if (!first) return;
    yield {
      at: cellOf(entry.row, "subtype").span,
      message: `${quoted(entry)} is a second ${name} partition; only one is allowed. Remove it or give it another subtype.`,
      related: [{ at: cellOf(first.row, "subtype").span, message: `${quoted(first)} is the first.` }],
      fixes: fixesThatFit(subject, [
        { title: `Remove ${quoted(entry)}`, edits: [deleteRow(subject.csv, entry.row)] },
      ]),
    };
  }
}
