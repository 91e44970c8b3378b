import { type ComponentType, lazy } from "react";

/** One screen: its word in the URL, its name, the digit that opens it, and what it is for. */
export interface Screen {
  readonly path: string;
  readonly name: string;
  readonly purpose: string;
  /** Itself where it has been loaded, else one that waits for its chunk. */
  component(): ComponentType;
  /** Loads its chunk before it is opened. A chunk that cannot be had is asked for again then. */
  preload(): Promise<void>;
}

function screen(
  path: string,
  name: string,
  purpose: string,
  load: () => Promise<{ default: ComponentType }>,
): Screen {
  let Loaded: ComponentType | undefined;
  const kept = async () => {
    const loaded = await load();
    Loaded = loaded.default;
    return loaded;
  };
  const Waiting = lazy(kept);
  const preload = () =>
    kept().then(
      () => {},
      () => {},
    );
  return { path, name, purpose, component: () => Loaded ?? Waiting, preload };
}

/** In the sidebar's order: digits 1 to 8 open them. */
export const screens: readonly Screen[] = [
  screen(
    "overview",
    "Overview",
    "The loop of this workspace and the next step",
    () => import("../features/workspace/index.ts"),
  ),
  screen(
    "datasets",
    "Datasets",
    "Edit, check and compare CSV files",
    () => import("../features/dataset/index.ts"),
  ),
  screen(
    "train",
    "Train",
    "Fine-tune an adapter and watch it learn",
    () => import("../features/training/index.ts"),
  ),
  screen(
    "playground",
    "Playground",
    "Try descriptions on several versions",
    () => import("../features/playground/index.ts"),
  ),
  screen(
    "evaluate",
    "Evaluate",
    "Judge a version on the test set",
    () => import("../features/evaluation/index.ts"),
  ),
  screen(
    "compare",
    "Compare",
    "Is the candidate really better?",
    () => import("../features/comparison/index.ts"),
  ),
  screen("runs", "Runs", "All long work, past and present", () => import("../features/run/index.ts")),
  screen(
    "settings",
    "Settings",
    "Keys, judge, base models, Python, theme",
    () => import("../features/settings/index.ts"),
  ),
];
