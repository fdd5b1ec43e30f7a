import { once } from "node:events";
import http from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { deliveryFiles, deliveryManifest, makeRepartitioner, micropython } from "../support/deliveryFixture";
import { makeCombined } from "../support/imageFixture";
import { eventually, expect, type OpenFolder, test, type Window } from "./support/test";
import { plainSpaces, withoutIcons } from "./support/text";

const REPARTITIONER = makeRepartitioner();
const FIRST = "24:6f:28:00:00:01";
const SECOND = "24:6f:28:00:00:02";

/** A migration whose devices ask this machine. */
async function openMigration(
  openFolder: OpenFolder,
  changes: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Window & { readonly port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  server.close();
  const url = (name: string): string => `http://127.0.0.1:${port}/${name}.bin`;
  const delivery = { repartitioner: url("repartitioner"), micropython: url("micropython") };
  const files = {
    ...Object.fromEntries(Object.entries(deliveryFiles).filter(([name]) => name !== ".git")),
    "crossflash.json": JSON.stringify({ ...deliveryManifest, delivery }),
    "micropython.bin": micropython,
    "sdkconfig.defaults": "CONFIG_PARTITION_TABLE_OFFSET=0x8000\n",
    "build/repartitioner.bin": REPARTITIONER,
    ...changes,
  };
  const window = await openFolder("examples/migration", { file: "partitions.csv", files });
  await eventually(window.messages.statusBar).toContainEqual(expect.stringContaining("MicroPython v1.23"));
  return { ...window, port };
}

/** The lines of the Devices view: label and description. */
const devicesOf =
  ({ page }: Window) =>
  async (): Promise<string[]> => {
    const rows = page.locator(".pane-body .monaco-list[aria-label='Devices'] .monaco-list-row");
    const texts = await rows.evaluateAll((found) =>
      found.map((line) =>
        [".label-name", ".label-description"].map((part) => line.querySelector(part)?.textContent).join(" "),
      ),
    );
    return texts.map((text) => plainSpaces(withoutIcons(text)));
  };

interface Asked {
  readonly mac: string;
  readonly report?: string;
}

/** What a device does; gives what it gets. */
const ask = (port: number, path: string, { mac, report }: Asked): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const method = report === undefined ? "GET" : "POST";
    const headers = { "X-Crossflash-Device": mac };
    const request = http.request({ host: "127.0.0.1", port, path, method, headers, agent: false });
    request.on("error", reject);
    request.on("response", (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => resolve(Buffer.concat(pieces)));
    });
    request.end(report && `crossflash: ${report}`);
  });

test("devices fetch the images, and the view says how far each is", async ({ openFolder }) => {
  const window = await openMigration(openFolder);
  const { quickInput, messages, page, port, workspace } = window;
  const devices = devicesOf(window);
  await quickInput.run("Crossflash: Serve OTA Images");
  await eventually(messages.notifications).toContain(`OTA images are served at http://127.0.0.1:${port}.`);
  await eventually(messages.statusBar).toContain("OTA images");
  const shown = page.frameLocator("iframe.webview.ready >> visible=true").frameLocator("#active-frame");
  await eventually(() => shown.locator("code").allInnerTexts()).toContain(
    `http://127.0.0.1:${port}/repartitioner.bin`,
  );
  expect(await shown.locator("figure svg").count()).toBe(1);

  expect((await ask(port, "/repartitioner.bin", { mac: FIRST })).equals(REPARTITIONER)).toBe(true);
  await eventually(devices).toContain(`${FIRST} the repartitioner was sent`);
  await ask(port, "/report", { mac: FIRST, report: "step=erase-filesystem result=started" });
  await eventually(devices).toContain(`${FIRST} step 9 of 13 · The place of the filesystem is erased: begun`);
  await ask(port, "/report", { mac: FIRST, report: "step=check-target result=ok" });
  expect((await ask(port, "/micropython.bin", { mac: FIRST })).equals(micropython)).toBe(true);
  await ask(port, "/report", { mac: FIRST, report: "step=select-micropython result=ok" });
  await eventually(devices).toContain(`${FIRST} MicroPython is chosen; it starts with the next reset`);

  await ask(port, "/report", { mac: SECOND, report: "step=check-device result=ok table=source" });
  await ask(port, "/micropython.bin", { mac: SECOND });
  await eventually(devices).toContainEqual(expect.stringMatching(`^${SECOND} out of order`));
  await page.setViewportSize({ width: 1100, height: 640 });
  await page.screenshot({ path: "out/e2e/devices.png" });
  await page.setViewportSize({ width: 1600, height: 1200 });

  await quickInput.run("Crossflash: Save Device Log…");
  await quickInput.acceptPath(join(workspace.folder, "devices.log"));
  await eventually(() => workspace.text("devices.log")).toContain(
    `Device ${FIRST} at 127.0.0.1: MicroPython`,
  );
  expect(await workspace.text("devices.log")).toMatch(/warning: It asked for MicroPython before/);

  await quickInput.run("Crossflash: Stop Serving OTA Images");
  await eventually(messages.statusBar).not.toContain("OTA images");
  await expect(ask(port, "/micropython.bin", { mac: FIRST })).rejects.toThrow("ECONNREFUSED");
  expect(await devices()).toContain(`${FIRST} MicroPython is chosen; it starts with the next reset`);
  await eventually(window.connections).toEqual([]);
});

test("a wrong image is refused, and nothing listens", async ({ openFolder }) => {
  const window = await openMigration(openFolder, { "build/repartitioner.bin": makeRepartitioner([]) });
  const { quickInput, messages, port, workspace } = window;
  await quickInput.run("Crossflash: Serve OTA Images");
  expect(await messages.dialog()).toMatch(/Which table 'build\/repartitioner\.bin' writes cannot be seen/);
  await messages.answerDialog("Cancel");
  await expect(ask(port, "/micropython.bin", { mac: FIRST })).rejects.toThrow("ECONNREFUSED");

  await workspace.write("micropython.bin", makeCombined());
  await quickInput.run("Crossflash: Serve OTA Images");
  await eventually(messages.notifications).toContainEqual(
    expect.stringMatching(/^Nothing is served\. .*bootloader, partition table and app in one file/),
  );
  await expect(ask(port, "/micropython.bin", { mac: FIRST })).rejects.toThrow("ECONNREFUSED");
});
