/** What of the renewable resources is free at each instant of a schedule in the making. */
export interface Timetable {
  /** Everything is free again. */
  clear(): void;
  /** First start at `from` or later at which the mode fits for `duration` ticks. A duration of 0 fits at once. */
  earliest(mode: number, from: number, duration: number): number;
  /** Takes what the mode takes, from `start` for `duration` ticks. */
  take(mode: number, start: number, duration: number): void;
}
