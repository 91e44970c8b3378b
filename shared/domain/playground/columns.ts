import type { FailureDetail } from "../../schema/failure.ts";
import type { EngineInfo } from "../../schema/inference.ts";
import type { PlaygroundEvent } from "../../schema/suggest.ts";
import { assertNever } from "../failure.ts";

type Answer = Omit<Extract<PlaygroundEvent, { kind: "done" }>, "kind" | "version">;

/**
 * How the answer of one version stands. `waiting`: for the versions before it, for who holds the accelerator, or for
 * the base to be loaded.
 */
export type ColumnState =
  | { readonly kind: "waiting"; readonly holder: string | null; readonly loading: boolean }
  | {
      readonly kind: "writing";
      readonly text: string;
      readonly promptTokens: number;
      readonly engine: EngineInfo;
    }
  | {
      readonly kind: "done";
      readonly answer: Answer;
      readonly promptTokens: number;
      readonly engine: EngineInfo | null;
    }
  | { readonly kind: "failed"; readonly failure: FailureDetail }
  | { readonly kind: "stopped"; readonly text: string };

/** The answers of one request, side by side, in the order that was asked for. */
export type Columns = readonly { readonly version: string; readonly state: ColumnState }[];

const waiting = (holder: string | null, loading: boolean): ColumnState => ({
  kind: "waiting",
  holder,
  loading,
});

export function waitingColumns(versions: readonly string[]): Columns {
  return versions.map((version) => ({ version, state: waiting(null, false) }));
}

function stateAfter(
  state: ColumnState,
  event: Exclude<PlaygroundEvent, { kind: "waiting" | "loading" }>,
): ColumnState {
  switch (event.kind) {
    case "started":
      return { kind: "writing", text: "", promptTokens: event.promptTokens, engine: event.engine };
    case "text":
      return state.kind === "writing" ? { ...state, text: event.text } : state;
    case "done": {
      const { kind: _kind, version: _version, ...answer } = event;
      const before = state.kind === "writing" ? state : { promptTokens: 0, engine: null };
      return { kind: "done", answer, promptTokens: before.promptTokens, engine: before.engine };
    }
    case "failed":
      return { kind: "failed", failure: event.failure };
    default:
      return assertNever(event);
  }
}

/** The columns after a piece of news. News of a version that was not asked for changes nothing. */
export function columnsAfter(columns: Columns, event: PlaygroundEvent): Columns {
  if (event.kind === "waiting" || event.kind === "loading") {
    const holder = event.kind === "waiting" ? event.holder : null;
    return columns.map(({ version, state }) => ({
      version,
      state: state.kind === "waiting" ? waiting(holder, event.kind === "loading") : state,
    }));
  }
  return columns.map((column) =>
    column.version === event.version
      ? { version: column.version, state: stateAfter(column.state, event) }
      : column,
  );
}

/** The columns where nothing more comes: what is not done was stopped. */
export function stoppedColumns(columns: Columns): Columns {
  return columns.map(({ version, state }) => {
    if (state.kind === "writing") return { version, state: { kind: "stopped", text: state.text } };
    if (state.kind === "waiting") return { version, state: { kind: "stopped", text: "" } };
    return { version, state };
  });
}
