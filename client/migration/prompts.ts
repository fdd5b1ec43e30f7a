import * as vscode from "vscode";
import { type Answer, asked } from "./steps";

/** Where a question stands among the others. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** A row of a list. One with a fault is shown, because people look for it, and cannot be taken. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
  readonly fault?: string | undefined;
}

/** A button beside the title of a question. */
export interface Help {
  readonly button: vscode.QuickInputButton;
  readonly show: () => void;
}

/** Asks for one of the rows, which may take their time to be found. */
export function pick<T>(
  place: StepPlace,
  placeholder: string,
  choices: Promise<readonly Choice<T>[]>,
  help?: Help,
): Promise<Answer<T>> {
  const list = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(list, place, { placeholder, matchOnDescription: true, ignoreFocusOut: true, busy: true });
  list.buttons = [...backButton(place), ...(help ? [help.button] : [])];
  void choices
    .then((items) => {
      list.items = items;
    })
    .catch((error: unknown) => {
      list.placeholder = `Nothing can be shown: ${String(error)}`;
    })
    .finally(() => {
      list.busy = false;
    });
  return answerOf(list, (answer) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      if (item?.fault !== undefined) void vscode.window.showErrorMessage(item.fault);
      else if (item && "value" in item) answer(asked(item.value as T));
    });
    list.onDidTriggerButton((button) => {
      if (button === help?.button) help.show();
      else answer({ kind: "back" });
    });
  });
}

/** Asks for a text; `check` says what is wrong with one. */
export function enter(
  place: StepPlace,
  prompt: string,
  check: (text: string) => string | undefined,
): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, place, { prompt, ignoreFocusOut: true });
  input.buttons = backButton(place);
  return answerOf(input, (answer) => {
    input.onDidChangeValue((text) => {
      input.validationMessage = check(text);
    });
    input.onDidAccept(() => {
      input.validationMessage = check(input.value);
      if (input.validationMessage === undefined) answer(asked(input.value));
    });
    input.onDidTriggerButton(() => answer({ kind: "back" }));
  });
}

const backButton = ({ step }: StepPlace): vscode.QuickInputButton[] =>
  step === 1 ? [] : [vscode.QuickInputButtons.Back];

/** Shows a question until it is answered; one that is closed is cancelled. */
function answerOf<T>(
  input: vscode.QuickInput,
  listen: (answer: (given: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    listen((given) => {
      resolve(given);
      input.hide();
    });
    input.onDidHide(() => {
      resolve({ kind: "cancelled" });
      input.dispose();
    });
    input.show();
  });
}
