/**
 * The library: what a program may import from 'debplan'. Each function's docstring ends in an example, which
 * `test/examples.test.ts` runs.
 */
export { type Archive } from './analyse.ts';
export { type Analysis, type AnalyseOptions } from './analysis.ts';
export { UserError, type Diagnostic, type Location, type Report, type Severity } from './base/diagnostic.ts';
export { noProgress, type OnProgress, type Progress } from './base/progress.ts';
export { formatBytes, formatDuration, parseBytes, parseDuration } from './base/quantity.ts';
export { stableJson } from './base/stable-json.ts';
export { type Check, type CheckOptions } from './check.ts';
export { compareArchitectures, comparePlans } from './compare/compare-plans.ts';
export { type ComparisonDocument, type NamedPlan } from './compare/comparison-document.ts';
export { compareVersions } from './debian/version.ts';
export { type Builder, type Placement, type Problem, type Schedule } from './dispatch/problem.ts';
export { emitFiles } from './emit-plan.ts';
export { formatCheck } from './emit/check-text.ts';
export { formatDiagnostics } from './emit/diagnostics-text.ts';
export { type EmittedFile, type EmitOptions, type Emitter } from './emit/emitter.ts';
export { EMITTERS, type EmitFormat } from './emit/emitters.ts';
export { emitGantt } from './emit/gantt-text.ts';
export { formatInstallSet } from './emit/install-set-text.ts';
export { emitOrder } from './emit/order.ts';
export { plainStyle, type Style } from './emit/style.ts';
export { emitSummary } from './emit/summary.ts';
export { formatWhy } from './emit/why-text.ts';
export { type EstimateOverride } from './estimate/estimate.ts';
export { type Dag } from './graph/dag.ts';
export {
  makeGraphDocument,
  type GraphDocument,
  type GraphEdge,
  type GraphUnit,
} from './graph/graph-document.ts';
export { toGraphlib } from './graph/to-graphlib.ts';
export { why, type Why, type WhyStep } from './graph/why.ts';
export { formatRecord } from './history/format-record.ts';
export { joinRecords } from './history/join-records.ts';
export { parseHistory } from './history/parse-history.ts';
export { type BuildRecord } from './history/record.ts';
export { findInstallSet, type InstallSetResult } from './install-set.ts';
export { type Inputs, type InputRequest } from './io/inputs.ts';
export { readInputs } from './io/read-inputs.ts';
export { thisMachine } from './io/this-machine.ts';
export { nextBuilds } from './next/next-builds.ts';
export { type NextAnswer, type NextError } from './next/next-document.ts';
export { type StateDocument } from './next/state-document.ts';
export { resolveAnalyseOptions, type RawOptions } from './options/analyse-options.ts';
export { resolveCheckOptions, type RawCheckOptions } from './options/check-options.ts';
export { resolveEmitOptions, type RawEmitOptions, type ResolvedEmitOptions } from './options/emit-options.ts';
export { resolveSearch, type SearchSettings } from './options/search-options.ts';
export { parsePackages } from './parse/packages-index.ts';
export { parseRelationField } from './parse/relation-field.ts';
export { RelationTable } from './parse/relation-table.ts';
export { readStanzas } from './parse/stanza.ts';
export { analyseInputs, checkInputs, planBuild, type PlanOptions, type PlanResult } from './pipeline.ts';
export { planWithSearch, type PlanWatch } from './plan-with-search.ts';
export { type Plan } from './plan/plan.ts';
export { problemOfPlan, type PlanProblem } from './plan/problem-of-plan.ts';
export { readPlan } from './plan/read-plan.ts';
export { POLICIES, POLICY_NAMES } from './policies/policies.ts';
export { type PolicyName } from './policies/policy.ts';
export { type CheckDocument } from './resolve/check-document.ts';
export { type InstallSetAnswer, type InstallSetDocument } from './resolve/install-set-document.ts';
export { lowerBound, type LowerBound } from './schedule/bounds/lower-bound.ts';
export { schedulerFor } from './schedule-by-policy.ts';
export { criticalChain } from './schedule/critical-chain.ts';
export { dispatchRule } from './schedule/dispatch-rule.ts';
export { listSchedule } from './schedule/list-schedule.ts';
export { shortestDurations, tails } from './schedule/tails.ts';
export { verifySchedule } from './schedule/verify.ts';
