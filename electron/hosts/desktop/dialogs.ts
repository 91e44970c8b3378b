import type Electron from "electron";
import { Failure } from "../../../shared/domain/failure.ts";
import type { PickPurpose } from "../../../shared/schema/host.ts";
import type { ElectronApi } from "./electronApi.ts";

const csv = [{ name: "CSV files", extensions: ["csv", "tsv", "txt"] }];

const options: Record<PickPurpose, Electron.OpenDialogOptions> = {
  csv: { title: "Import a CSV file", properties: ["openFile"], filters: csv },
  gguf: {
    title: "Choose a GGUF model",
    properties: ["openFile"],
    filters: [{ name: "GGUF models", extensions: ["gguf"] }],
  },
  workspace: { title: "Open a workspace", properties: ["openDirectory", "createDirectory"] },
  "model-folder": { title: "Choose the folder of a base model", properties: ["openDirectory"] },
};

/** The system's own dialogs, on top of the window where there is one. */
export class Dialogs {
  readonly #dialog: ElectronApi["dialog"];
  readonly #window: () => Electron.BrowserWindow | null;

  constructor({ dialog }: Pick<ElectronApi, "dialog">, window: () => Electron.BrowserWindow | null) {
    this.#dialog = dialog;
    this.#window = window;
  }

  /** What was chosen; null where the person backed out. */
  async pick(purpose: PickPurpose): Promise<string | null> {
    return (await this.#open(options[purpose]))[0] ?? null;
  }

  /** CSV files, several at once. */
  pickCsvs(): Promise<string[]> {
    return this.#open({ ...options.csv, properties: ["openFile", "multiSelections"] });
  }

  /** Says what went wrong, and what to do where that is known. */
  async tell(error: unknown): Promise<void> {
    await this.ask({
      type: "error",
      title: "Namewright",
      message: error instanceof Error ? error.message : String(error),
      ...(error instanceof Failure && error.hint !== undefined ? { detail: error.hint } : {}),
      buttons: ["OK"],
    });
  }

  /** The number of the button that was pressed. */
  async ask(question: Electron.MessageBoxOptions): Promise<number> {
    const window = this.#window();
    const answer =
      window === null
        ? await this.#dialog.showMessageBox(question)
        : await this.#dialog.showMessageBox(window, question);
    return answer.response;
  }

  async #open(wanted: Electron.OpenDialogOptions): Promise<string[]> {
    const window = this.#window();
    const { canceled, filePaths } =
      window === null
        ? await this.#dialog.showOpenDialog(wanted)
        : await this.#dialog.showOpenDialog(window, wanted);
    return canceled ? [] : filePaths;
  }
}
