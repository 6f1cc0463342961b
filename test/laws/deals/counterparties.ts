import type { Fields, Plan } from './plan.js';

function reserveOf({ random, writer, classes }: Plan): Fields {
  const floor = random.chance(40) ? { floor: '0.5 % * cutOffPool' } : {};
  const [first] = classes;
  if (random.chance(40)) return { target: `${writer.percent(4)} * cutOffPool`, fundedAtClosing: true };
  const initial = random.chance(60) ? { initial: `1 % * ${first?.name ?? 'A'}.original` } : {};
  const target = random.pick([
    `${writer.percent(5)} * poolClosing`,
    `${writer.percent(6)} * notes.opening`,
    writer.amount(1),
  ]);
  return { target, ...floor, nonDeclining: random.chance(25), ...initial };
}

/** Cash accounts; `reserve` has a target that moves or not. */
export function accountsOf(plan: Plan): Fields {
  const accounts = {
    collection: {},
    ...(plan.twoGroups ? { principal: {} } : {}),
    ...(plan.reserve ? { reserve: reserveOf(plan) } : {}),
    ...(plan.spread ? { spread: {} } : {}),
    suspense: {},
  };
  for (const name of Object.keys(accounts)) {
    if (name !== 'suspense') plan.writer.add('money', `${name}.balance`);
  }
  if (plan.reserve) plan.writer.add('money', 'reserve.target');
  return accounts;
}

export function collectionsOf({ hedges, facilities, calls, twoGroups, random }: Plan): Fields {
  const other = [
    ...hedges.filter(({ receives }) => receives).map(({ name }) => `${name}.receipt`),
    ...facilities.map((name) => `${name}.draw`),
  ];
  const prices = calls.map((name) => `${name}.price`);
  if (!twoGroups) return { items: ['collected', ...other, ...prices], account: 'collection', suspense: 'suspense' };
  const groups = [
    { account: 'collection', items: ['collected', ...other] },
    { account: 'principal', items: ['principalReceived', ...prices] },
  ];
  return { suspense: 'suspense', groups: random.chance(50) ? groups : groups.reverse() };
}

export function feesOf({ fees, random, writer, parties }: Plan): Fields {
  const entries = fees.map(({ name, capped }) => {
    const rate = {
      rate: writer.percent(2),
      of: writer.amount(0),
      ...(random.chance(50) ? { dayCount: 'ACT/360' } : {}),
    };
    const fee = {
      payee: random.pick(parties),
      ...(random.chance(50) ? rate : { amount: writer.amount(1) }),
      ...(capped ? { cap: writer.amount(1) } : {}),
      ...(random.chance(30) ? { carry: random.chance(50) } : {}),
    };
    return [name, fee];
  });
  for (const { name } of fees) writer.add('money', `${name}.due`, `${name}.unpaid`);
  return Object.fromEntries(entries);
}

export function hedgesOf({ hedges, random, writer, parties }: Plan): Fields {
  const leg = (): Fields => ({
    rate: `max(0 %, ${writer.rate(1)})`,
    dayCount: random.pick(['ACT/360', '30/360', 'ACT/365F']),
  });
  const entries = hedges.map(({ name, pays, receives }) => [
    name,
    {
      counterparty: parties.at(-1),
      notional: random.pick(['A.opening', 'notes.opening', writer.amount(0)]),
      ...(pays ? { pays: leg() } : {}),
      ...(receives ? { receives: leg() } : {}),
      ...(random.chance(60) ? { accrual: random.pick(['adjusted', 'unadjusted', 'collection period']) } : {}),
    },
  ]);
  for (const { name, pays, receives } of hedges) {
    if (pays) writer.add('money', `${name}.payment`);
    if (receives) writer.add('money', `${name}.receipt`);
  }
  return Object.fromEntries(entries) as Fields;
}

export function facilitiesOf({ facilities, random, writer, parties }: Plan): Fields {
  const entries = facilities.map((name) => [
    name,
    {
      provider: parties.at(-1),
      draw: `min(2 % * cutOffPool, ${writer.amount(1)})`,
      ...(random.chance(70) ? { limit: '10 % * cutOffPool' } : {}),
    },
  ]);
  for (const name of facilities) writer.add('money', `${name}.draw`, `${name}.drawn`);
  return Object.fromEntries(entries) as Fields;
}

export function ledgersOf({ ledgers, random, writer }: Plan): Fields {
  for (const { name } of ledgers) writer.add('money', `${name}.balance`);
  return Object.fromEntries(
    ledgers.map(({ name, signed }) => [
      name,
      { ...(signed ? { signed: true } : {}), ...(random.chance(30) ? { initial: writer.cents() } : {}) },
    ]),
  );
}

export function callsOf({ calls, writer }: Plan): Fields {
  const entries = calls.map((name) => [
    name,
    {
      by: 'servicer',
      when: `period > 2 and (poolClosing <= 40 % * cutOffPool or ${writer.flag(0)})`,
      price: 'max(poolClosing, notes.opening)',
    },
  ]);
  for (const name of calls) writer.add('flag', `${name}.exercised`, `${name}.permitted`);
  return Object.fromEntries(entries) as Fields;
}
