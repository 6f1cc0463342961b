import { type Deal, suggest, type Underlying } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import { type CompiledDeal, compileProjection, type Projection } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';
import { stressedScenario } from '../../scenario/stress.js';
import { FutureMissing } from '../errors.js';
import type { DealState } from '../files/state-file.js';
import type { CollateralFlows } from '../project/collateral-flows.js';
import type { CollateralTable } from '../project/collateral-table.js';
import { projectDeal } from '../project/project-deal.js';
import type { DealProjection } from '../project/projected.js';
import { underlyingColumns } from './underlying-columns.js';

/** A deal of whose class another deal owns a share, where it stands, with its own collateral. */
export interface OwnedDeal {
  readonly underlying: Underlying;
  readonly deal: Deal;
  readonly compiled: CompiledDeal;
  readonly state: DealState;
  readonly flows: CollateralFlows;
  /** Futures of its own; null: those of the owner. */
  readonly scenarios: readonly Scenario[] | null;
}

/** The future of its own that goes with one of the owner: of the same name, or the only one. @throws FutureMissing */
function ownFuture({ scenarios, underlying }: OwnedDeal, owners: Scenario): Scenario {
  if (!scenarios) return owners;
  const named = scenarios.find(({ name }) => name === owners.name);
  const found = named ?? (scenarios.length === 1 ? scenarios[0] : undefined);
  if (found) return found;
  const names = scenarios.map(({ name }) => name);
  throw new FutureMissing(underlying.name, owners.name, suggest(owners.name, names));
}

/**
 * The future of an owned deal under one of its owner. A member of a set stresses the owned deal's own future as it does the
 * owner's: the same multiples, and of each day the same shift of the indices, by the owned deal's own dates.
 */
function futureOf(owned: OwnedDeal, scenario: Scenario): Scenario {
  const { member } = scenario;
  if (!member) return ownFuture(owned, scenario);
  const { compiled, state } = owned;
  const dates = compiled.periods.slice(state.period).map(({ collectionFrom }) => collectionFrom);
  return stressedScenario(ownFuture(owned, member.base), scenario.name, member.stress, dates, member.dates);
}

function projected(
  owned: OwnedDeal & { readonly projection: Projection },
  owners: Scenario,
  assumeZero: boolean,
): DealProjection {
  const { deal, compiled, projection, state } = owned;
  const scenario = futureOf(owned, owners);
  const flows = owned.flows(compiled, scenario, state.period + 1);
  return projectDeal({ deal, compiled, projection, flows, scenario, state, assumeZero });
}

/** Balance of the owned share of a class as its deal stands, cents. */
export function ownedBalance({ underlying: { tranche, share }, compiled, state }: OwnedDeal): bigint {
  const word = compiled.state.indexOf(`balance.${tranche}`);
  const balance = word < 0 ? 0n : (state.words[compiled.program.layout.regions.A.count + word] ?? 0n);
  return (balance * share) / RATE_SCALE;
}

/**
 * The collateral of a deal that owns classes of others, beside what it owns itself. The other deals are projected first, under
 * the same scenario. @throws FutureMissing @throws UnderlyingUnusable @throws as `projectDeal`
 */
export function flowsWithOwned(
  owner: Deal,
  own: CollateralFlows | null,
  owned: readonly OwnedDeal[],
  assumeZero: boolean,
): CollateralFlows {
  const ready = owned.map((each) => ({ ...each, projection: compileProjection(each.compiled.program) }));
  return (compiled, scenario, firstPeriod): CollateralTable => {
    const projections = new Map(
      ready.map((each) => [each.underlying.name, projected(each, scenario, assumeZero)] as const),
    );
    const columns = underlyingColumns(owner, compiled, projections, firstPeriod);
    const table = own?.(compiled, scenario, firstPeriod);
    const rows = table?.rows ?? compiled.program.layout.rows - firstPeriod + 1;
    return { firstPeriod, rows, columns: { ...table?.columns, ...columns } };
  };
}
