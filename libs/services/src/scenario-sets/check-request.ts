import {
  type GroupedLine,
  InputInvalid,
  knownToSets,
  openSet,
  type OpenedSet,
  parseScenarioSet,
  readPool,
  type SetRequest,
  tryScenarios,
} from '@weir/valuation';
import { readDocument } from '../deals/compiled.js';
import { ScenarioSetRefused, type SetFault } from './errors.js';

const plain = (what: string, message: string): SetFault => ({ what, line: null, column: null, message });
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Lines of a pool's text, or what is wrong with it. */
function readLines(pool: string): { lines: GroupedLine[]; faults: SetFault[] } {
  try {
    const lines = readPool(pool);
    const faults = lines.length === 0 ? [plain('the pool', 'it has no line: give at least one')] : [];
    return { lines, faults };
  } catch (error) {
    if (!(error instanceof InputInvalid)) throw error;
    return { lines: [], faults: error.faults.map((message) => plain('the pool', message)) };
  }
}

function faultsOfSet(set: string, document: string, lines: readonly GroupedLine[]): SetFault[] {
  const { diagnostics } = parseScenarioSet(set, knownToSets(readDocument(document), lines));
  return diagnostics.flatMap(({ severity, line, column, message }) =>
    severity === 'error' ? [{ what: 'the set file', line, column, message }] : [],
  );
}

/** The lines of a pool's text, read together with the set. @throws ScenarioSetRefused with the faults of both */
export function readPoolAndSet(document: string, pool: string, set: string): GroupedLine[] {
  const { lines, faults } = readLines(pool);
  const all = [...faults, ...faultsOfSet(set, document, lines)];
  if (all.length > 0) throw new ScenarioSetRefused(all);
  return lines;
}

/**
 * The set made ready, after its scenarios were tried over few of its lines, so that what would stop it later is told now.
 * @throws ScenarioSetRefused with every fault @throws SetRequestInvalid where the deal has errors
 */
export function checkedSet(request: SetRequest): OpenedSet {
  const faults = faultsOfSet(request.set, request.document, request.lines);
  if (request.lines.length === 0) faults.push(plain('the pool', 'no loan of it has a balance, a rate and a term'));
  if (faults.length > 0) throw new ScenarioSetRefused(faults);
  const failed = tryScenarios(request);
  if (failed.length === 0) return openSet(request);
  throw new ScenarioSetRefused(failed.map(({ scenario, error }) => plain(`scenario ${scenario}`, messageOf(error))));
}
