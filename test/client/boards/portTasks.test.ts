import { describe, expect, test } from "vitest";
import { portTasks } from "../../../client/boards/portTasks";

/** Work that ends when it is told to. */
function work<T>(value: T) {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<T>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve(value));
  });
  return { run: () => ended, end: (error?: Error) => end(error) };
}

const flashing = { title: "Flashing Desk" };
const identifying = { title: "Identifying Desk", short: true };

describe("a port", () => {
  test("does one thing at a time; a second one is refused with the name of the first", async () => {
    const tasks = portTasks(() => undefined);
    const first = work(1);
    const done = tasks.run("COM3", flashing, first.run);
    await expect(tasks.run("COM3", identifying, work(2).run)).rejects.toThrow(
      /COM3 is in use: Flashing Desk/,
    );
    expect(tasks.taskOf("COM3")?.title).toBe("Flashing Desk");
    expect(tasks.taskOf("COM4")).toBeUndefined();
    first.end();
    expect(await done).toBe(1);
    expect(tasks.taskOf("COM3")).toBeUndefined();
  });

  test("is waited for while something short is done", async () => {
    const tasks = portTasks(() => undefined);
    const short = work("short");
    const order: string[] = [];
    const first = tasks.run("COM3", identifying, short.run).then((name) => order.push(name));
    const second = tasks.run("COM3", flashing, async () => order.push("long"));
    short.end();
    await Promise.all([first, second]);
    expect(order).toEqual(["short", "long"]);
  });

  test("is free again after a failure", async () => {
    const tasks = portTasks(() => undefined);
    const first = work(1);
    const failed = tasks.run("COM3", flashing, first.run);
    first.end(new Error("the cable"));
    await expect(failed).rejects.toThrow("the cable");
    expect(await tasks.run("COM3", flashing, async () => 2)).toBe(2);
  });

  test("is lent by the monitor for as long as a task takes", async () => {
    const tasks = portTasks(() => undefined);
    const order: string[] = [];
    const holder = {
      release: async () => void order.push("release"),
      retake: async () => void order.push("retake"),
    };
    const letGo = tasks.hold("COM3", holder);
    await tasks.run("COM3", flashing, async () => void order.push("flash"));
    expect(order).toEqual(["release", "flash", "retake"]);
    letGo();
    await tasks.run("COM3", flashing, async () => void order.push("flash"));
    expect(order).toHaveLength(4);
  });

  test("tells each percent once", async () => {
    let told = 0;
    const tasks = portTasks(() => {
      told++;
    });
    await tasks.run("COM3", flashing, async (report) => {
      for (let step = 0; step <= 1000; step++) report(step / 1000);
    });
    expect(told).toBe(2 + 101);
  });
});
