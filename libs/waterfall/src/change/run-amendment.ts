import { formatMoney } from '@weir/money';
import { ExecutionError } from '../execute/errors.js';
import { execute } from '../execute/execute.js';
import type { RunResult } from '../execute/result.js';
import type { CompiledAmendment } from './amendment.js';
import { AmendmentRefused } from './errors.js';
import { nearestFace } from './class-issue.js';
import { netOf } from './kept-values.js';

/** What the mapping cannot take over, said by name before the run says it by instruction. */
function faultsIn(
  { accounts, gone, issues, oldHeld }: CompiledAmendment,
  balances: readonly bigint[],
  state: readonly bigint[],
): string[] {
  const cash = accounts.flatMap(({ name, into }, index) =>
    into === null && (balances[index] ?? 0n) > 0n
      ? [`the account ${name} is no more and still holds cash: say under amends.accounts where it goes`]
      : [],
  );
  const words = gone
    .filter(
      ({ how, plus, minus }) =>
        how === 'must-be-zero' &&
        (netOf({ plus, minus: null }, state) !== 0n || netOf({ plus: minus, minus: null }, state) !== 0n),
    )
    .map(
      ({ name, meaning }) =>
        `"${name}" (${meaning}) is kept no more and is not zero: use it under amends.state, or drop it under amends.dropped with a reason`,
    );
  const faces = issues.flatMap(({ tranche, face, original, place }) => {
    const nearest = nearestFace({ face, original }, state[place] ?? 0n);
    if (nearest === face) return [];
    const [said, fits] = [formatMoney(face), formatMoney(nearest)];
    return [
      nearest === 0n
        ? `${tranche} is paid off: no more of it is issued`
        : `for ${said} of ${tranche} its balance would not grow by whole cents; the nearest amount for which it does is ${fits}`,
    ];
  });
  const owed = oldHeld
    .filter(
      ({ plus, minus }) =>
        netOf({ plus, minus: null }, state) !== 0n || netOf({ plus: minus, minus: null }, state) !== 0n,
    )
    .map(({ name, meaning }) => `"${name}" (${meaning}) is not zero, and notes issued now would share in it`);
  return [...cash, ...words, ...faces, ...owed];
}

/**
 * Runs the mapping program over the old deal's account and state words, as they stand after the last payment date that it
 * pays. `words` are the new deal's: accounts, then state. Cash is conserved, or nothing is changed.
 * @throws AmendmentRefused naming all that cannot be taken over @throws RunArgumentError when the words are not the old deal's
 */
export function runAmendment(
  amendment: CompiledAmendment,
  words: readonly bigint[],
): { words: bigint[]; result: RunResult } {
  const { program, oldAccounts, newAccounts, lines } = amendment;
  const [balances, state] = [words.slice(0, oldAccounts.length), words.slice(oldAccounts.length)];
  const faults = faultsIn(amendment, balances, state);
  if (faults.length > 0) throw new AmendmentRefused(faults);
  const { A, S } = program.layout.regions;
  const empty = new Array<bigint>(newAccounts.length + S.count).fill(0n);
  try {
    const result = execute(program, { period: 1, inputs: state, deposit: 0n, state: [...balances, ...empty] });
    return { words: result.state.slice(A.count - newAccounts.length), result };
  } catch (error) {
    if (!(error instanceof ExecutionError)) throw error;
    const place = lines.get(error.offset);
    const what = place ? `the formula of line ${place.line}, column ${place.column}` : 'a word that carries over';
    throw new AmendmentRefused([`${what} stops the mapping: ${error.message}`]);
  }
}
