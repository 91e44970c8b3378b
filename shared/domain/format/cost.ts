/** Returns an amount in US dollars: "$12.30", two significant digits below $0.10 ("$0.0042"), "$0" for nothing. */
export function formatDollars(amount: number): string {
  if (amount === 0) return "$0";
  return `$${amount < 0.0995 ? String(Number(amount.toPrecision(2))) : amount.toFixed(2)}`;
}
