import type { Unit } from '../archive/unit.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { formatBytes } from '../base/quantity.ts';
import type { BuildRecord } from '../history/record.ts';

/** A build took more than the package declares. */
export function declaredTooSmall(
  { source }: Unit,
  declaredBytes: number,
  record: BuildRecord,
  tookBytes: number,
): Diagnostic {
  return {
    code: 'declared-too-small',
    severity: 'warning',
    message: `${source.name}: Build-Size ${formatBytes(declaredBytes)}, but ${describe(record)} took ${formatBytes(tookBytes)}`,
    location: source.location,
    hint: `the builds count instead: declare at least ${formatBytes(tookBytes)}, or nothing`,
  };
}

/** Several builds took far less than the package declares. */
export function declaredStale(
  { source }: Unit,
  declaredBytes: number,
  record: BuildRecord,
  tookBytes: number,
): Diagnostic {
  return {
    code: 'declared-stale',
    severity: 'note',
    message: `${source.name}: Build-Size ${formatBytes(declaredBytes)}, but no build took more than ${formatBytes(tookBytes)} (${describe(record)})`,
    location: source.location,
    hint: 'the builds count instead: declare less, or nothing',
  };
}

/** Others declare their sizes, and this one takes as much. */
export function declarationMissing({ source }: Unit, tookBytes: number, usualBytes: number): Diagnostic {
  return {
    code: 'declaration-missing',
    severity: 'note',
    message: `${source.name}: no Build-Size, but builds took ${formatBytes(tookBytes)}; half of those declared here are ${formatBytes(usualBytes)} or less`,
    location: source.location,
    hint: `add 'XS-Build-Size: ${String(Math.ceil(tookBytes / 2 ** 30))}GB'`,
  };
}

/** The history tells of other builders of the architecture only. */
export function unseenBuilder(name: string, known: readonly string[]): Diagnostic {
  const several = known.length > NAMED ? `${String(known.length)} builders` : known.join(', ');
  const speed = known.length === 1 ? `that of ${several}` : `the mean of ${several}`;
  return {
    code: 'unseen-builder',
    severity: 'note',
    message: `no build of the history ran on ${name}: its speed is taken for ${speed}`,
    hint: 'name builders as the history does, or give it a speed=',
  };
}

/** How many builders a message names. */
const NAMED = 4;

function describe({ version, arch }: BuildRecord): string {
  return `${version} on ${arch}`;
}
