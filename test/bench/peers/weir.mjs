import { RESTRICTED_FUNCTIONS, ROLES, artifacts, packEntry } from '@weir/bindings';
import { Contract } from 'ethers';

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
  const paying = await distribution(chain, { manager, registry, token });
  const facts = { kycExpiry: FOREVER, lockedUntil: 0, country: 840, categories: 1, withholding: 1_500, investor: 0n };
  const entry = packEntry(facts);
  return {
    recordDates,
    settles: true,
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
    ...paying,
  };
}

/** The class's Distributor, booked by the operator in the vault's place. Of each period it is paid 1,079,000.02. */
async function distribution(chain, { manager, registry, token }) {
  const { operator } = chain;
  const cash = await chain.deploy(artifacts.TestStablecoin);
  const factory = await chain.deploy(artifacts.DistributorFactory);
  const terms = {
    cash: cash.target,
    registry: registry.target,
    authority: manager.target,
    taxAccount: operator.address,
    unclaimed: { to: operator.address, afterDays: 1_095, delayDays: 30 },
    tokens: [token.target],
  };
  const address = await factory.getFunction('make').staticCall(terms);
  await chain.gas(factory, 'make', terms);
  const distributor = new Contract(address, artifacts.Distributor.abi, operator);
  return {
    async book(period) {
      await chain.gas(cash, 'mint', address, 107_900_002n * 10_000n);
      await chain.gas(distributor, 'book', period, [8_000_001n, 99_900_001n]);
    },
    claim: (from, period) => chain.gas(distributor.connect(from), 'claim', 0, period),
    push: (accounts, period) => chain.gas(distributor, 'push', 0, period, accounts),
  };
}
