import { BUILD_SCHEMA, type BuildRecord } from '../../src/history/record.ts';

/** A record of a build of hello; what is given replaces. */
export function buildRecord(fields: Partial<BuildRecord> = {}): BuildRecord {
  return {
    schema: BUILD_SCHEMA,
    source: 'hello',
    version: '2.10-3',
    arch: 'amd64',
    builder: 'x86-1',
    startedAt: '2026-11-23T06:43:57Z',
    wallMs: 96_000,
    outcome: 'built',
    from: { tool: 'sbuild', toolVersion: '0.85.0', file: 'hello.build' },
    ...fields,
  };
}
