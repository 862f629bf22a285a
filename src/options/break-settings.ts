import type { AnalyseOptions } from '../analysis.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { BREAK_COSTS } from '../cycles/break-costs.ts';
import { parseBreakCosts } from '../cycles/parse-break-costs.ts';
import { orderPreferences } from '../cycles/starlingx/order-preferences.ts';
import type { Inputs } from '../io/inputs.ts';
import { readTextFile } from '../io/read-text.ts';
import { parseCycleOrders } from '../parse/starlingx/cycle-orders.ts';

/** The files that say how cycles should be opened. */
export interface RawBreakSettings {
  /** A file of costs. */
  readonly breakCost?: string | undefined;
  /** A StarlingX cycle-order file. */
  readonly orderFrom?: string | undefined;
}

export interface BreakSettings extends Pick<AnalyseOptions, 'breakCosts' | 'reluctance'> {
  /** The files that were read: inputs of the plan like the others. */
  readonly files: Inputs['files'];
  readonly diagnostics: readonly Diagnostic[];
}

/** How many times dearer it is to build against a file's order, and cheaper to build in it: it decides between near equals. */
const WISHED = 2;

/** Reads how cycles should be opened. @throws UserError */
export async function readBreakSettings({ breakCost, orderFrom }: RawBreakSettings): Promise<BreakSettings> {
  const diagnostics: Diagnostic[] = [];
  const costsFile = breakCost === undefined ? undefined : await readTextFile(breakCost);
  const orderFile = orderFrom === undefined ? undefined : await readTextFile(orderFrom);
  let reluctance: BreakSettings['reluctance'];
  if (orderFile !== undefined) {
    const { text, name } = orderFile;
    const wishes = orderPreferences(parseCycleOrders(text, name, (found) => diagnostics.push(found)));
    diagnostics.push(...wishes.diagnostics);
    reluctance = ({ source }, need) => {
      if (wishes.lineOf(source.name, need.source.name) !== undefined) return 1 / WISHED;
      return wishes.lineOf(need.source.name, source.name) === undefined ? 1 : WISHED;
    };
  }
  return {
    breakCosts: costsFile === undefined ? BREAK_COSTS : parseBreakCosts(costsFile.text, costsFile.name),
    reluctance,
    files: [costsFile, orderFile].flatMap((file) =>
      file === undefined ? [] : [{ name: file.name, sha256: file.sha256 }],
    ),
    diagnostics,
  };
}
