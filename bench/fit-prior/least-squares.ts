/** What a model says of one observation at some parameters: its value, and its derivatives that are not 0. */
export interface Prediction {
  readonly value: number;
  readonly parameters: readonly number[];
  readonly derivatives: readonly number[];
}

/** A problem of robust least squares with a pull of each parameter towards a value. */
export interface LeastSquares {
  readonly count: number;
  readonly predict: (observation: number, at: Float64Array) => Prediction;
  readonly target: (observation: number) => number;
  /** Whether the truth lies anywhere below the target: then predictions below it are right. */
  readonly isUpperLimit: (observation: number) => boolean;
  readonly weight: (observation: number) => number;
  /** Where each parameter starts and is pulled to. */
  readonly center: Float64Array;
  /** How strongly: the inverse of a variance. */
  readonly pull: Float64Array;
  /** Residuals beyond count as absolute values, not squares (Huber). */
  readonly huber: number;
}

const ROUNDS = 40;

/**
 * Minimises by Levenberg-Marquardt with iteratively reweighted residuals; deterministic.
 * @returns the parameters. O(rounds · (observations · derivatives² + parameters³))
 */
export function solveLeastSquares(problem: LeastSquares): Float64Array {
  let at = Float64Array.from(problem.center);
  let damping = 1e-3;
  let current = normalEquations(problem, at);
  for (let round = 0; round < ROUNDS; round++) {
    const step = solveSymmetric(damped(current.matrix, damping), current.gradient);
    const next = at.map((value, index) => value + cell(step, index));
    const tried = normalEquations(problem, next);
    if (tried.loss < current.loss) {
      const isDone = current.loss - tried.loss < 1e-9 * current.loss;
      at = next;
      current = tried;
      damping = Math.max(damping / 5, 1e-9);
      if (isDone) break;
    } else {
      damping *= 8;
      if (damping > 1e9) break;
    }
  }
  return at;
}

interface NormalEquations {
  readonly matrix: readonly Float64Array[];
  /** Downhill. */
  readonly gradient: Float64Array;
  readonly loss: number;
}

function normalEquations(problem: LeastSquares, at: Float64Array): NormalEquations {
  const size = at.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const gradient = new Float64Array(size);
  let loss = 0;
  for (let observation = 0; observation < problem.count; observation++) {
    const { value, parameters, derivatives } = problem.predict(observation, at);
    const residual = problem.target(observation) - value;
    if (problem.isUpperLimit(observation) && residual > 0) continue;
    const size = Math.abs(residual);
    const { huber } = problem;
    const weight = problem.weight(observation) * (size > huber ? huber / size : 1);
    loss +=
      problem.weight(observation) * (size > huber ? huber * (size - huber / 2) : (residual * residual) / 2);
    for (let i = 0; i < parameters.length; i++) {
      const rowIndex = parameters[i] ?? 0;
      const scaled = weight * (derivatives[i] ?? 0);
      gradient[rowIndex] = cell(gradient, rowIndex) + scaled * residual;
      const row = matrix[rowIndex];
      if (row === undefined) continue;
      for (let j = 0; j < parameters.length; j++) {
        const column = parameters[j] ?? 0;
        row[column] = cell(row, column) + scaled * (derivatives[j] ?? 0);
      }
    }
  }
  for (let index = 0; index < size; index++) {
    const away = cell(problem.center, index) - cell(at, index);
    const pull = cell(problem.pull, index);
    loss += (pull * away * away) / 2;
    gradient[index] = cell(gradient, index) + pull * away;
    const row = matrix[index];
    if (row !== undefined) row[index] = cell(row, index) + pull;
  }
  return { matrix, gradient, loss };
}

function damped(matrix: readonly Float64Array[], damping: number): readonly Float64Array[] {
  return matrix.map((row, index) => {
    const copy = Float64Array.from(row);
    copy[index] = cell(copy, index) * (1 + damping);
    return copy;
  });
}

/** Solves a symmetric positive definite system by Cholesky's factors. O(size³) */
function solveSymmetric(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.map((row) => Float64Array.from(row));
  const entry = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = entry(row, column);
      for (let k = 0; k < column; k++) sum -= entry(row, k) * entry(column, k);
      const value = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / entry(column, column);
      lower[row]?.fill(value, column, column + 1);
    }
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let sum = cell(solution, row);
    for (let k = 0; k < row; k++) sum -= entry(row, k) * cell(solution, k);
    solution[row] = sum / entry(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = cell(solution, row);
    for (let k = row + 1; k < size; k++) sum -= entry(k, row) * cell(solution, k);
    solution[row] = sum / entry(row, row);
  }
  return solution;
}

function cell(cells: Float64Array, index: number): number {
  return cells[index] ?? 0;
}
