import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The accent color, which is the candidate's color in every view. */
const accent: MantineColorsTuple = [
  "#EEF0FD",
  "#DADDF9",
  "#B4B9F1",
  "#8C94EA",
  "#6B75E3",
  "#5560DC",
  "#4F5BD5",
  "#3D48B8",
  "#343EA0",
  "#28317F",
];

const workText = { fontSize: "var(--mantine-font-size-xs)", lineHeight: "var(--mantine-line-height-xs)" };

/** The design tokens of all screens. Components define no other colors, sizes, or fonts. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  colors: { accent },
  defaultRadius: 4,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "13px", lg: "16px", xl: "16px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "24px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "16px", lineHeight: "24px" },
      h2: { fontSize: "13px", lineHeight: "20px" },
      h3: { fontSize: "13px", lineHeight: "20px" },
    },
  },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // By default Mantine's descriptions and errors are smaller than our smallest size.
    InputWrapper: { styles: { description: workText, error: workText } },
    InlineInput: { styles: { description: workText, error: workText } },
    Button: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", size: "md", color: "gray" } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs", allowDeselect: false } },
    MultiSelect: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs", transitionDuration: 0 } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    Radio: { defaultProps: { size: "xs" } },
    Slider: { defaultProps: { size: "xs" } },
    Tabs: { defaultProps: { keepMounted: false } },
    Table: { defaultProps: { fz: "sm", verticalSpacing: 4, horizontalSpacing: 8, tabularNums: true } },
    Badge: { defaultProps: { size: "sm", variant: "light", tt: "none", fw: 500 } },
    Tooltip: { defaultProps: { openDelay: 300, multiline: true, maw: 320, fz: "xs" } },
    Modal: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        shadow: "none",
        centered: true,
        transitionProps: { duration: 100 },
      },
    },
    Drawer: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        shadow: "none",
        transitionProps: { duration: 120 },
      },
    },
    Popover: { defaultProps: { shadow: "none", withinPortal: true } },
    Menu: { defaultProps: { shadow: "none" } },
    Notification: {
      defaultProps: { closeButtonProps: { "aria-label": "Close notification" } },
      styles: { description: { color: "var(--mantine-color-dimmed)" } },
    },
    Paper: { defaultProps: { shadow: "none", withBorder: true } },
    Anchor: { defaultProps: { inherit: true, underline: "hover" } },
  },
});

/**
 * Colors with a meaning: better and worse (Okabe and Ito's, darkened for text), changes within the noise, baseline and
 * candidate, and the four cells of the safety matrix.
 */
export const meanings: CSSVariablesResolver = () => ({
  variables: {
    "--nw-ok": "#56B4E9",
    "--nw-confirmed": "#0072B2",
    "--nw-false-positive": "#E69F00",
    "--nw-missed": "#CC79A7",
  },
  light: {
    "--nw-better": "#00704F",
    "--nw-worse": "#A84A00",
    "--mantine-color-error": "#A84A00",
    "--nw-noise": "#56616F",
    "--nw-baseline": "#5F6F86",
    "--nw-candidate": "#4F5BD5",
    "--mantine-color-dimmed": "#56616F",
    "--mantine-color-default-border": "#D5DBE3",
    "--nw-sunken": "#F6F7F9",
  },
  dark: {
    "--nw-better": "#3CC79C",
    "--nw-worse": "#F2955A",
    "--mantine-color-error": "#F2955A",
    "--nw-noise": "#A3ADBA",
    "--nw-baseline": "#9FB0C8",
    "--nw-candidate": "#A3ABF5",
    "--mantine-color-anchor": "#A3ABF5",
    "--mantine-color-dimmed": "#A3ADBA",
    "--mantine-color-default-border": "#3A4048",
    "--mantine-color-body": "#1A1D21",
    "--nw-sunken": "#141619",
  },
});
