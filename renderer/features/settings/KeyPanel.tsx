import { Alert, Badge, Code, Stack, Text } from "@mantine/core";
import type { KeyState, SecretName, Settings } from "../../../shared/schema/settings.ts";
import { Caption } from "../../ui/Caption.ts";
import { Panel } from "../../ui/Panel.tsx";
import { KeyForm } from "./KeyForm.tsx";
import { keySources, messages, secrets } from "./messages.ts";

const { key: text } = messages;

/** Shows whether a key is set, where, and the only service it is sent to. Never shows the key. */
export function KeyPanel({ settings, name }: { settings: Settings; name: SecretName }) {
  const key = settings.keys.find((one) => one.name === name);
  if (key === undefined) return null;
  const { title, without, service } = secrets[name];
  const elsewhere = key.set && key.origin !== key.wantedBy;
  return (
    <Panel title={title} actions={<KeyBadge state={key} elsewhere={elsewhere} />}>
      <Stack gap={8}>
        <Text>
          {key.set && key.source !== null ? (
            <>
              The key is {keySources[key.source]}. It is sent only to <Code>{key.origin}</Code>.
            </>
          ) : (
            text.none(without)
          )}
        </Text>
        {elsewhere ? (
          <Alert color="orange" role="status" title={text.wrongServiceTitle}>
            {service} is at <Code>{key.wantedBy}</Code>. This key isn't sent there.{" "}
            {key.source === "stored" ? text.fixStored : text.fixOutside}
          </Alert>
        ) : null}
        {key.storage === "plain-text" ? (
          <Alert color="orange" role="status" title={text.plainTextTitle}>
            {text.plainText}
          </Alert>
        ) : null}
        {key.storage === null ? <FromOutside name={name} /> : <KeyForm state={key} />}
      </Stack>
    </Panel>
  );
}

function KeyBadge({ state, elsewhere }: { state: KeyState; elsewhere: boolean }) {
  if (!state.set) return <Badge color="gray">{text.notSet}</Badge>;
  return elsewhere ? (
    <Badge color="gray" c="var(--nw-worse)">
      {text.setElsewhere}
    </Badge>
  ) : (
    <Badge color="gray" c="var(--nw-better)">
      {text.set}
    </Badge>
  );
}

function FromOutside({ name }: { name: SecretName }) {
  return (
    <Caption>
      Keys can't be entered in a browser. Add <Code>{name}=…</Code> to the environment, or to{" "}
      <Code>.env</Code> in the folder where you start Namewright. Then restart Namewright.
    </Caption>
  );
}
