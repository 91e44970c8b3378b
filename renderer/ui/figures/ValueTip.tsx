import { Paper, Text } from "@mantine/core";
import type { MarkValue } from "../../../shared/figures/interaction.tsx";

/** Shows a mark's exact value above it, or below it near the top. Screen readers read the mark's label instead. */
export function ValueTip({ value, width }: { readonly value: MarkValue; readonly width: number }) {
  const middle = value.x + value.width / 2;
  const above = value.y > 90;
  const side = middle < 130 ? "0" : middle > width - 130 ? "-100%" : "-50%";
  return (
    <Paper
      aria-hidden
      px={8}
      py={4}
      className="nw-figures"
      style={{
        position: "absolute",
        left: Math.min(width, Math.max(0, middle)),
        top: above ? value.y - 6 : value.y + Math.min(value.height, 120) + 6,
        transform: `translate(${side}, ${above ? "-100%" : "0"})`,
        pointerEvents: "none",
        whiteSpace: "nowrap",
        zIndex: 2,
      }}
    >
      {value.lines.map((line, index) => (
        <Text key={line} size="xs" fw={index === 0 ? 600 : 400}>
          {line}
        </Text>
      ))}
    </Paper>
  );
}
