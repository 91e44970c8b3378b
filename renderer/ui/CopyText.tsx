import { Box, Button, Code } from "@mantine/core";
import { CopyButton } from "./CopyButton.tsx";
import { messages } from "./messages.ts";

/** Shows a block of text with a Copy button. */
export function CopyText({ text, label, height }: { text: string; label: string; height?: number }) {
  return (
    <Box pos="relative">
      <Code
        block
        mah={height}
        tabIndex={0}
        role="region"
        aria-label={label}
        style={{ overflow: "auto", whiteSpace: height === undefined ? "pre-wrap" : "pre" }}
        pr={64}
      >
        {text}
      </Code>
      <Box pos="absolute" top={4} right={4}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-xs"
              onClick={copy}
              aria-label={`${messages.clipboard.copy} ${label}`}
            >
              {copied ? messages.clipboard.copied : messages.clipboard.copy}
            </Button>
          )}
        </CopyButton>
      </Box>
    </Box>
  );
}
