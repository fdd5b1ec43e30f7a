/** Keeps the keyboard where somebody left it, although what had it is drawn anew, moves or goes. */
export interface FocusKeeper {
  /** Draws, and gives the keyboard back. */
  around(draw: () => void): void;
  /** To the block of the selected region. */
  toSelected(): void;
}

interface Held {
  readonly isInside: boolean;
  readonly id: string | undefined;
  /** What of the map has it: a row that gets another number takes it along. */
  readonly part: { readonly selector: string; readonly key: string | undefined } | undefined;
}

const BLOCK = ".block";

/** `selected` gives the key of the selected region. */
export function createFocus(root: HTMLElement, selected: () => string | null): FocusKeeper {
  let last: HTMLElement | undefined;

  function toPart(selector: string): void {
    const key = selected();
    const region = key === null ? null : document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    region?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
  }

  /** While a text editor has the keyboard, the browser forgets what had it here. */
  function take(): void {
    if (root.contains(document.activeElement)) return;
    if (last?.isConnected && last.closest(".selected")) last.focus({ preventScroll: true });
    else toPart(BLOCK);
  }

  /** A button that is gone leaves it to the field of the same name, else to the map. */
  function giveBack({ isInside, id, part }: Held): void {
    const isLost = isInside && document.activeElement === document.body;
    const again = isLost && id ? document.getElementById(id) : undefined;
    if (again) again.focus();
    else if (isLost && selected() === null) root.querySelector<HTMLElement>(BLOCK)?.focus();
    else if (isLost || (part && part.key !== selected())) toPart(part?.selector ?? BLOCK);
  }

  root.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement) last = target;
  });
  window.addEventListener("focus", take);
  return {
    around(draw) {
      const held = heldIn(root);
      draw();
      giveBack(held);
    },
    toSelected: () => toPart(BLOCK),
  };
}

function heldIn(root: HTMLElement): Held {
  const { activeElement: focused } = document;
  // A fix button of another region than the selected one keeps the keyboard as well.
  const region = focused?.matches(".block, [data-handle]") ? focused.closest<HTMLElement>(".region") : null;
  const handle = focused instanceof HTMLElement ? focused.dataset.handle : undefined;
  return {
    isInside: root.contains(focused),
    id: focused?.id,
    part: region
      ? { selector: handle ? `[data-handle="${handle}"]` : BLOCK, key: region.dataset.key }
      : undefined,
  };
}
