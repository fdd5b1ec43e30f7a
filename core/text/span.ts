/** A range of UTF-16 code unit offsets in a text: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text under `span`; an empty span inserts. Offsets refer to the text before any edit. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export const span = (start: number, end: number): Span => ({ start, end });

export const isInside = (offset: number, { start, end }: Span): boolean => start <= offset && offset <= end;

export const intersects = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

export const insertAt = (offset: number, newText: string): TextEdit => ({
  span: span(offset, offset),
  newText,
});

/** Applies edits that do not overlap; edits at one offset keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.order - b.order);
  let out = "";
  let at = 0;
  for (const { edit } of ordered) {
    out += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return out + text.slice(at);
}
