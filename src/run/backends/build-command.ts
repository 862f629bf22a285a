/**
 * A command as the kernel takes it: no shell reads any of it. What a plan says is one word of `args` or one value of `env`, never
 * part of a script.
 */
export interface BuildCommand {
  /** A program, looked up in `PATH` if it has no `/`. */
  readonly file: string;
  readonly args: readonly string[];
  /** All of its environment, not only what differs. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
}
