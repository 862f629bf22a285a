/** What `cli/` and `bench/` use: the library, and what is no promise to anybody else. */
export * from './index.ts';
export { type AccuracyDocument } from './accuracy/accuracy-document.ts';
export { accuracyJsonSchema } from './accuracy/accuracy-schema.ts';
export { answerAdvice } from './advise-plan.ts';
export { adviceJsonSchema } from './advise/advice-schema.ts';
export { type Advice } from './advise/advice.ts';
export { advise, type AdviseOptions } from './advise/advise.ts';
export { answerAccuracy, assessHistory, readAccuracyTask, type AccuracyRequest } from './answer-accuracy.ts';
export { answerHistory, type HistoryRequest } from './answer-history.ts';
export { answerNext, followNext, type NextOutcome, type NextRequest } from './answer-next.ts';
export { appendHistory } from './append-history.ts';
export { buildUniverse } from './archive/build-universe.ts';
export { chooseSources } from './archive/choose-sources.ts';
export { makeUnits } from './archive/unit.ts';
export { type Universe } from './archive/universe.ts';
export { buildCsr, EdgeList, type Csr } from './base/csr.ts';
export { compareDiagnostics } from './base/diagnostic.ts';
export { nearestName } from './base/nearest-name.ts';
export { stepOf } from './base/progress.ts';
export { isPlanFile } from './io/is-plan-file.ts';
export { processClock } from './io/process-clock.ts';
export { seededRandom, type Random } from './base/random.ts';
export {
  answerBench,
  nameBenchInputs,
  readBenchPlan,
  readBenchTask,
  type BenchAnswer,
  type BenchRequest,
} from './bench-plan.ts';
export { type BenchDocument } from './benchmark/bench-document.ts';
export { benchJsonSchema } from './benchmark/bench-schema.ts';
export { StageClock } from './benchmark/stage-clock.ts';
export { answerComparison, type CompareAnswer, type CompareRequest } from './compare-plans.ts';
export { comparisonJsonSchema } from './compare/comparison-schema.ts';
export { answerCycles, type CyclesOutcome, type CyclesRequest } from './cycles-report.ts';
export { type BreakProblem } from './cycles/break-problem.ts';
export { breakCycles } from './cycles/break-cycles.ts';
export { cyclesJsonSchema } from './cycles/cycles-schema.ts';
export { type CyclesDocument } from './cycles/document/cycles-document.ts';
export { solveBreaks } from './cycles/solve-breaks.ts';
export { KNOWN_PROFILES } from './debian/known-profiles.ts';
export { withoutSpread } from './dispatch/problem.ts';
export { answerEmit, type EmitRequest } from './emit-plan.ts';
export { emitAccuracySvg } from './emit/accuracy-plot/accuracy-svg.ts';
export {
  type CommandLine,
  type CompletedCommand,
  type CompletedOption,
  type CompletedValue,
} from './emit/completion/command-line.ts';
export { COMPLETIONS } from './emit/completion/shells.ts';
export { formatExplanation } from './emit/explain-text.ts';
export { type OrderDocument } from './emit/formats/order-document.ts';
export { orderJsonSchema } from './emit/formats/order-schema.ts';
export { graphFormats, type GraphFormat, type GraphRecords } from './emit/graph-formats.ts';
export { formatProgress } from './emit/progress-text.ts';
export { type SourceFeatures } from './estimate/features.ts';
export { designOf, PARTS, TERMS, type Part, type Term } from './estimate/prior/design.ts';
export { type Models, type SumModel } from './estimate/prior/model.ts';
export { knowledgeOf, priorOf } from './estimate/prior/prior-of.ts';
export { type Prior } from './estimate/prior/prior.ts';
export { TOOLCHAINS, type Toolchain } from './estimate/toolchains.ts';
export { explainSource } from './explain-source.ts';
export { type ExplainDocument } from './explain/explain-document.ts';
export { explainJsonSchema } from './explain/explain-schema.ts';
export { toDag } from './graph/dag.ts';
export { graphEdges, graphUnits } from './graph/graph-document.ts';
export { stronglyConnected } from './graph/strongly-connected.ts';
export { type UnitGraph } from './graph/unit-graph.ts';
export { chooseIn, graphOf } from './graph/universe-graph.ts';
export { buildJsonSchema } from './history/history-schema.ts';
export { journalJsonSchema } from './journal/event-schema.ts';
export { type RunDocument, type RunObserver } from './journal/run-document.ts';
export { runJsonSchema } from './journal/run-schema.ts';
export { answerLearn, learnLogs, type LearnedLogs } from './learn-logs.ts';
export { measureBuild, type MeasureAnswer, type MeasureRequest } from './measure-build.ts';
export { nextJsonSchema } from './next/next-schema.ts';
export { stateJsonSchema } from './next/state-schema.ts';
export { parsePackagesOption } from './options/analyse-options.ts';
export { readBreakSettings, type BreakSettings } from './options/break-settings.ts';
export {
  readPlanSettings,
  withSettings,
  type PlanSettings,
  type RawPlanSettings,
} from './options/plan-settings.ts';
export { parseSources } from './parse/sources-index.ts';
export { finishPlan, posePlan, type PosedPlan } from './pipeline.ts';
export { planJsonSchema } from './plan/schema.ts';
export { schedulePortfolio, type PortfolioResult } from './policies/portfolio.ts';
export { readInstance } from './read-instance.ts';
export { encodeReport } from './report/encode-report.ts';
export { makeReportData } from './report/make-report-data.ts';
export { answerReport, type ReportRequest } from './report-plan.ts';
export { checkJsonSchema } from './resolve/check-schema.ts';
export { type RunTalk } from './run-in-folder.ts';
export { answerRun, type RunAnswer, type RunRequest } from './run-plan.ts';
export { projectLowerBound } from './schedule/bounds/project-bound.ts';
export { BuildDecoder } from './schedule/build-search/build-decoder.ts';
export { searchBuilds } from './schedule/build-search/search-builds.ts';
export { type Project, type ProjectSchedule } from './schedule/project.ts';
export { searchProject, type SearchOptions, type SearchResult } from './schedule/search/search-project.ts';
export { verifyProjectSchedule } from './schedule/verify-project.ts';
export { scheduleByList } from './scheduler.ts';
export { settleOptions } from './settle-in-rounds.ts';
export { type BenchSource } from './measure-bench.ts';
export { answerSimulation, type SimulationRequest } from './simulate-plan.ts';
export { CONTESTANTS } from './simulate/contestants.ts';
export { type SimulationDocument } from './simulate/simulation-document.ts';
export { simulationJsonSchema } from './simulate/simulation-schema.ts';
export { watchRun, type RunScreen } from './watch-run.ts';
export { searchInWorkers } from './workers/search-in-workers.ts';
export { limitInputsTo } from './options/input-limit.ts';
export { writePlan } from './write-plan.ts';
