import type { Hedge, HedgeLeg } from '@weir/deal';
import type { Build } from '../build.js';
import { joined, negated, netted, type Sum, sumOf, ZERO } from '../sum.js';
import { accrued, accrualFactor } from './accrual.js';
import { unpaidOf } from './words.js';

/** Notional × rate × day fraction; a rate may be negative, and each sign is rounded by its own magnitude. */
function legOf(build: Build, hedge: Hedge, side: string, leg: HedgeLeg | null): Sum {
  if (!leg) return ZERO;
  const notional = build.readValue(`${hedge.name}.notional`);
  const rate = netted(build.signed(leg.rate));
  const { plus, minus } = build.emitter.parts(0, rate);
  const terms = { dayCount: leg.dayCount, accrual: hedge.accrual, firstFrom: null, terminationDate: null };
  const amount = (part: typeof plus): Sum =>
    part === 0n ? ZERO : sumOf(accrued(build, notional, accrualFactor(build, `${hedge.name}.${side}`, part, terms)));
  return joined(amount(plus), negated(amount(minus)));
}

/** Makes HEDGE.notional, and both sides of the net amount known: HEDGE.payment and HEDGE.receipt. */
export function defineHedges(build: Build): void {
  for (const hedge of build.deal.hedges) {
    const { name } = hedge;
    build.define(`${name}.notional`, 'money', () => sumOf(build.value(hedge.notional)));
    // Not a name that a document can write.
    build.define(`${name}.net`, 'money', () =>
      joined(legOf(build, hedge, 'pays', hedge.pays), negated(legOf(build, hedge, 'receives', hedge.receives))),
    );
    build.define(`${name}.payment`, 'money', () => sumOf(build.emitter.positivePart(0, build.read(`${name}.net`))));
    build.define(`${name}.receipt`, 'money', () =>
      sumOf(build.emitter.positivePart(0, negated(build.read(`${name}.net`)))),
    );
  }
}

/** Payments fall due on every payment date; what is unpaid is owed again. */
export function accrueHedges(build: Build): void {
  for (const { name } of build.deal.hedges) {
    const payment = build.readValue(`${name}.payment`);
    if (payment === 0n) continue;
    const unpaid = unpaidOf(build, name);
    build.asm.emit('ADD', unpaid, unpaid, payment);
  }
}
