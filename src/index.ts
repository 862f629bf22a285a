export { type Analysis, type AnalyseOptions, type Archive } from './analyse.ts';
export {
  compareDiagnostics,
  UserError,
  type Diagnostic,
  type Location,
  type Report,
  type Severity,
} from './base/diagnostic.ts';
export { formatBytes, formatDuration, parseBytes, parseDuration } from './base/quantity.ts';
export { stableJson } from './base/stable-json.ts';
export { type Builder } from './dispatch/problem.ts';
export { formatDiagnostics } from './emit/diagnostics-text.ts';
export { graphFormats, type GraphFormat } from './emit/graph-formats.ts';
export { emitOrder } from './emit/order.ts';
export { plainStyle, type Style } from './emit/style.ts';
export { emitSummary } from './emit/summary.ts';
export { formatWhy } from './emit/why-text.ts';
export { makeGraphDocument, type GraphDocument } from './graph/graph-document.ts';
export { toGraphlib } from './graph/to-graphlib.ts';
export { why, type Why, type WhyStep } from './graph/why.ts';
export { type Inputs, type InputRequest } from './io/inputs.ts';
export { readInputs } from './io/read-inputs.ts';
export { thisMachine } from './io/this-machine.ts';
export { parsePackagesOption, resolveAnalyseOptions, type RawOptions } from './options.ts';
export { analyseInputs, planBuild, type PlanOptions, type PlanResult } from './pipeline.ts';
export { readPlanSettings, withSettings, type PlanSettings } from './plan-settings.ts';
export { type Plan } from './plan/plan.ts';
export { readPlan } from './plan/read-plan.ts';
export { planJsonSchema } from './plan/schema.ts';
export { writePlan } from './write-plan.ts';
