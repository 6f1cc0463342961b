import { openSet, tryScenarios, type OpenedSet, type SetRequest } from '@weir/valuation';
import { ScenarioSetRefused, type SetFault } from './errors.js';
import { faultsOfError, refusalOf } from './order-faults.js';

/** What is wrong with a file shows in each scenario alike. */
function distinct(faults: readonly SetFault[]): SetFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

/**
 * The set made ready, after its scenarios were tried over few of its lines, so that what would stop it later is told now.
 * @throws ScenarioSetRefused with every fault @throws SetRequestInvalid where the deal has errors
 */
export function checkedSet(request: SetRequest): OpenedSet {
  try {
    const failed = tryScenarios(request);
    if (failed.length === 0) return openSet(request);
    throw new ScenarioSetRefused(
      distinct(failed.flatMap((each) => faultsOfError(`scenario ${each.scenario}`, each.error))),
    );
  } catch (error) {
    throw refusalOf(error);
  }
}
