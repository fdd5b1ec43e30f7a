import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDataGrid,
  vsCodeDataGridCell,
  vsCodeDataGridRow,
} from "@vscode/webview-ui-toolkit";

/**
 * A bundle of its own, because it is larger than all the rest: the picture is there before it is loaded. Fields and
 * lists are the browser's own: the toolkit's cannot offer suggestions, and would cost 35 KB more.
 */
provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDataGrid(),
  vsCodeDataGridRow(),
  vsCodeDataGridCell(),
);
