import { type ChosenBinary, flashEnd } from "../../facts";
import { isFilesystem, micropythonFilesystem } from "../../ota/micropythonFilesystem";
import { micropythonSlot } from "../../ota/micropythonSlot";
import { cellOf } from "../../table/csv";
import { setNumber } from "../../table/edit";
import { endOf, type PlacedEntry } from "../../table/entry";
import type { TextEdit } from "../../text/span";
import { alignUp } from "../../text/units";
import type { Fix, Subject } from "../rule";
import { fieldSpan } from "./entries";
import { type FindingPlace, isAllPlaced, nextInFlash, wholeTable } from "./space";

/** A slot grows in steps of the pages in which flash is mapped: what follows is often an app, which begins at one. */
export const PAGE = 0x10000;

/** Less than this is no filesystem worth having, so no fix shrinks one further. */
export const USEFUL_FILESYSTEM = 0x10000;

/** The action that every problem of the binary itself offers. */
export const chooseAnother: Fix = {
  title: "Choose another MicroPython binary…",
  action: "choose-micropython",
};

/** Where to show a problem of the binary itself: at the slot that will hold it. */
export function atBinary(subject: Subject): FindingPlace {
  const slot = micropythonSlot(subject.table);
  return slot ? { at: fieldSpan(slot, "name") } : wholeTable(subject);
}

/** What the rules of the filesystem look at; nothing while there is no usable binary. */
export function filesystemOf({ table, facts }: Subject) {
  const { micropython } = facts;
  if (!micropython || micropython.kind === "unusable") return undefined;
  return { binary: micropython, state: micropythonFilesystem(table, micropython, facts) };
}

/** The chosen binary, where it is one that runs. */
export const usableBinary = ({ facts: { micropython } }: Subject): ChosenBinary | undefined =>
  micropython?.kind === "unusable" ? undefined : micropython;

/**
 * Makes a slot larger: into free space behind it, or at the cost of a filesystem behind it, which begins later and
 * keeps its end. Nothing where neither is there.
 */
export function growSlot(subject: Subject, slot: PlacedEntry, bytes: number): TextEdit[] {
  const { table, facts } = subject;
  if (!isAllPlaced(table)) return [];
  const size = alignUp(bytes, PAGE);
  const end = slot.offset + size;
  const next = nextInFlash(table.entries, slot);
  const limit = next?.offset ?? flashEnd(facts);
  if (limit === undefined) return [];
  const grown = setNumber(slot.row, "size", size);
  if (end <= limit) return [grown];
  return next && isFilesystem(next) && endOf(next) - end >= USEFUL_FILESYSTEM
    ? [grown, ...beginAt(next, end)]
    : [];
}

/** Moves the beginning of a partition and keeps its end. A blank offset follows by itself, an end address stays. */
function beginAt(entry: PlacedEntry, offset: number): TextEdit[] {
  const keepsEnd = cellOf(entry.row, "size").text.startsWith("-");
  return [
    ...(entry.automatic ? [] : [setNumber(entry.row, "offset", offset)]),
    ...(keepsEnd ? [] : [setNumber(entry.row, "size", endOf(entry) - offset)]),
  ];
}
