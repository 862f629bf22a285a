export { answerAccuracy, assessHistory, readAccuracyTask, type AccuracyRequest } from './answer-accuracy.ts';
export { accuracyJsonSchema } from './accuracy/accuracy-schema.ts';
export { type AccuracyDocument } from './accuracy/accuracy-document.ts';
export { explainSource } from './explain-source.ts';
export { explainJsonSchema } from './explain/explain-schema.ts';
export { type ExplainDocument } from './explain/explain-document.ts';
export { emitAccuracySvg } from './emit/accuracy-plot/accuracy-svg.ts';
export { formatExplanation } from './emit/explain-text.ts';
export { answerAdvice } from './advise-plan.ts';
export { adviceJsonSchema } from './advise/advice-schema.ts';
export { type Advice } from './advise/advice.ts';
export { advise, type AdviseOptions } from './advise/advise.ts';
export { readBreakSettings, type BreakSettings } from './options/break-settings.ts';
export { resolveCheckOptions, type RawCheckOptions } from './options/check-options.ts';
export { type Check, type CheckOptions } from './check.ts';
export { type Archive } from './analyse.ts';
export { answerComparison, type CompareAnswer, type CompareRequest } from './compare-plans.ts';
export { compareArchitectures, comparePlans } from './compare/compare-plans.ts';
export { comparisonJsonSchema } from './compare/comparison-schema.ts';
export { type ComparisonDocument, type NamedPlan } from './compare/comparison-document.ts';
export { answerEmit, emitFiles, type EmitRequest } from './emit-plan.ts';
export { type EmittedFile, type EmitOptions, type Emitter } from './emit/emitter.ts';
export { EMITTERS, type EmitFormat } from './emit/emitters.ts';
export { orderJsonSchema } from './emit/formats/order-schema.ts';
export { type OrderDocument } from './emit/formats/order-document.ts';
export { COMPLETIONS } from './emit/completion/shells.ts';
export {
  type CommandLine,
  type CompletedCommand,
  type CompletedOption,
  type CompletedValue,
} from './emit/completion/command-line.ts';
export { KNOWN_PROFILES } from './debian/known-profiles.ts';
export { CONTESTANTS } from './simulate/contestants.ts';
export { appendHistory } from './append-history.ts';
export type { Analysis, AnalyseOptions } from './analysis.ts';
export { buildCsr, EdgeList, type Csr } from './base/csr.ts';
export {
  compareDiagnostics,
  UserError,
  type Diagnostic,
  type Location,
  type Report,
  type Severity,
} from './base/diagnostic.ts';
export { nearestName } from './base/nearest-name.ts';
export { noProgress, stepOf, type OnProgress, type Progress } from './base/progress.ts';
export { formatBytes, formatDuration, parseBytes, parseDuration } from './base/quantity.ts';
export { seededRandom, type Random } from './base/random.ts';
export { stableJson } from './base/stable-json.ts';
export { answerCycles, type CyclesOutcome, type CyclesRequest } from './cycles-report.ts';
export { type BreakProblem } from './cycles/break-problem.ts';
export { type CyclesDocument } from './cycles/document/cycles-document.ts';
export { cyclesJsonSchema } from './cycles/cycles-schema.ts';
export { solveBreaks } from './cycles/solve-breaks.ts';
export { compareVersions } from './debian/version.ts';
export {
  withoutSpread,
  type Builder,
  type Placement,
  type Problem,
  type Schedule,
} from './dispatch/problem.ts';
export { formatCheck } from './emit/check-text.ts';
export { formatDiagnostics } from './emit/diagnostics-text.ts';
export { graphFormats, type GraphFormat, type GraphRecords } from './emit/graph-formats.ts';
export { formatInstallSet } from './emit/install-set-text.ts';
export { formatProgress } from './emit/progress-text.ts';
export { emitOrder } from './emit/order.ts';
export { plainStyle, type Style } from './emit/style.ts';
export { emitGantt } from './emit/gantt-text.ts';
export { emitSummary } from './emit/summary.ts';
export { formatWhy } from './emit/why-text.ts';
export { type EstimateOverride } from './estimate/estimate.ts';
export { type SourceFeatures } from './estimate/features.ts';
export { designOf, PARTS, TERMS, type Part, type Term } from './estimate/prior/design.ts';
export { type Models, type SumModel } from './estimate/prior/model.ts';
export { type Prior } from './estimate/prior/prior.ts';
export { knowledgeOf, priorOf } from './estimate/prior/prior-of.ts';
export { TOOLCHAINS, type Toolchain } from './estimate/toolchains.ts';
export { toDag, type Dag } from './graph/dag.ts';
export {
  graphEdges,
  graphUnits,
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
export { buildJsonSchema } from './history/history-schema.ts';
export { answerHistory, type HistoryRequest } from './answer-history.ts';
export { answerLearn, learnLogs, type LearnedLogs } from './learn-logs.ts';
export { findInstallSet, type InstallSetResult } from './install-set.ts';
export { type Inputs, type InputRequest } from './io/inputs.ts';
export { readInputs } from './io/read-inputs.ts';
export { thisMachine } from './io/this-machine.ts';
export { parsePackagesOption, resolveAnalyseOptions, type RawOptions } from './options/analyse-options.ts';
export { parsePackages } from './parse/packages-index.ts';
export { parseRelationField } from './parse/relation-field.ts';
export { RelationTable } from './parse/relation-table.ts';
export { readStanzas } from './parse/stanza.ts';
export {
  analyseInputs,
  checkInputs,
  planBuild,
  posePlan,
  type PlanOptions,
  type PlanResult,
} from './pipeline.ts';
export { readPlanSettings, withSettings, type PlanSettings } from './options/plan-settings.ts';
export { type Plan } from './plan/plan.ts';
export { planWithSearch, type PlanWatch } from './plan-with-search.ts';
export { readPlan } from './plan/read-plan.ts';
export { planJsonSchema } from './plan/schema.ts';
export { type CheckDocument } from './resolve/check-document.ts';
export { checkJsonSchema } from './resolve/check-schema.ts';
export { type InstallSetAnswer, type InstallSetDocument } from './resolve/install-set-document.ts';
export { measureBuild, type MeasureAnswer, type MeasureRequest } from './measure-build.ts';
export { POLICIES, POLICY_NAMES } from './policies/policies.ts';
export { type PolicyName } from './policies/policy.ts';
export { schedulePortfolio, type PortfolioResult } from './policies/portfolio.ts';
export { schedulerFor } from './schedule-by-policy.ts';
export { lowerBound, type LowerBound } from './schedule/bounds/lower-bound.ts';
export { projectLowerBound } from './schedule/bounds/project-bound.ts';
export { type Project, type ProjectSchedule } from './schedule/project.ts';
export { searchProject, type SearchOptions, type SearchResult } from './schedule/search/search-project.ts';
export { verifyProjectSchedule } from './schedule/verify-project.ts';
export { answerNext, followNext, type NextOutcome, type NextRequest } from './answer-next.ts';
export { nextBuilds } from './next/next-builds.ts';
export { nextJsonSchema } from './next/next-schema.ts';
export { type NextAnswer, type NextError } from './next/next-document.ts';
export { type StateDocument } from './next/state-document.ts';
export { stateJsonSchema } from './next/state-schema.ts';
export { problemOfPlan, type PlanProblem } from './plan/problem-of-plan.ts';
export { answerReport, type ReportRequest } from './report-plan.ts';
export { readInstance } from './read-instance.ts';
export { BuildDecoder } from './schedule/build-search/build-decoder.ts';
export { searchBuilds } from './schedule/build-search/search-builds.ts';
export { criticalChain } from './schedule/critical-chain.ts';
export { dispatchRule } from './schedule/dispatch-rule.ts';
export { listSchedule } from './schedule/list-schedule.ts';
export { shortestDurations, tails } from './schedule/tails.ts';
export { verifySchedule } from './schedule/verify.ts';
export { answerRun, type RunAnswer, type RunRequest } from './run-plan.ts';
export { type RunTalk } from './run-in-folder.ts';
export { watchRun, type RunScreen } from './watch-run.ts';
export { journalJsonSchema } from './journal/event-schema.ts';
export { runJsonSchema } from './journal/run-schema.ts';
export { type RunDocument, type RunObserver } from './journal/run-document.ts';
export { answerSimulation, type SimulationRequest } from './simulate-plan.ts';
export { type SimulationDocument } from './simulate/simulation-document.ts';
export { simulationJsonSchema } from './simulate/simulation-schema.ts';
export { resolveSearch, type SearchSettings } from './options/search-options.ts';
export { searchInWorkers } from './workers/search-in-workers.ts';
export { writePlan } from './write-plan.ts';
