import { splitVersion } from '../debian/version.ts';

/**
 * Variance, on the logarithmic scale, that lies between builds of two versions of a source: none of the same version, a
 * factor of 1.05 between Debian revisions, 1.15 between upstream versions, 1.3 where the leading number changes too.
 */
export function versionVariance(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [splitVersion(a), splitVersion(b)];
  if (one.upstream === other.upstream) return REVISION;
  return leading(one.upstream) === leading(other.upstream) ? UPSTREAM : LEADING;
}

const REVISION = Math.log(1.05) ** 2;
const UPSTREAM = Math.log(1.15) ** 2;
const LEADING = Math.log(1.3) ** 2;

function leading(upstream: string): string {
  return /^\d*/.exec(upstream)?.[0] ?? '';
}
