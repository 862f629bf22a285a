import { compareText } from '../../base/compare.ts';

/** What the environment of a build tells. */
export interface BuildOptions {
  /** `parallel=N`. */
  readonly makeJobs: number | undefined;
  /** Those that leave out work, as build profiles of the same name do. */
  readonly profiles: readonly string[];
}

const LIKE_PROFILES: ReadonlySet<string> = new Set(['nocheck', 'nodoc']);

/** Reads the value of `DEB_BUILD_OPTIONS`: `parallel=4 nocheck`, also quoted, also with commas. */
export function parseBuildOptions(value: string): BuildOptions {
  const words = value.split(/[\s,"']+/);
  const jobs = words.flatMap((word) => /^parallel=(\d{1,5})$/.exec(word)?.[1] ?? []).map(Number);
  return {
    makeJobs: jobs.filter((count) => count > 0).at(-1),
    profiles: sortedNames(words.filter((word) => LIKE_PROFILES.has(word))),
  };
}

/** Names in one order, without doubles and empty ones. */
export function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== ''))].sort(compareText);
}
