/** The context that a host adds to each call. */
export interface RouterContext {
  /** Resolves when the connection has sent most of its buffer. Absent if the connection doesn't buffer. */
  readonly drain?: () => Promise<void>;
  /** Counts the call as in progress and returns the function that ends it. Throws `Failure` above the limit. */
  readonly beginCall?: () => () => void;
}
