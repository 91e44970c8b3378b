/** Every step of a script and what it does. */
export declare const steps: Readonly<Record<string, string>>;

/** A chat-completions request as the server saw it. */
export interface JudgeRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format: { readonly json_schema: { readonly name: string } };
}

export interface JudgeServer {
  readonly baseUrl: string;
  /** Requests per row, by its description. */
  readonly counts: ReadonlyMap<string, number>;
  /** Usable answers sent, by the schema asked for and the description: `names_reply A bakery`. */
  readonly usable: ReadonlyMap<string, number>;
  readonly requests: readonly JudgeRequest[];
  /** Every step played, in order: `at` in milliseconds of `performance.now()`, `underWay` with this one. */
  readonly log: readonly {
    readonly row: string;
    readonly step: string;
    readonly at: number;
    readonly underWay: number;
  }[];
  /** Requests that are being answered at the moment; those that never will be (`timeout`) are not counted. */
  answering(): number;
  close(): Promise<void>;
}

export declare function startJudgeServer(options?: {
  script?: readonly string[] | ((row: string) => readonly string[]);
  port?: number;
  key?: string | null;
  /** More requests at once than this are answered 429. */
  capacity?: number | null;
}): Promise<JudgeServer>;
