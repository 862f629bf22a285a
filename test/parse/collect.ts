import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { ParseContext } from '../../src/parse/parse-context.ts';
import { RelationTable } from '../../src/parse/relation-table.ts';

/** A context whose diagnostics a test can look at. */
export interface CollectingContext extends ParseContext {
  readonly diagnostics: readonly Diagnostic[];
}

/** A fresh context: its own relation table and list of diagnostics. */
export function collectingContext(): CollectingContext {
  const diagnostics: Diagnostic[] = [];
  return {
    relations: new RelationTable(),
    report: (diagnostic) => diagnostics.push(diagnostic),
    diagnostics,
  };
}

/** Each diagnostic as `code file:line:column`. */
export function places(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, location }) => {
    const column = location?.column === undefined ? '' : `:${String(location.column)}`;
    return `${code} ${location?.file ?? ''}:${String(location?.line)}${column}`;
  });
}
