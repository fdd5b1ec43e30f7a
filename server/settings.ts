import { field, type Settings, settingsOf, settingsSection } from "../protocol/settings";
import type { ClientFeatures } from "./clientFeatures";
import type { Connection } from "./connection";

export interface SettingsStore {
  of(uri: string): Promise<Settings>;
  /** The client told that something changed; `pushed` is what it sent along, which counts only without a way to ask. */
  changed(pushed: unknown): void;
}

/** Asks the client per document where it can answer, otherwise keeps what it sent. */
export function settingsStore(
  connection: Connection,
  client: ClientFeatures,
  initial: unknown,
): SettingsStore {
  const asked = new Map<string, Promise<Settings>>();
  let sent = settingsOf(initial);
  const ask = async (scopeUri: string): Promise<Settings> => {
    const items = [{ scopeUri, section: settingsSection }];
    const [section] = await connection.sendRequest("workspace/configuration", { items });
    return settingsOf(section);
  };
  return {
    async of(uri) {
      if (!client.tellsConfiguration) return sent;
      const answer = asked.get(uri) ?? ask(uri).catch(() => settingsOf(undefined));
      asked.set(uri, answer);
      return answer;
    },
    changed(pushed) {
      asked.clear();
      const section = field(pushed, settingsSection);
      if (section !== undefined) sent = settingsOf(section);
    },
  };
}
