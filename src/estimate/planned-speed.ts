/**
 * The speed that a builder is planned at: what was given, else what its builds tell, with two decimals.
 * @param speeds `Estimates.speeds`
 */
export function plannedSpeed(
  {
    name,
    speed,
    isSpeedGiven,
  }: { readonly name: string; readonly speed: number; readonly isSpeedGiven?: boolean },
  speeds: ReadonlyMap<string, number>,
): number {
  return isSpeedGiven === false ? Math.round(100 * (speeds.get(name) ?? speed)) / 100 : speed;
}
