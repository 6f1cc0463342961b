import { RESTRICTED_FUNCTIONS, ROLES, artifacts, packEntry } from '@weir/bindings';

const FOREVER = 2 ** 39;
const MONTH = 30 * 86_400;

/**
 * A class with every rule on: accepted categories, a holder cap, six refused countries, a timed rule that runs, minimum
 * holding and denomination, and monthly record dates. The registry is shared, its functions bound to their role.
 */
export async function weir(chain) {
  const { operator } = chain;
  const manager = await chain.deploy(artifacts.AccessManager, operator.address);
  const registry = await chain.deploy(artifacts.InvestorRegistry, manager.target);
  const functions = RESTRICTED_FUNCTIONS.InvestorRegistry.COMPLIANCE;
  const selectors = functions.map((name) => registry.interface.getFunction(name).selector);
  await chain.gas(manager, 'setTargetFunctionRole', registry.target, selectors, ROLES.COMPLIANCE);
  await chain.gas(manager, 'grantRole', ROLES.COMPLIANCE, operator.address, 0);
  const start = await chain.now();
  const recordDates = Array.from({ length: 360 }, (_, index) => start + (index + 1) * MONTH);
  const token = await chain.deploy(artifacts.TrancheToken, {
    name: 'Class A',
    symbol: 'A',
    registry: registry.target,
    minter: operator.address,
    authority: manager.target,
    agents: [operator.address],
    minimumHolding: 1_000_000n,
    denomination: 1_000n,
    countsCountries: false,
    countsCategories: false,
    recordDates,
  });
  await chain.gas(token, 'setRules', {
    categories: 7,
    holderCap: 2_000,
    timed: [{ until: FOREVER, from: 4, to: 3 }],
    onlyListed: false,
    countries: [408, 364, 760, 192, 112, 643],
  });
  const facts = { kycExpiry: FOREVER, lockedUntil: 0, country: 840, categories: 1, withholding: 1_500, investor: 0n };
  const entry = packEntry(facts);
  return {
    recordDates,
    register: (account) => chain.gas(registry, 'registerPacked', account, entry),
    registerMany: (accounts) =>
      chain.gas(
        registry,
        'registerMany',
        accounts,
        accounts.map(() => entry),
      ),
    mint: (account, amount) => chain.gas(token, 'mint', account, amount),
    transfer: (from, to, amount) => chain.gas(token.connect(from), 'transfer', to, amount),
    batchTransfer: (from, to, amounts) => chain.gas(token.connect(from), 'batchTransfer', to, amounts),
  };
}
