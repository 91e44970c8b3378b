import { Text } from "@mantine/core";

/** Small dimmed text for details. */
export const Caption = Text.withProps({ size: "xs", c: "dimmed" });
