/** What a host gives with each call. */
export interface RouterContext {
  /** Resolves when the connection has sent most of what waits in it; where nothing can wait, it is left out. */
  readonly drain?: () => Promise<void>;
  /** Counts the call as in progress. @returns what ends it. @throws Failure where there are too many */
  readonly beginCall?: () => () => void;
}
