import { Refusal } from "../refusal";

/** What is being done on a port. */
export interface PortTask {
  /** `Flashing Desk`. */
  readonly title: string;
  /** How much of it is done, 0 to 1; undefined while nobody knows. */
  readonly share: number | undefined;
  /** Whether the next task waits for it. */
  readonly short?: boolean | undefined;
}

/** Somebody who keeps a port open and lends it: the monitor. One wish at a time, in order; neither ever rejects. */
export interface PortHolder {
  release(): Promise<void>;
  retake(): Promise<void>;
}

export interface TaskOptions {
  readonly title: string;
  /** A short one is waited for; a second task is refused only where the first one takes long. */
  readonly short?: boolean | undefined;
}

export interface PortTasks {
  taskOf(path: string): PortTask | undefined;
  /** Throws a refusal that names the first task where the port is in use. */
  run<T>(
    path: string,
    options: TaskOptions,
    work: (report: (share: number) => void) => Promise<T>,
  ): Promise<T>;
  /** Until the function that is given back is called. */
  hold(path: string, holder: PortHolder): () => void;
}

interface Running extends TaskOptions {
  share: number | undefined;
  readonly ended: Promise<void>;
}

/** One task at a time on a port. */
export function portTasks(changed: () => void): PortTasks {
  const running = new Map<string, Running>();
  const holders = new Map<string, PortHolder>();

  return {
    taskOf: (path) => running.get(path),
    async run(path, options, work) {
      // Nothing is awaited between the last look and the entry: two tasks that begin together must see each other.
      for (let first = running.get(path); first; first = running.get(path)) {
        if (!first.short)
          throw new Refusal(`${path} is in use: ${first.title}. Wait until that is done, or cancel it.`);
        await first.ended;
      }
      let end = (): void => undefined;
      const task: Running = {
        ...options,
        share: undefined,
        ended: new Promise((resolve) => {
          end = resolve;
        }),
      };
      running.set(path, task);
      changed();
      const report = (share: number): void => {
        const isSeen = Math.floor(share * 100) !== Math.floor((task.share ?? -1) * 100);
        task.share = share;
        if (isSeen) changed();
      };
      try {
        await holders.get(path)?.release();
        return await work(report);
      } finally {
        running.delete(path);
        end();
        changed();
        void holders.get(path)?.retake();
      }
    },
    hold(path, holder) {
      holders.set(path, holder);
      return () => {
        if (holders.get(path) === holder) holders.delete(path);
      };
    },
  };
}
