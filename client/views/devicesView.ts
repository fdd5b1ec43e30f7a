import type * as vscode from "vscode";
import { addressText } from "../../core/delivery/address";
import { deviceNode } from "../serving/deviceNodes";
import type { Serving } from "../serving/serving";
import type { BoardsTree } from "./boardsView";
import { type TreeNode, TreeNodeItem } from "./treeNode";

export interface DevicesView extends vscode.Disposable {
  items(parent: vscode.TreeItem | undefined): vscode.TreeItem[];
}

/** Milliseconds; what hundreds of devices do comes faster than anybody reads. */
const INTERVAL = 1000;

/** Shows the devices of the update server, while somebody sees them. */
export function devicesView(
  { view, refresh }: BoardsTree,
  serving: Serving,
  nameOf: (mac: string) => string | undefined,
): DevicesView {
  const items = new Map<string, TreeNodeItem>();
  let timer: NodeJS.Timeout | undefined;

  function show(): void {
    const now = Date.now();
    tell();
    const nodes = serving.devices().map((record) => deviceNode(record, nameOf(record.device.mac ?? ""), now));
    const before = new Map(items);
    items.clear();
    for (const node of nodes) items.set(node.id, before.get(node.id) ?? new TreeNodeItem(node));
    const isSame = before.size === items.size && nodes.every(({ id }) => before.has(id));
    if (!isSame) refresh(undefined);
    for (const node of nodes) if (items.get(node.id)?.show(node) && isSame) refresh(items.get(node.id));
  }

  function tell(): void {
    const message = messageOf(serving);
    if (view.message !== message) view.message = message;
  }

  function watch(): void {
    clearInterval(timer);
    tell();
    if (!view.visible) return;
    show();
    timer = setInterval(show, INTERVAL);
  }

  const stopListening = serving.onChange(watch);
  const visibility = view.onDidChangeVisibility(watch);
  watch();
  return {
    items: (parent) =>
      parent instanceof TreeNodeItem
        ? parent.node.children.map((node: TreeNode) => new TreeNodeItem(node))
        : [...items.values()],
    dispose() {
      clearInterval(timer);
      stopListening();
      visibility.dispose();
    },
  };
}

/** Without a server and without devices the view says what to do by its welcome. */
function messageOf(serving: Serving): string {
  const served = serving.current();
  const hasDevices = serving.devices().length > 0;
  // VS Code shows no welcome below a message.
  if (served)
    return `Serving at ${addressText(served.server)}.${hasDevices ? "" : " No device has asked for anything yet."}`;
  return hasDevices ? "Serving has ended. The devices are as they were seen last." : "";
}
