import { boundsSuite } from './bounds.ts';
import { componentsSuite } from './components.ts';
import { cutsSuite } from './cuts.ts';
import { emitSuite } from './emit.ts';
import { endToEndSuite } from './end-to-end.ts';
import { graphSuite } from './graph.ts';
import { listScheduleSuite } from './list-schedule.ts';
import { parseSuite } from './parse.ts';
import { populationSearchSuite } from './population-search.ts';
import { reportSuite } from './report.ts';
import { resolveSuite } from './resolve.ts';
import { serializationSuite } from './serialization.ts';
import type { Suite } from './suite.ts';
import { verifySuite } from './verify.ts';
import { versionCompareSuite } from './version-compare.ts';

/** All that `npm run bench` times, in the order of the pipe; `test/bench/suites.contract.test.ts` runs each case once. */
export const SUITES = {
  parse: parseSuite,
  'version compare': versionCompareSuite,
  resolve: resolveSuite,
  graph: graphSuite,
  components: componentsSuite,
  cuts: cutsSuite,
  'list schedule': listScheduleSuite,
  serialization: serializationSuite,
  'population search': populationSearchSuite,
  bounds: boundsSuite,
  verify: verifySuite,
  emit: emitSuite,
  report: reportSuite,
  'end to end': endToEndSuite,
} as const satisfies Readonly<Record<string, Suite>>;
