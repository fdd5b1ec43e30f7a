import type * as vscode from "vscode";
import { messageOf } from "../../core/text/reason";
import type { Lab, LabPort } from "../boards/lab";
import { type BoardNode, type PortMarks, portNode } from "../boards/nodes";
import { TreeNodeItem } from "./treeNode";

/** The tree as the extension's entry has made it: it is there before anything of this is loaded. */
export interface BoardsTree {
  readonly view: vscode.TreeView<vscode.TreeItem>;
  /** Asks for one item again, or for all of them. */
  refresh(item: vscode.TreeItem | undefined): void;
}

export interface BoardsView extends vscode.Disposable {
  items(parent: vscode.TreeItem | undefined): Promise<vscode.TreeItem[]>;
}

/** What the rest of the window knows of a board. */
export type BoardMarks = (shown: LabPort) => PortMarks;

const POLL_INTERVAL = 2000;

/** Shows the lab. Ports are looked at while somebody sees them; no port is opened by looking. */
export function boardsView(
  { view, refresh }: BoardsTree,
  lab: Lab,
  marks: BoardMarks,
  log: vscode.LogOutputChannel,
): BoardsView {
  const tried = new Set<string>();
  const items = new Map<string, BoardItem>();
  let timer: NodeJS.Timeout | undefined;
  let hasLooked = false;

  async function look(): Promise<void> {
    try {
      await lab.look();
      view.message = lab.ports().every(({ port }) => port.kind === "virtual") ? ONLY_VIRTUAL : "";
    } catch (error) {
      view.message = `The ports cannot be listed. ${messageOf(error)}`;
    }
    hasLooked = true;
  }

  /** A reset disturbs nobody there, so a virtual board is identified unasked. */
  function identifyVirtual(): void {
    if (!view.visible) return;
    for (const { port, found, task } of lab.ports()) {
      if (port.kind !== "virtual" || found || task || tried.has(port.path)) continue;
      tried.add(port.path);
      lab.identify(port.path).catch((error: unknown) => log.error(`${port.path}: ${messageOf(error)}`));
    }
  }

  function poll(): void {
    clearInterval(timer);
    if (!view.visible) return;
    void look().then(identifyVirtual);
    timer = setInterval(() => void look().then(identifyVirtual), POLL_INTERVAL);
  }

  /** An item stays the same object for as long as its port is there: a menu that is open on it keeps its meaning. */
  function show(): void {
    const nodes = lab.ports().map((shown) => portNode(shown, marks(shown)));
    const before = new Map(items);
    items.clear();
    for (const node of nodes) items.set(node.id, before.get(node.id) ?? new BoardItem(node));
    const isSame = before.size === items.size && nodes.every(({ id }) => before.has(id));
    if (!isSame) refresh(undefined);
    for (const node of nodes) if (items.get(node.id)?.show(node) && isSame) refresh(items.get(node.id));
  }

  const stopListening = lab.onChange(show);
  const visibility = view.onDidChangeVisibility(poll);
  poll();
  return {
    async items(parent) {
      if (parent instanceof BoardItem) return parent.node.children.map((node) => new BoardItem(node));
      if (!hasLooked) await look();
      return [...items.values()];
    },
    dispose() {
      clearInterval(timer);
      stopListening();
      visibility.dispose();
    },
  };
}

const ONLY_VIRTUAL =
  "No board is connected. The Virtual Board needs no hardware; a real one needs a USB cable that carries data.";

class BoardItem extends TreeNodeItem<BoardNode> {
  /** For the commands that are run on the item. */
  readonly portPath: string;
  constructor(node: BoardNode) {
    super(node);
    this.portPath = node.path;
  }
}
