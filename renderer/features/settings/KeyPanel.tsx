import { Alert, Badge, Code, Stack, Text } from "@mantine/core";
import type { KeyState, SecretName, Settings } from "../../../shared/schema/settings.ts";
import { Panel } from "../../ui/Panel.tsx";
import { KeyForm } from "./KeyForm.tsx";

const words = {
  OPENAI_API_KEY: {
    title: "Key for the endpoint",
    without: "Without one, evaluations use the rule judge and rows are written by rules.",
    service: "The endpoint",
  },
  HUGGINGFACE_API_TOKEN: {
    title: "Token for Hugging Face",
    without: "Only models that are gated by their authors, or your private ones, need one.",
    service: "Hugging Face",
  },
} as const;

const sources = {
  environment: "set in the environment",
  dotenv: "set in .env",
  stored: "kept by this program",
} as const;

/** A key's whereabouts: whether it is set, from where, and the one place it goes to. Never the key. */
export function KeyPanel({ settings, name }: { settings: Settings; name: SecretName }) {
  const key = settings.keys.find((one) => one.name === name);
  if (key === undefined) return null;
  const { title, without, service } = words[name];
  const elsewhere = key.set && key.origin !== key.wantedBy;
  return (
    <Panel title={title} actions={<KeyBadge state={key} elsewhere={elsewhere} />}>
      <Stack gap={8}>
        <Text size="sm">
          {key.set && key.source !== null ? (
            <>
              It is {sources[key.source]} and is sent to <Code>{key.origin}</Code> and nowhere else.
            </>
          ) : (
            `None is set. ${without}`
          )}
        </Text>
        {elsewhere ? (
          <Alert color="orange" role="status" title="Not for the service that is set now">
            {service} is at <Code>{key.wantedBy}</Code>: this key is not sent there.{" "}
            {key.source === "stored"
              ? "Set a key for it, or the endpoint back."
              : `If it is meant for it, set the address beside the key, in the environment or .env.`}
          </Alert>
        ) : null}
        {key.storage === "plain-text" ? (
          <Alert color="orange" role="status" title="Kept as plain text">
            This system has no key store that can be used: whoever can read your files can read the key.
          </Alert>
        ) : null}
        {key.storage === null ? <FromOutside name={name} /> : <KeyForm state={key} />}
      </Stack>
    </Panel>
  );
}

function KeyBadge({ state, elsewhere }: { state: KeyState; elsewhere: boolean }) {
  if (!state.set) return <Badge color="gray">not set</Badge>;
  return elsewhere ? (
    <Badge color="gray" c="var(--nw-worse)">
      ! set, for elsewhere
    </Badge>
  ) : (
    <Badge color="gray" c="var(--nw-better)">
      ✓ set
    </Badge>
  );
}

function FromOutside({ name }: { name: SecretName }) {
  return (
    <Text size="xs" c="dimmed">
      In a browser keys are never typed in: put <Code>{name}=…</Code> into the environment, or into{" "}
      <Code>.env</Code> in the folder that Namewright is started in, and start it again.
    </Text>
  );
}
