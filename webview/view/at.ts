import { noChange } from "lit-html";
import { Directive, directive, type ElementPart } from "lit-html/directive.js";

/** Where an element lies, in CSS pixels; `lane` of `lanes` side by side. */
export interface Spot {
  readonly top?: number;
  readonly height?: number;
  readonly lane?: number;
  readonly lanes?: number;
}

/** Sets places one by one: style attributes in markup are what the page's security policy forbids. */
class At extends Directive {
  private last: Spot = {};

  override update({ element }: ElementPart, [spot]: [Spot]) {
    const { style } = element as HTMLElement;
    const { top, height, lane, lanes } = spot;
    if (top !== undefined && top !== this.last.top) style.top = `${top}px`;
    if (height !== undefined && height !== this.last.height) style.height = `${height}px`;
    if (lanes !== undefined && (lane !== this.last.lane || lanes !== this.last.lanes)) {
      style.setProperty("--lane", String(lane));
      style.setProperty("--lanes", String(lanes));
    }
    this.last = spot;
    return noChange;
  }

  override render(_spot: Spot) {
    return noChange;
  }
}

export const at = directive(At);
