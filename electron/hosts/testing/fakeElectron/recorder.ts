/** One call that the desktop made. */
export interface Call {
  readonly what: string;
  readonly args: readonly unknown[];
}

/** Everything the desktop asked of Electron, in order. */
export class Recorder {
  readonly calls: Call[] = [];

  note(what: string, ...args: unknown[]): void {
    this.calls.push({ what, args });
  }

  /** The arguments of each call of that name. */
  of(what: string): (readonly unknown[])[] {
    return this.calls.filter((call) => call.what === what).map(({ args }) => args);
  }
}
