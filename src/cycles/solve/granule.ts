/** Scales at which costs that people write down become whole. */
const SCALES = [1, 2, 4, 10, 100, 1000];

/** The largest number found that every cost is a multiple of; 0: none is. Differences of sums of costs are multiples too. */
export function granuleOf(cost: Float64Array): number {
  const scale = SCALES.find((each) => cost.every((amount) => Number.isSafeInteger(amount * each)));
  if (scale === undefined) return 0;
  let common = 0;
  for (const amount of cost) {
    for (let rest = amount * scale; rest !== 0;) [common, rest] = [rest, common % rest];
    if (common === 1) break;
  }
  return common / scale;
}

/** The least sum of costs that is not below a bound. */
export function roundUp(bound: number, granule: number): number {
  return granule === 0 ? bound : Math.ceil(bound / granule - 1e-6) * granule;
}
