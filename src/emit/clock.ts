/** A duration or a moment as spreadsheets and people read it: hours, minutes, seconds, `26:04:09`; rounded to seconds. */
export function formatClock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 1 : 2, '0')).join(':');
}
