import type { DeviceRecord } from "../../core/delivery/deviceRecord";
import { logEntries } from "../../core/delivery/eventText";
import type { ServedImage } from "../../core/delivery/readDelivery";
import type { ServerCertificate } from "../../device/otaServer/certificate";
import type { DeviceStore } from "../../device/otaServer/deviceStore";
import type { OtaServer } from "../../device/otaServer/otaServer";
import type { OtaServing } from "../otaServer";
import { Refusal } from "../refusal";

/** The one server of a window, and the devices that it has seen. */
export interface Serving {
  /** What is served right now. */
  current(): Served | undefined;
  /** Refused where a server runs already, and where the address cannot be had. */
  start(options: ServingOptions): Promise<Served>;
  /** The devices stay known, so that their log can still be saved. */
  stop(): Promise<void>;
  devices(): readonly DeviceRecord[];
  /** Calls when a server starts or ends; what devices do has to be asked for. */
  onChange(listener: () => void): () => void;
}

export interface ServingOptions {
  readonly images: readonly ServedImage[];
  readonly address: string;
  readonly port: number;
  readonly token: string | undefined;
  readonly certificate: ServerCertificate | undefined;
}

export interface Served {
  readonly server: OtaServer;
  readonly images: readonly ServedImage[];
  /** What the devices have to know of the server, in PEM; undefined for plain HTTP. */
  readonly authority: string | undefined;
}

export interface ServingHost {
  /** Loads what serves, on first use. */
  load(): Promise<Pick<OtaServing, "startOtaServer" | "deviceStore" | "defaultLimits">>;
  /** Milliseconds of the clock on the wall. */
  now(): number;
  log(line: string): void;
}

export function serving({ load, now, log }: ServingHost): Serving {
  const listeners = new Set<() => void>();
  let served: Served | undefined;
  let isStarting = false;
  let store: DeviceStore | undefined;

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  async function startNow({ images, ...options }: ServingOptions): Promise<Served> {
    const { startOtaServer, deviceStore, defaultLimits } = await load();
    const devices = deviceStore(defaultLimits.devices);
    const started = await startOtaServer({
      ...options,
      images,
      now,
      onEvent(event) {
        const { id } = devices.hear(event);
        for (const { message } of logEntries(event)) log(`${id}: ${message}`);
      },
    });
    if (!started.ok) throw new Refusal(started.message);
    store = devices;
    served = { server: started.value, images, authority: options.certificate?.authority };
    return served;
  }

  return {
    current: () => served,
    async start(options) {
      if (served || isStarting) throw new Refusal("OTA images are being served already. Stop that first.");
      isStarting = true;
      try {
        return await startNow(options);
      } finally {
        isStarting = false;
        changed();
      }
    },
    async stop() {
      const { server } = served ?? {};
      served = undefined;
      await server?.close();
      changed();
    },
    devices: () => store?.devices() ?? [],
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
