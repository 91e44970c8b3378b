import { themeQuartz } from "ag-grid-community";

/** AG Grid's theme with the colors, sizes, and lines of the other components. */
export const gridTheme = themeQuartz.withParams({
  accentColor: "var(--mantine-primary-color-filled)",
  backgroundColor: "var(--mantine-color-body)",
  foregroundColor: "var(--mantine-color-text)",
  borderColor: "var(--mantine-color-default-border)",
  browserColorScheme: "inherit",
  headerBackgroundColor: "var(--nw-sunken)",
  headerTextColor: "var(--mantine-color-dimmed)",
  headerFontWeight: 600,
  headerFontSize: "var(--mantine-font-size-xs)",
  oddRowBackgroundColor: "transparent",
  rowHoverColor: "transparent",
  fontFamily: "var(--mantine-font-family)",
  fontSize: "var(--mantine-font-size-sm)",
  spacing: 4,
  rowHeight: 32,
  headerHeight: 32,
  cellHorizontalPadding: 8,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  borderRadius: 4,
  columnBorder: true,
  headerColumnBorder: true,
  headerColumnResizeHandleColor: "transparent",
});
