import { parentPort } from 'node:worker_threads';
import { runRestart } from '../schedule/build-search/search-builds.ts';
import {
  isInVain,
  noteOptimal,
  type RestartOrder,
  type WorkerReport,
  type WorkerTask,
} from './search-protocol.ts';

// The thread that `searchInWorkers` starts: runs the restarts that it is sent, one by one.
if (parentPort === null) throw new Error('BUG: this file is for a worker thread');
const port = parentPort;
let current: WorkerTask | undefined;

port.on('message', (message: WorkerTask | RestartOrder) => {
  if (message.kind === 'task') {
    current = message;
    return;
  }
  if (current === undefined) throw new Error('BUG: a restart of nothing');
  run(current, message);
});

function run({ problem, options, flags }: WorkerTask, { index, restart }: RestartOrder): void {
  const send = (report: WorkerReport): void => {
    port.postMessage(report);
  };
  const result = runRestart(problem, restart, options, {
    onProgress: (progress) => {
      send({ kind: 'progress', index, progress });
    },
    shouldStop: () => isInVain(flags, index),
  });
  if (result.isOptimal) noteOptimal(flags, index);
  send({ kind: 'result', index, result });
}
