/** A history of four builds of hello and greet, one of which failed. */
export const HISTORY = [
  build('hello', '2026-11-01T10:00:00Z', { wallMs: 60_000, holds: 'chroot', peakBytes: 900_000_000 }),
  build('hello', '2026-11-02T10:00:00Z', { wallMs: 66_000, holds: 'chroot', peakBytes: 910_000_000 }),
  build('greet', '2026-11-03T10:00:00Z', { wallMs: 600_000 }),
  build('greet', '2026-11-04T10:00:00Z', { wallMs: 1000, outcome: 'failed', failStage: 'build' }),
].join('');

function build(source: string, startedAt: string, fields: object): string {
  const plain = { schema: 'debplan/build@1', source, version: '1.0-1', arch: 'amd64', builder: 'x86-1' };
  return `${JSON.stringify({ ...plain, startedAt, outcome: 'built', ...fields, from: { tool: 'run' } })}\n`;
}
