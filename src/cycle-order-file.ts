import type { Archive } from './analyse.ts';
import type { Diagnostic } from './base/diagnostic.ts';
import { cyclePlatforms, type PlatformOptions } from './cycle-platforms.ts';
import { commonOrder } from './cycles/starlingx/common-order.ts';
import { lintCycleOrders } from './cycles/starlingx/lint.ts';
import { orderPreferences } from './cycles/starlingx/order-preferences.ts';
import { WRITE_LIMITS, writeCycleOrders } from './cycles/starlingx/write.ts';
import { formatCycleOrders } from './emit/cycle-orders.ts';
import { parseCycleOrders } from './parse/starlingx/cycle-orders.ts';

/** A cycle-order file as it was read. */
export interface CycleOrderFile {
  /** What it is called in messages; never an absolute path. */
  readonly name: string;
  readonly text: string;
}

export interface CycleOrderLint {
  /** What the parser found, by line; then what the lint found, by kind. */
  readonly findings: readonly Diagnostic[];
  /** How many entries could be read. */
  readonly entryCount: number;
  /** No finding is more than a note. */
  readonly isClean: boolean;
}

/** What is wrong with a cycle-order file for these inputs: `cycles --lint`. */
export function lintCycleOrderFile(
  archive: Archive,
  options: PlatformOptions,
  suite: string,
  file: CycleOrderFile,
): CycleOrderLint {
  const findings: Diagnostic[] = [];
  const entries = parseCycleOrders(file.text, file.name, (diagnostic) => findings.push(diagnostic));
  findings.push(...lintCycleOrders(entries, cyclePlatforms(archive, options, suite)));
  return {
    findings,
    entryCount: entries.length,
    isClean: findings.every(({ severity }) => severity === 'note'),
  };
}

/**
 * The text of a cycle-order file that gets every subset of the inputs built: `cycles --write`.
 * @param wishes whose orders decide between orders of equal harm
 */
export function writeCycleOrderFile(
  archive: Archive,
  options: PlatformOptions,
  suite: string,
  wishes?: CycleOrderFile,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const entries =
    wishes === undefined
      ? []
      : parseCycleOrders(wishes.text, wishes.name, (diagnostic) => diagnostics.push(diagnostic));
  const { lineOf, diagnostics: contradictions } = orderPreferences(entries);
  const platforms = cyclePlatforms(archive, options, suite);
  const orderOf = commonOrder(platforms, (first, then) => lineOf(first, then) !== undefined);
  const written = writeCycleOrders(platforms, { limits: WRITE_LIMITS, orderOf });
  return {
    text: formatCycleOrders(written),
    diagnostics: [...diagnostics, ...contradictions, ...written.diagnostics],
  };
}
