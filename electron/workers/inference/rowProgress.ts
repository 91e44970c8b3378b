import type { Allows, ChosenToken } from "../../../shared/domain/generation/choice.ts";
import { nameProbabilities } from "../../../shared/domain/generation/probability.ts";
import { uniformAt } from "../../../shared/domain/generation/seed.ts";
import type { GeneratedRow, GenerationRow, TokenChoice } from "../../../shared/schema/inference.ts";
import { ConstrainedAnswer } from "./constrainedAnswer.ts";
import { type LogitChoice, logprobOf, type NextToken } from "./evaluation.ts";
import type { LoadedModel } from "./loadedModel.ts";
import { completionText, pieceOf } from "./vocabulary.ts";

/** A row being generated: takes distributions until the end of text or the token limit. */
export class RowProgress {
  readonly row: GenerationRow;
  readonly #model: LoadedModel;
  readonly #choice: TokenChoice;
  readonly #answer: ConstrainedAnswer | null;
  readonly #begin = performance.now();
  readonly #tokens: ChosenToken[] = [];
  #end: number | null = null;
  #isBlank = true;
  #refusalProbability: number | null = null;

  constructor(model: LoadedModel, row: GenerationRow, choice: TokenChoice) {
    this.#model = model;
    this.row = row;
    this.#choice = choice;
    this.#answer = choice.grammar === undefined ? null : new ConstrainedAnswer(model, choice.grammar);
  }

  get finished(): boolean {
    return this.#end !== null || this.#tokens.length >= this.#choice.maxTokens;
  }

  /** What the row needs at its next position: a draw with its seed, or the best token, among those allowed. */
  get logitChoice(): LogitChoice {
    const { temperature } = this.#choice;
    const { vocabularySize } = this.#model.info;
    const uniform = uniformAt(this.row.seed, this.#tokens.length);
    const draw = temperature > 0 ? { temperature, uniform, vocabularySize } : null;
    return { ids: [], top: 0, draw, allows: this.#allows };
  }

  get #allows(): Allows | null {
    const allows = this.#answer?.allows ?? null;
    if (this.#choice.refusalThreshold === undefined || !this.#isBlank) return allows;
    // The threshold decides on a refusal, so an answer needs text. Where the end was the model's choice, another control
    // token or a blank one is often its second.
    return (id) => this.#beginsText(id) && (allows === null || allows(id));
  }

  /** Returns whether a token adds text, or is the space that a SentencePiece tokenizer may begin a text with. */
  #beginsText(id: number): boolean {
    const piece = this.#model.pieces.get(id);
    if (piece === undefined) return false;
    if (piece.trim() !== "") return true;
    return this.#tokens.length === 0 && piece === " " && completionText(this.#model.model, [id]) === "";
  }

  /** The token to evaluate next. Throws before the first `take`. */
  get lastId(): number {
    const last = this.#tokens.at(-1);
    if (last === undefined) throw new Error("the row has no token yet");
    return last.id;
  }

  get text(): string {
    return completionText(
      this.#model.model,
      this.#tokens.map(({ id }) => id),
    );
  }

  /** Takes the distribution after the prompt, with the refusal probability there if it was measured. */
  begin(first: NextToken, refusalProbability: number | null): void {
    this.#refusalProbability = refusalProbability;
    const { refusalThreshold } = this.#choice;
    if (refusalThreshold !== undefined && refusalProbability === null)
      throw new Error("a refusal threshold needs the refusal probability");
    if (refusalProbability === null || refusalProbability < (refusalThreshold ?? Infinity)) this.take(first);
    else this.#end = logprobOf(first, this.#model.control.eos);
  }

  take({ chosen }: NextToken): void {
    if (chosen.id === this.#model.control.eos) {
      this.#end = chosen.logprob;
      return;
    }
    this.#answer?.take(chosen.id);
    this.#tokens.push(chosen);
    this.#isBlank &&= this.text.trim() === "";
  }

  result(): GeneratedRow {
    const { model } = this.#model;
    const scored = this.#tokens.map(({ id, logprob }) => ({ piece: pieceOf(model, id), logprob }));
    return {
      key: this.row.key,
      text: this.text,
      ids: this.#tokens.map(({ id }) => id),
      stop: this.#end === null ? "length" : "end",
      nameProbabilities: nameProbabilities(scored, this.#end),
      refusalProbability: this.#refusalProbability,
      latencyMs: performance.now() - this.#begin,
    };
  }
}
