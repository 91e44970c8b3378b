import type { Acts } from "../document/useActs.ts";
import type { ViewState } from "../document/useView.ts";

/** What every panel beside the rows gets. */
export interface PanelProps {
  readonly file: string;
  /** Of the rows that are looked at. */
  readonly revision: number;
  readonly readOnly: boolean;
  readonly acts: Acts;
  readonly view: ViewState;
  onGoTo(row: number, column: number | null): Promise<void>;
}
