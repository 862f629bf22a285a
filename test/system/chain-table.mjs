// What a run's builds took against their plan, as a table in Markdown. Usage: chain-table.mjs PLAN JOURNAL
import { readFileSync } from 'node:fs';

const [planPath = '', journalPath = ''] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planPath, 'utf8'));
const events = readFileSync(journalPath, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const begun = new Map(events.filter(({ event }) => event === 'start').map((event) => [event.task, event]));
const ended = new Map(events.filter(({ event }) => event === 'end').map((event) => [event.task, event]));
const firstMs = events[0].atMs;

const seconds = (ms) => `${String(Math.round(ms / 1000))} s`;
const mebibytes = (bytes) => (bytes === undefined ? '–' : `${String(Math.round(bytes / 2 ** 20))} MiB`);
const row = (cells) => `| ${cells.join(' | ')} |`;

console.log(
  row(['build', 'planned start', 'start', 'planned', 'took', 'where', 'room planned', 'peak', 'outcome']),
);
console.log(row(Array.from({ length: 9 }, () => '---')));
const tasks = plan.targets
  .flatMap((target) => target.tasks)
  .sort((a, b) => (begun.get(a.id)?.atMs ?? 0) - (begun.get(b.id)?.atMs ?? 0));
for (const { id, startMs, durationMs, mode, ramDiskBytes } of tasks) {
  const [start, end] = [begun.get(id), ended.get(id)];
  if (start === undefined || end === undefined) {
    console.log(
      row([id, seconds(startMs), '–', seconds(durationMs), '–', mode, mebibytes(ramDiskBytes), '–', '–']),
    );
    continue;
  }
  const took = seconds(end.endedMs - end.startedMs);
  const where = start.mode === mode ? mode : `${start.mode}, planned ${mode}`;
  const times = [seconds(startMs), seconds(start.atMs - firstMs), seconds(durationMs), took];
  console.log(row([id, ...times, where, mebibytes(ramDiskBytes), mebibytes(end.peakBytes), end.outcome]));
}
