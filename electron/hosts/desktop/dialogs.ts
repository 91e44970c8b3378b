import type Electron from "electron";
import { Failure } from "../../../shared/domain/failure.ts";
import type { PickPurpose } from "../../../shared/schema/host.ts";
import type { ElectronApi } from "./electronApi.ts";

const csv = [{ name: "CSV files", extensions: ["csv", "tsv", "txt"] }];

const options: Record<PickPurpose, Electron.OpenDialogOptions> = {
  csv: { title: "Import CSV file", properties: ["openFile"], filters: csv },
  gguf: {
    title: "Select a GGUF model",
    properties: ["openFile"],
    filters: [{ name: "GGUF models", extensions: ["gguf"] }],
  },
  workspace: { title: "Open workspace", properties: ["openDirectory", "createDirectory"] },
  "model-folder": { title: "Select a base model folder", properties: ["openDirectory"] },
};

/** Shows the system's dialogs, on top of the window if one is open. */
export class Dialogs {
  readonly #dialog: ElectronApi["dialog"];
  readonly #window: () => Electron.BrowserWindow | null;

  constructor({ dialog }: Pick<ElectronApi, "dialog">, window: () => Electron.BrowserWindow | null) {
    this.#dialog = dialog;
    this.#window = window;
  }

  /** Returns the selected path, or null if the dialog was cancelled. */
  async pick(purpose: PickPurpose): Promise<string | null> {
    return (await this.#open(options[purpose]))[0] ?? null;
  }

  /** Returns the selected CSV files, or none if the dialog was cancelled. */
  pickCsvs(): Promise<string[]> {
    return this.#open({ ...options.csv, properties: ["openFile", "multiSelections"] });
  }

  /** Shows an error and, if known, what to do about it. */
  async showError(error: unknown): Promise<void> {
    await this.ask({
      type: "error",
      title: "Namewright",
      message: error instanceof Error ? error.message : String(error),
      ...(error instanceof Failure && error.hint !== undefined ? { detail: error.hint } : {}),
      buttons: ["OK"],
    });
  }

  /** Asks a question and returns the index of the pressed button. */
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
