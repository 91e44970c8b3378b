import {
  type AnswerState,
  afterText,
  canEnd,
  emptyAnswer,
} from "../../../shared/domain/naming/answerGrammar.ts";
import type { AnswerGrammar } from "../../../shared/schema/inference.ts";
import type { LoadedModel } from "./loadedModel.ts";
import { completionText } from "./vocabulary.ts";

/** An answer that is written token by token under the grammar. */
export class ConstrainedAnswer {
  readonly #model: LoadedModel;
  #state: AnswerState;
  #isFirst = true;

  constructor(model: LoadedModel, { refusalLine }: AnswerGrammar) {
    this.#model = model;
    this.#state = emptyAnswer(refusalLine);
  }

  /** Returns whether the token may come next. */
  readonly allows = (id: number): boolean =>
    id === this.#model.control.eos ? canEnd(this.#state) : this.#stateAfter(id) !== null;

  /** Takes an allowed token other than the end of text. */
  take(id: number): void {
    const state = this.#stateAfter(id);
    if (state === null) throw new Error(`token ${id} was chosen against the grammar`);
    this.#state = state;
    this.#isFirst = false;
  }

  #stateAfter(id: number): AnswerState | null {
    const piece = this.#model.pieces.get(id);
    // A token without text could follow itself until the token limit.
    if (piece === undefined || piece === "") return null;
    return afterText(this.#state, this.#isFirst ? this.#firstText(id, piece) : piece);
  }

  /** Returns the token's text without the leading space that a SentencePiece tokenizer adds to a text. */
  #firstText(id: number, piece: string): string {
    return piece.startsWith(" ") ? completionText(this.#model.model, [id]) : piece;
  }
}
