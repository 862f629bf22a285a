/** Files that all contenders of a question read. */
export interface QuestionFiles {
  /** `Sources` of an archive. */
  readonly sources: string;
  /** Its `Packages` of amd64. */
  readonly packages: string;
  /** One version a line, each compared with the next one. */
  readonly versions: string;
}

/** A program that answers a question; timed as a whole process. */
export interface Contender {
  readonly name: string;
  readonly isOwn: boolean;
  /** What it is of, and its version; or what is missing and how to get it. */
  readonly find: () => { readonly from: string; readonly version: string } | { readonly missing: string };
  readonly command: (files: QuestionFiles) => readonly string[];
  /** Exit codes that are answers; left out: 0. */
  readonly answers?: readonly number[];
  /** Slow ones run once. */
  readonly isSlow?: boolean;
}

/** What is asked of programs. */
export interface Question {
  /** In one line. */
  readonly what: string;
  readonly contenders: readonly Contender[];
}
