import type { NewWorkspace } from "../../shared/schema/host.ts";
import type { Run } from "../../shared/schema/run.ts";

/** The text of the frame around the screens: sidebar, tray, palette, dialogs. */
export const messages = {
  palette: {
    search: "Search screens and commands",
    nothingFound: "No matching commands",
    groups: { screen: "This screen", screens: "Screens", workspaces: "Workspaces", theme: "Theme" },
    openWorkspace: (name: string) => `Open ${name}`,
    theme: { light: "Use light theme", dark: "Use dark theme", system: "Use system theme" },
  },
  connection: {
    refused: "This tab can't connect",
    lost: "Namewright isn't responding",
    lostDetail: "Reconnecting. Your saved work is safe, and running jobs resume where they stopped.",
  },
  drop: {
    refused: (file: string) => `Couldn't add ${file}`,
    prompt: "Drop files to add them to this workspace",
  },
  newWorkspace: {
    title: "New workspace",
    name: "Name",
    nameHelp: "Also used as the folder name",
    nameInvalid: "Enter a folder name without slashes",
    contents: "Start with",
    create: (name: string) => `Create ${name} in this folder`,
  },
  openWorkspace: { title: "Open workspace", open: "Open this folder" },
  switcher: {
    label: (name: string) => `${name}: switch workspace`,
    missing: (folder: string) => `${folder} not found`,
    open: "Open workspace…",
    create: "New workspace…",
  },
  tray: {
    label: "Running",
    loading: "Loading runs",
    empty: "No running jobs",
    stopped: "Couldn't update the list of runs",
    details: "See Runs for details.",
  },
  shortcuts: { title: "Keyboard shortcuts", inDataset: "In a dataset" },
} as const;

/** How a run's end is announced, after its title. */
export const endings: Partial<Record<Run["status"], string>> = {
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "was cancelled",
  paused: "is paused",
  interrupted: "was interrupted",
};

/** What a new workspace can start with. */
export const workspaceContents: readonly {
  value: NewWorkspace["from"];
  label: string;
  description: string;
}[] = [
  {
    value: "dataset",
    label: "A first dataset",
    description: "The sample's dataset_v1.csv and test set, with nothing trained yet",
  },
  {
    value: "sample",
    label: "The finished sample",
    description: "Its two versions, their results, and all runs",
  },
  { value: "empty", label: "An empty workspace", description: "Import your own CSV files" },
];

type Shortcut = readonly [keys: string, effect: string];

/** Shortcuts that work on every screen, besides the digits that open the screens. */
export const generalShortcuts: readonly Shortcut[] = [
  ["Ctrl/⌘ K", "Search screens and commands"],
  ["?", "Show this list"],
  ["Escape", "Close or cancel"],
];

/** Shortcuts that work in a dataset's grid. */
export const datasetShortcuts: readonly Shortcut[] = [
  ["Enter or F2", "Edit the cell"],
  ["Tab", "Go to the next cell"],
  ["Ctrl/⌘ C, V", "Copy, paste a block"],
  ["Ctrl/⌘ D", "Fill down"],
  ["Shift Space", "Select whole rows"],
  ["Insert, Shift Delete", "Add a row, delete rows"],
  ["Ctrl/⌘ F", "Find and replace"],
  ["Ctrl/⌘ Z, Shift Z", "Undo, redo"],
  ["Ctrl/⌘ S", "Save"],
];
