import type { FormulaWriter, Kind } from './formula-writer.js';
import { type Fields, type Plan, withInterest, withPrincipal } from './plan.js';
import { interestRecipients, principalRecipients } from './recipients.js';

/** Steps that stand together, in their order. */
type Unit = Fields[];

/** Writes the priority of payments of one state. */
export class StepWriter {
  private readonly writer: FormulaWriter;
  private readonly names: string[];
  private count = 0;

  constructor(
    private readonly plan: Plan,
    private readonly prefix: string,
    private readonly state: number,
  ) {
    this.writer = plan.writer.inner();
    this.names = withPrincipal(plan);
  }

  /** Fees, interest, principal, the rest: one account pays all in order. */
  sequential(): Fields[] {
    const { random } = this.plan;
    const from = ['collection'];
    const interest = withInterest(this.plan);
    const oneStep = random.chance(30) && interest.length > 1;
    return [
      ...this.plan.fees.map(({ name }) => this.step('fee', { fee: name, from })),
      ...this.hedges(from).flat(),
      ...(oneStep
        ? [this.step('interest', { interest, method: 'sequential', from })]
        : interest.map((name) => this.step('interest', { interest: name, from }))),
      ...this.carryovers(from).flat(),
      this.step('principal', { principal: this.writer.amount(2), to: this.names, method: 'sequential', from }),
      ...this.plan.facilities.map((name) => this.step('repay', { repay: name, from })),
      ...(this.plan.reserve ? [this.step('refill', { replenish: 'reserve', from })] : []),
      ...(this.plan.reserve ? [this.step('release', { release: 'reserve', into: 'collection' })] : []),
      ...this.finalReserve(),
      this.step('rest', { residual: 'sponsor', from }),
    ];
  }

  /** Everything that the language can say, in an order of the seed's; each step sees what the ones before it did. */
  free(): Fields[] {
    const { random } = this.plan;
    const units: (() => Unit)[] = [
      ...this.plan.fees.map(
        ({ name, capped }) =>
          () =>
            this.fee(name, capped),
      ),
      () => this.hedges(this.sources()).flat(),
      () => this.interest(),
      () => this.principal(),
      ...this.extras().filter(() => random.chance(30)),
      ...this.plan.facilities.map((name) => () => [this.cash('repay', { repay: name })]),
      ...(this.plan.reserve ? [() => this.reserve()] : []),
    ];
    // Mostly in the usual order with a few moved, so that there is cash for what usually comes first.
    const order = units.map((unit, index) => ({ unit, at: index + random.below(random.chance(30) ? 8 : 3) }));
    order.sort((a, b) => a.at - b.at);
    return [...order.flatMap(({ unit }) => unit()), ...this.last()];
  }

  private step(verb: string, fields: Fields): Fields {
    this.count += 1;
    const id = `${this.prefix}_${verb}${this.count}`;
    if ('from' in fields) this.writer.add('money', `${id}.paid`, `${id}.short`, `${id}.due`);
    return { step: id, ...fields };
  }

  /** A step that pays, with a condition or a bound now and then. */
  private cash(verb: string, fields: Fields, bounded = this.plan.random.chance(15)): Fields {
    const { random } = this.plan;
    const bounds: Fields[] = [
      { limit: this.writer.amount(1) },
      { share: `${1 + random.below(99)} %` },
      { keep: this.writer.amount(0) },
    ];
    const extras = {
      ...(random.chance(10) ? { label: `Payment ${this.count + 1}` } : {}),
      ...(random.chance(10) ? { when: this.writer.flag(1) } : {}),
      ...(bounded ? random.pick(bounds) : {}),
    };
    return this.step(verb, { ...fields, ...extras, from: this.sources() });
  }

  private sources(): string[] {
    const { random, reserve, twoGroups, spread } = this.plan;
    const main = twoGroups ? random.pick([['collection'], ['principal'], ['collection', 'principal']]) : ['collection'];
    const first = spread && random.chance(20) ? ['spread', ...main] : main;
    return reserve && random.chance(40) ? [...first, 'reserve'] : first;
  }

  private fee(name: string, capped: boolean): Unit {
    const excess = capped && this.plan.random.chance(70);
    return [this.cash('fee', { fee: name }), ...(excess ? [this.cash('excess', { feeExcess: name })] : [])];
  }

  private hedges(from: string[]): Unit[] {
    const paying = this.plan.hedges.filter(({ pays }) => pays);
    return paying.map(({ name }) => [this.step('hedge', { hedge: name, from })]);
  }

  private carryovers(from: string[]): Unit[] {
    const capped = this.plan.classes.filter(({ hasCap }) => hasCap).map(({ name }) => name);
    return capped.length > 0
      ? [[this.step('carryover', { carryover: capped.length > 1 ? capped : capped[0], from })]]
      : [];
  }

  private interest(): Unit {
    const { random } = this.plan;
    const all = withInterest(this.plan);
    const accrual = all.includes('Z') && random.chance(60);
    const paid = accrual ? all.filter((name) => name !== 'Z') : all;
    const accrete = accrual ? [this.step('accrete', { capitalise: 'Z', ...this.condition(25) })] : [];
    const apart = random.chance(50);
    const lists = apart ? paid.map((name) => [name]) : [paid];
    const steps = lists.flatMap((names) => {
      const once = random.chance(20);
      const first = once ? [this.cash('someInterest', interestRecipients(this.writer, names), true)] : [];
      return [...first, this.cash('interest', interestRecipients(this.writer, names))];
    });
    return [...steps, ...accrete];
  }

  private principal(): Unit {
    const { random, groups, triggers } = this.plan;
    const [members] = Object.values(groups);
    const group = members ? { name: 'senior', members } : null;
    const to = (): Fields => principalRecipients(this.writer, this.names, group, triggers[0] ?? null);
    const amount = random.pick([
      'max(0, notes.balance - poolClosing)',
      this.writer.amount(2),
      'max(0, poolOpening - poolClosing)',
    ]);
    const first = random.chance(25)
      ? [this.cash('priority', { priorityPrincipal: this.writer.amount(1), ...to() })]
      : [];
    return [...first, this.cash('principal', { principal: amount, ...to() })];
  }

  private condition(percent: number): Fields {
    return this.plan.random.chance(percent) ? { when: this.writer.flag(1) } : {};
  }

  private reserve(): Unit {
    const refill = this.plan.random.chance(70) ? [this.cash('refill', { replenish: 'reserve' }, false)] : [];
    for (const step of refill) step['from'] = ['collection'];
    return [...refill, this.step('release', { release: 'reserve', into: 'collection', ...this.condition(15) })];
  }

  private extras(): (() => Unit)[] {
    const { random, ledgers, parties, spread, states } = this.plan;
    const writer = this.writer;
    const reversed = [...this.names].reverse();
    const next = states[this.state + 1];
    return [
      () => [
        this.step('markDown', {
          writeDown: `max(0, notes.balance - max(poolClosing, ${writer.money(0)}))`,
          to: reversed,
        }),
      ],
      () => [this.step('markUp', { writeUp: writer.amount(1), to: this.names, ...this.condition(40) })],
      () => [this.step('draw', { advance: writer.amount(0), to: this.names[0], when: writer.flag(1) })],
      () => [this.cash('pay', { pay: writer.amount(1), payee: random.pick(parties), carry: random.chance(50) })],
      () => [this.compute()],
      () => [this.choice()],
      ...ledgers.map(
        ({ name, signed }) =>
          () =>
            this.ledger(name, signed),
      ),
      ...(spread ? [() => [this.cash('trap', { transfer: writer.amount(1), into: 'spread' })]] : []),
      ...(spread
        ? [() => [this.step('free', { transfer: 'all', into: 'collection', from: ['spread'], when: writer.flag(1) })]]
        : []),
      ...(next ? [() => [this.step('enter', { enter: next, when: writer.flag(1) })]] : []),
      () => this.carryovers(this.sources()).flat(),
    ].map((unit) => () => unit().map((step) => this.withoutTheTrap(step)));
  }

  /** An account does not pay itself. */
  private withoutTheTrap(step: Fields): Fields {
    if (!('into' in step) || !Array.isArray(step['from'])) return step;
    const from = (step['from'] as string[]).filter((name) => name !== step['into']);
    return { ...step, from: from.length > 0 ? from : ['collection'] };
  }

  private ledger(name: string, signed: boolean): Unit {
    const writer = this.writer;
    const loss = 'max(0, losses)';
    const to = this.plan.random.chance(50) ? name : [{ ledger: name, until: writer.amount(1) }];
    const less = signed ? writer.amount(1) : `min(${name}.balance, ${writer.amount(0)})`;
    return [
      this.step('book', { add: this.plan.random.chance(60) ? loss : writer.amount(1), to }),
      ...(this.plan.random.chance(40)
        ? [this.step('unbook', { subtract: less, to: name, ...this.condition(20) })]
        : []),
      ...(this.plan.random.chance(20)
        ? [this.step('reset', { set: writer.amount(0), to: name, when: writer.flag(0) })]
        : []),
      ...(signed || !this.plan.reserve || this.plan.random.chance(30)
        ? []
        : [this.step('cure', { replenish: name, into: 'reserve', from: ['collection'] })]),
    ];
  }

  private compute(): Fields {
    const entries = ['money', 'ratio'].map((kind): [string, Kind] => [
      `${this.prefix}seen${this.count}${kind}`,
      kind as Kind,
    ]);
    const compute = Object.fromEntries(entries.map(([name, kind]) => [name, this.writer.of(kind, 1)]));
    for (const [name, kind] of entries) this.writer.add(kind, name);
    return this.step('look', { compute });
  }

  private choice(): Fields {
    const condition = this.writer.flag(1);
    const then = [this.cash('bonus', { pay: this.writer.amount(0), payee: 'servicer' })];
    if (this.plan.random.chance(40)) return this.step('choose', { if: condition, then });
    const otherwise = [this.cash('turbo', { principal: this.writer.amount(1), ...this.turboTo() })];
    return this.step('choose', { if: condition, then, else: otherwise });
  }

  private turboTo(): Fields {
    return { to: this.names, method: this.plan.random.pick(['sequential', 'pro rata']) };
  }

  /** A reserve with a target that never falls to zero would keep its cash for ever. */
  private finalReserve(): Fields[] {
    if (!this.plan.reserve) return [];
    const when = 'notes.balance = 0';
    return [this.step('final', { transfer: 'all', into: 'collection', from: ['reserve'], when })];
  }

  private last(): Fields[] {
    const { random, twoGroups, spread, classes } = this.plan;
    const from = ['collection', ...(twoGroups ? ['principal'] : []), ...(spread ? ['spread'] : [])];
    const final = this.finalReserve();
    if (random.chance(10))
      return [...final, this.step('nearly', { pay: this.writer.amount(1), payee: 'sponsor', from })];
    const holder = classes.some(({ kind }) => kind === 'residual') ? 'R' : 'sponsor';
    return [...final, this.step('rest', { residual: holder, from })];
  }
}
