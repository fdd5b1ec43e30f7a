import { kindText } from "../../picture/names";
import type { PartitionEntry } from "../../table/entry";
import { endOf } from "../../table/entry";
import { flagsText } from "../../table/print";
import { hex, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import { type Block, heading, items, paragraph, table, terms } from "./blocks";
import { inputRoles } from "./inputs";
import { proposalBlocks } from "./proposalBlocks";
import type { MigrationReport } from "./report";
import { routeBlocks } from "./routeBlocks";
import { verdictBlocks } from "./verdictBlocks";
import { NOT_KNOWN } from "./words";

/** The report as a document: what it comes to first, the fingerprint last. Every writer prints these blocks. */
export const reportBlocks = (report: MigrationReport): readonly Block[] => [
  heading(1, "Migration to MicroPython"),
  ...conclusionBlocks(report),
  ...deviceBlocks(report),
  ...inputBlocks(report),
  ...tableBlocks(report),
  ...verdictBlocks(report),
  ...problemBlocks(report),
  ...routeBlocks(report),
  ...proposalBlocks(report),
  ...closingBlocks(report),
];

function conclusionBlocks({ conclusion: { verdict, sentences }, toolVersion }: MigrationReport): Block[] {
  const [first = "", ...others] = sentences;
  return [
    paragraph(first, verdict),
    ...items(others),
    paragraph(`Made by Crossflash ${toolVersion}. The fingerprint of this migration stands at the end.`),
  ];
}

const deviceBlocks = ({ devices }: MigrationReport): Block[] => [
  heading(2, "The devices, and what they get"),
  terms(devices.map(({ label, value = NOT_KNOWN }) => ({ term: label, texts: [value] }))),
];

const inputBlocks = ({ inputs, missing }: MigrationReport): Block[] => [
  heading(2, "The files from which this follows"),
  table(
    [{ title: "File" }, { title: "What it is" }, { title: "Size", isNumber: true }, { title: "SHA-256" }],
    [
      ...inputs.map(({ name, role, size, sha256 }) => [
        name,
        inputRoles[role].title,
        bytesText(size),
        sha256,
      ]),
      ...missing.map((title) => ["not given", title, "", ""]),
    ],
  ),
];

const tableBlocks = ({ source, target, picture }: MigrationReport): Block[] => [
  heading(2, "The partition tables"),
  { kind: "picture", picture },
  heading(3, "What the devices have"),
  partitions(source.entries),
  heading(3, "What they get"),
  partitions(target),
];

const partitions = (entries: readonly PartitionEntry[]): Block =>
  table(
    [
      { title: "Name" },
      { title: "Type" },
      { title: "Offset", isNumber: true },
      { title: "End", isNumber: true },
      { title: "Size", isNumber: true },
      { title: "Flags" },
    ],
    entries.map((entry) => [
      entry.name,
      kindText(entry, []),
      hex(entry.offset),
      hex(endOf(entry)),
      sizeText(entry.size),
      flagsText(entry),
    ]),
  );

const problemBlocks = ({ plan: { problems } }: MigrationReport): Block[] =>
  problems.length === 0
    ? []
    : [
        heading(2, "What speaks against it, and what is lost"),
        ...problems.map(({ severity, message, id }) =>
          paragraph(`${message} (${id})`, severity === "information" ? undefined : severity),
        ),
      ];

const BLANK = "…………………………";

const closingBlocks = ({ fingerprint }: MigrationReport): Block[] => [
  heading(2, "Signatures"),
  paragraph("I have read this report, and the fingerprint below is the one of the migration that is done."),
  table(
    ["Name", "Date", "Signature"].map((title) => ({ title })),
    [
      [BLANK, BLANK, BLANK],
      [BLANK, BLANK, BLANK],
    ],
  ),
  heading(2, "Fingerprint of this migration"),
  paragraph(
    "Two reports with the same fingerprint speak of the same migration: it is the SHA-256 of everything from which verdict and plan follow. Names of files and comments do not count.",
  ),
  { kind: "code", text: fingerprint },
];
