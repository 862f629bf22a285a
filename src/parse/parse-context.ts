import type { Report } from '../base/diagnostic.ts';
import type { RelationTable } from './relation-table.ts';

/** What all parsers of one run share. */
export interface ParseContext {
  /** One table a run: equal groups of all files become one object. */
  readonly relations: RelationTable;
  readonly report: Report;
}
