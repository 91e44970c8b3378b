import type Electron from "electron";
import type { DesktopCommand } from "../../../shared/schema/desktop.ts";

type Template = Electron.MenuItemConstructorOptions[];

/** The screens in the order of the sidebar, with their path after `/w/<id>/`. */
export const screens = [
  ["overview", "Overview"],
  ["datasets", "Datasets"],
  ["train", "Train"],
  ["playground", "Playground"],
  ["evaluate", "Evaluate"],
  ["compare", "Compare"],
  ["runs", "Runs"],
  ["settings", "Settings"],
] as const;

export interface MenuActions {
  send(command: DesktopCommand): void;
  openWorkspace(): void;
  importCsv(): void;
  quit(): void;
}

/** Builds the application's menu. The page handles undo and redo first, because a grid has its own. */
export function menuTemplate(
  { platform, devTools }: { platform: NodeJS.Platform; devTools: boolean },
  actions: MenuActions,
): Template {
  const mac = platform === "darwin";
  const settings: Template[number] = {
    label: "Settings…",
    accelerator: "CmdOrCtrl+,",
    click: () => actions.send({ kind: "show", place: "settings" }),
  };
  const separator = { type: "separator" } as const;
  const quit: Template[number] = {
    label: "Quit Namewright",
    accelerator: "CmdOrCtrl+Q",
    click: actions.quit,
  };
  const application: Template = [
    { role: "about" },
    separator,
    settings,
    separator,
    { role: "services" },
    separator,
    { role: "hide" },
    { role: "hideOthers" },
    { role: "unhide" },
    separator,
    quit,
  ];
  const file: Template = [
    { label: "Open workspace…", accelerator: "CmdOrCtrl+O", click: actions.openWorkspace },
    { label: "Import CSV…", accelerator: "CmdOrCtrl+I", click: actions.importCsv },
    separator,
    ...(mac ? [{ role: "close" } as const] : [settings, separator, quit]),
  ];
  return [
    ...(mac ? [{ label: "Namewright", submenu: application }] : []),
    { label: "File", submenu: file },
    { role: "editMenu" },
    { label: "Go", submenu: goItems(actions) },
    { label: "View", submenu: viewItems(devTools) },
    { role: "windowMenu" },
  ];
}

function goItems({ send }: MenuActions): Template {
  return [
    ...screens.map(([place, label], index) => ({
      label,
      accelerator: `CmdOrCtrl+${index + 1}`,
      click: () => send({ kind: "show", place }),
    })),
    { type: "separator" },
    {
      label: "Command palette…",
      accelerator: "CmdOrCtrl+K",
      // Only displayed in the menu: the page handles this key.
      registerAccelerator: false,
      click: () => send({ kind: "palette" }),
    },
  ];
}

function viewItems(devTools: boolean): Template {
  return [
    { role: "reload" },
    ...(devTools ? [{ role: "toggleDevTools" } as const] : []),
    { type: "separator" },
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { type: "separator" },
    { role: "togglefullscreen" },
  ];
}
