import { dayNumber } from '@weir/calendar';
import type { Tranche } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Build } from '../build.js';
import { joined, type Sum, sumOf, ZERO } from '../sum.js';
import { scaledDayFractions } from './accrual.js';
import { dayTermsOf, defineInterest } from './interest.js';
import { namesIn } from './used-names.js';
import { balanceOf, writtenDownOf } from './words.js';

/**
 * A notional class's balance is what its formula says on this payment date, and when it follows balances that the steps
 * change, what it says after them.
 */
function defineBalance(build: Build, { name, notional }: Tranche): void {
  const opening = `${name}.opening`;
  build.define(opening, 'money', () => {
    if (!notional) return sumOf(balanceOf(build, name));
    const value = build.value(notional);
    build.asm.emit('MOV', balanceOf(build, name), value);
    return sumOf(value);
  });
  build.live(`${name}.balance`, 'money', () => {
    if (notional) build.read(opening);
    return sumOf(balanceOf(build, name));
  });
  if (!notional) return;
  build.atEnd(() => {
    const follows = [...namesIn(notional)].some((used) => build.names.isLive(used));
    if (follows) build.asm.emit('MOV', balanceOf(build, name), build.value(notional));
  });
}

function defineTranche(build: Build, tranche: Tranche): void {
  const { name, legalFinal } = tranche;
  defineBalance(build, tranche);
  build.define(`${name}.factor`, 'ratio', () => {
    const original = build.readValue(`${name}.original`);
    if (original === 0n) return ZERO;
    return sumOf(build.op(build.rounding, build.readValue(`${name}.opening`), RATE_SCALE, original));
  });
  build.define(`${name}.dayFraction`, 'ratio', () =>
    build.row(`${name}.dayFraction`, scaledDayFractions(build, dayTermsOf(tranche))),
  );
  if (legalFinal !== null) build.define(`${name}.legalFinal`, 'date', () => sumOf(BigInt(dayNumber(legalFinal))));
  build.define(`${name}.writtenDown`, 'money', () => sumOf(writtenDownOf(build, name)));
  defineInterest(build, tranche);
}

/** Sums of what is outstanding, and of interest, which notional classes bear too. */
const OUTSTANDING = ['opening', 'original'] as const;
const INTEREST = ['interestDue', 'shortfall', 'carryover'] as const;

function defineGroup(build: Build, name: string, tranches: readonly string[], paying: readonly string[]): void {
  const sum = (figure: string, of: readonly string[]): Sum =>
    of.map((tranche) => build.read(`${tranche}.${figure}`)).reduce(joined, ZERO);
  for (const figure of OUTSTANDING) build.define(`${name}.${figure}`, 'money', () => sum(figure, paying));
  for (const figure of INTEREST) build.define(`${name}.${figure}`, 'money', () => sum(figure, tranches));
  build.live(`${name}.balance`, 'money', () => sum('balance', paying));
  build.live(`${name}.unpaidInterest`, 'money', () => sum('unpaidInterest', tranches));
}

/**
 * Makes the figures of tranches and groups known. `notes` is all classes; what notional ones have for a balance is no
 * debt and does not count in the balances of `notes`, nor in those of a group, unless it has no other classes.
 */
export function defineTranches(build: Build): void {
  const { tranches, groups } = build.deal;
  // Every document has classes: where none could be read, nothing is known of their sums either.
  if (tranches.length === 0) return;
  for (const tranche of tranches) defineTranche(build, tranche);
  const owed = new Set(tranches.filter(({ notional }) => !notional).map(({ name }) => name));
  defineGroup(
    build,
    'notes',
    tranches.map(({ name }) => name),
    [...owed],
  );
  for (const { name, tranches: of } of groups) {
    const paying = of.filter((tranche) => owed.has(tranche));
    defineGroup(build, name, of, paying.length > 0 ? paying : of);
  }
}

/** What every payment date owes even when no step asks for it: interest accrues, notional balances are set. */
export function accrueTranches(build: Build): void {
  for (const { name, notional } of build.deal.tranches) {
    if (notional) build.read(`${name}.opening`);
    build.read(`${name}.interestDue`);
  }
}
