import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import { readTemplate, untrainable } from "../../../shared/domain/prompt/template.ts";
import type { PromptDocument } from "../../../shared/schema/prompt.ts";
import { failureOf, useApi } from "../../api/index.ts";
import { messages } from "./messages.ts";
import { descriptionBelow } from "./NumberEntry.tsx";

const { form: text } = messages;

/** Returns why a prompt can't be trained with, or null. */
function problemOf({ name, file, text, problem }: PromptDocument): string | null {
  return problem ?? untrainable(readTemplate(text, file), name);
}

/** Selects the prompt to train with. Shows its first line, or why it can't be trained with. */
export function PromptSelect({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { prompt } = useApi();
  const list = useQuery(prompt.list.queryOptions());
  const { data, error } = useQuery(prompt.open.queryOptions({ input: { name: value } }));
  const failure = error ?? list.error;
  const problem = failure === null ? data && problemOf(data) : failureOf(failure).message;
  const names = list.data?.prompts.map(({ name }) => name) ?? [];
  return (
    <Select
      label={text.prompt}
      description={problem == null ? data?.text.trimStart().split("\n")[0] : undefined}
      inputWrapperOrder={descriptionBelow}
      error={problem == null ? null : sentence(problem)}
      data={names.includes(value) ? names : [...names, value]}
      value={value}
      allowDeselect={false}
      onChange={(name) => name !== null && onChange(name)}
    />
  );
}
