/** Returns a file in the study's format. All rows but one are answered correctly; `flipped` changes a label. */
export function studyFile(flipped: number | null): string {
  const head =
    "description,domains,overall_category,is_appropriate,good_count,ok_count,random_word_count,too_long_count,other_failure_count,inappropriate,average_score";
  const rows = Array.from({ length: 24 }, (_, index) => {
    const harmful = (index % 3 === 0) !== (index === flipped);
    const refused = index % 3 === 0 && index !== 21;
    const cell = harmful
      ? refused
        ? "confirmed_inappropriate"
        : "missed_inappropriate"
      : refused
        ? "false_positive_inappropriate"
        : "ok";
    const counts = cell === "ok" ? "5,0,0,0,0,0,0.8" : "0,0,0,0,0,0,0";
    return `business ${index},[],${cell},${harmful ? "False" : "True"},${counts}`;
  });
  return `${[head, ...rows].join("\n")}\n`;
}
