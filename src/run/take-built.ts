import type { Attempt, AttemptEnd } from './attempt.ts';

/**
 * The end of an attempt, once what it built has been taken: a build whose packages can't be taken by its own doing has failed.
 * @param take says why it can't take them, or undefined
 */
export async function takeBuilt(
  attempt: Attempt,
  end: AttemptEnd,
  take: (attempt: Attempt) => Promise<string | undefined>,
): Promise<AttemptEnd> {
  if (end.outcome !== 'built') return end;
  const reason = await take(attempt);
  return reason === undefined ? end : { ...end, outcome: 'failed', isTransient: false, reason };
}
