/** What can be asked of a running or stopped job. */
export type RunAction = "pause" | "cancel" | "resume";
