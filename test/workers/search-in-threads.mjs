// Searches one problem with the built program in several numbers of threads, once interrupted: `node search-in-threads.mjs DIST`.
const dist = process.argv[2];
const {
  buildCsr,
  EdgeList,
  listSchedule,
  dispatchRule,
  seededRandom,
  shortestDurations,
  tails,
  toDag,
  verifySchedule,
  withoutSpread,
} = await import(`${dist}/src/internal.js`);
const { searchBuilds } = await import(`${dist}/src/schedule/build-search/search-builds.js`);
const { searchInWorkers } = await import(`${dist}/src/workers/search-in-workers.js`);

const taskCount = 60;
const random = seededRandom(5);
const edges = new EdgeList();
for (let task = 6; task < taskCount; task++) edges.push(task, Math.floor(random() * task));
const builder = {
  ...{ name: 'x86', arch: 'amd64', slots: 4, ramDiskBytes: 20, ramDiskChroots: [], memoryBytes: Infinity },
  ...{ diskSlots: 4, diskFactor: 1.5, cores: Infinity, makeJobs: [4], speed: 1 },
};
const draw = (most) => Float64Array.from({ length: taskCount }, () => 1 + Math.floor(random() * most));
const problem = {
  ...{ taskCount, dag: toDag(buildCsr(taskCount, edges)), builders: [builder] },
  ...{ arch: Array.from({ length: taskCount }).fill('amd64'), durationMs: draw(1000), durationJobs: 4 },
  ...{
    parallelFraction: new Float64Array(taskCount),
    ramDiskBytes: draw(12),
    memoryBytes: new Float64Array(taskCount),
  },
  ...{ releaseMs: new Float64Array(taskCount), running: [] },
  spread: withoutSpread(new Float64Array(taskCount)),
};
const initial = [
  listSchedule(problem, dispatchRule(problem, tails(problem.dag, shortestDurations(problem)))),
];
const options = { schedules: 7000, seed: 3, initial, lowerBoundMs: 0 };

const here = searchBuilds(problem, options);
// A bound that the search reaches: which restart does so first must not matter.
const lowerBoundMs = here.schedule.makespanMs;
const hereStopped = searchBuilds(problem, { ...options, lowerBoundMs });
const threads = [];
for (const workers of [1, 2, 8]) {
  const { isInterrupted, ...full } = await searchInWorkers(problem, { ...options, workers });
  const stopped = await searchInWorkers(problem, { ...options, lowerBoundMs, workers });
  threads.push({ isInterrupted, full, stopped: { ...stopped, isInterrupted: undefined } });
}

const interruption = new AbortController();
const interrupted = await searchInWorkers(problem, {
  ...{ ...options, schedules: 1e9, workers: 2, signal: interruption.signal },
  onProgress: () => interruption.abort(),
});
process.stdout.write(
  JSON.stringify({
    ...{ here, hereStopped, threads, interrupted, violations: verifySchedule(problem, interrupted.schedule) },
    initialMs: initial[0].makespanMs,
  }),
);
