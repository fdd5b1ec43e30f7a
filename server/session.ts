import { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../core/analyse";
import type { Surroundings } from "../core/project/surroundings";
import type { SeverityOverrides } from "../core/rules/check";
import { analyses } from "./analyses";
import type { ClientFeatures } from "./clientFeatures";
import type { Connection } from "./connection";
import { kindOf, type OpenDocuments } from "./documents";
import type { Project } from "./project";
import { type Safely, safely } from "./safe";
import type { SettingsStore } from "./settings";

/** All that a handler needs; there is one for each connection. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly documents: OpenDocuments;
  readonly project: Project;
  readonly settings: SettingsStore;
  readonly safely: Safely;
  /** The open table with everything that follows from it; undefined for all other documents. */
  table(uri: string): Promise<OpenTable | undefined>;
  /** The open manifest; undefined for all other documents. */
  manifest(uri: string): OpenManifest | undefined;
  /** Facts changed for some documents, so that what was computed from them is out of date. */
  readonly factsChanged: () => void;
  readonly onFactsChanged: (listener: () => void) => void;
}

export interface OpenTable {
  readonly document: TextDocument;
  readonly surroundings: Surroundings;
  readonly severities: SeverityOverrides;
  readonly analysis: Analysis;
}

/** `document` is a copy, so that its positions stay right while files are read. */
export interface OpenManifest {
  readonly document: TextDocument;
  readonly project: Project;
}

type Parts = Pick<Session, "connection" | "client" | "documents" | "project" | "settings">;

export function createSession(parts: Parts): Session {
  const { connection, documents, project, settings } = parts;
  const analysisOf = analyses();
  const listeners: (() => void)[] = [];
  return {
    ...parts,
    safely: safely(connection.log),
    async table(uri) {
      const document = documents.get(uri);
      if (!document || kindOf(document) !== "table") return undefined;
      const [surroundings, { severities }] = await Promise.all([project.of(document), settings.of(uri)]);
      // Closed while files were read.
      if (documents.get(uri) !== document) return undefined;
      const analysis = analysisOf(document, surroundings.facts, severities);
      return { document, surroundings, severities, analysis };
    },
    manifest(uri) {
      const document = documents.get(uri);
      return document && kindOf(document) === "manifest"
        ? { document: copyOf(document), project }
        : undefined;
    },
    factsChanged: () => {
      for (const listener of listeners) listener();
    },
    onFactsChanged: (listener) => listeners.push(listener),
  };
}

const copyOf = (document: TextDocument): TextDocument =>
  TextDocument.create(document.uri, document.languageId, document.version, document.getText());
