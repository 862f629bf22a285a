const GIB = 1024 ** 3;

/** Ten times the largest index of Debian, unpacked. */
export const MOST_INPUT_BYTES = GIB;

let mostBytes = MOST_INPUT_BYTES;

/**
 * Sets how large an input may be, as it is and unpacked. One number for the whole program, like the limits of a process: it says what
 * the machine can hold, not what a command does, and every file that is read counts.
 */
export function limitInputs(bytes: number): void {
  mostBytes = bytes;
}

/** How large an input may be: `--max-input`. */
export function mostInputBytes(): number {
  return mostBytes;
}
