/**
 * Whether a restriction formula holds: OR of the outer list, AND of the inner; `!` negates a term. An empty formula holds.
 * @see Debian Policy 7.1; dpkg's `evaluate_restriction_formula`
 */
export function matchesProfiles(
  formula: readonly (readonly string[])[],
  active: ReadonlySet<string>,
): boolean {
  if (formula.length === 0) return true;
  for (const terms of formula) if (matchesTerms(terms, active)) return true;
  return false;
}

function matchesTerms(terms: readonly string[], active: ReadonlySet<string>): boolean {
  for (const term of terms) {
    const negated = term.startsWith('!');
    if (active.has(negated ? term.slice(1) : term) === negated) return false;
  }
  return true;
}
