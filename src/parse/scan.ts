const SPACE = 32;

/** Index of the first character in `start .. end` that is no space or control character; `end` when there is none. */
export function skipBlanks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && text.charCodeAt(index) <= SPACE) index++;
  return index;
}

/** Index behind the last character in `start .. end` that is no space or control character; `start` when there is none. */
export function trimEnd(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && text.charCodeAt(index - 1) <= SPACE) index--;
  return index;
}
