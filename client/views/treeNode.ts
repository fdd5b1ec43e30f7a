import * as vscode from "vscode";

/** A line of a view, as data. */
export interface TreeNode {
  /** The same for the same thing, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon. */
  readonly icon: string;
  /** Names of the states for the menus' `when`, with blanks between. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly children: readonly TreeNode[];
}

/** The line as the editor draws it. It stays the same object, so that a menu that is open on it keeps its meaning. */
export class TreeNodeItem<Node extends TreeNode = TreeNode> extends vscode.TreeItem {
  constructor(public node: Node) {
    super(node.label);
    this.id = node.id;
    this.draw();
  }

  /** Whether it looks otherwise now. */
  show(node: Node): boolean {
    const isOther = JSON.stringify(node) !== JSON.stringify(this.node);
    this.node = node;
    if (isOther) this.draw();
    return isOther;
  }

  private draw(): void {
    const { label, description, tooltip, icon, context, spoken, children } = this.node;
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    this.label = label;
    this.description = description;
    this.tooltip = tooltip;
    this.iconPath = new vscode.ThemeIcon(icon);
    this.contextValue = context;
    this.accessibilityInformation = { label: spoken };
    this.collapsibleState = children.length > 0 ? Collapsed : None;
  }
}
