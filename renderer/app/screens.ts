import { type ComponentType, lazy } from "react";

/** One screen: its URL segment, its name, and its purpose. */
export interface Screen {
  readonly path: string;
  readonly name: string;
  readonly purpose: string;
  /** Returns the screen's component, or one that waits for its chunk. */
  component(): ComponentType;
  /** Loads the chunk ahead of time. If that fails, opening the screen loads it again. */
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

/** All screens in the order of the sidebar; the digits 1 to 8 open them. */
export const screens: readonly Screen[] = [
  screen(
    "overview",
    "Overview",
    "Versions of this workspace and the next step",
    () => import("../features/workspace/index.ts"),
  ),
  screen(
    "datasets",
    "Datasets",
    "Edit, check, and compare CSV files",
    () => import("../features/dataset/index.ts"),
  ),
  screen(
    "train",
    "Train",
    "Fine-tune an adapter and follow its progress",
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
    "Find out whether the candidate is better",
    () => import("../features/comparison/index.ts"),
  ),
  screen("runs", "Runs", "Running and finished jobs", () => import("../features/run/index.ts")),
  screen(
    "settings",
    "Settings",
    "Keys, judge, base models, Python, theme",
    () => import("../features/settings/index.ts"),
  ),
];

/** Screens outside the sidebar, opened by links and from the command palette. */
const linkedScreens: readonly Screen[] = [
  screen(
    "study",
    "The study, re-read",
    "What a published comparison shows, without any data of yours",
    () => import("../features/study/index.ts"),
  ),
];

export const allScreens: readonly Screen[] = [...screens, ...linkedScreens];
