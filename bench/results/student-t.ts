/** Two-sided, 95 %, by degrees of freedom from 1 on. */
const TABLE = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23] as const;
/** Beyond the table: of 20 degrees it is 2.09. */
const MANY = 2.1;

/** How many standard errors half of a 95 % interval is. @param freedom degrees of freedom; broken ones count as the whole below */
export function studentT(freedom: number): number {
  return TABLE[Math.max(1, Math.floor(freedom)) - 1] ?? MANY;
}
