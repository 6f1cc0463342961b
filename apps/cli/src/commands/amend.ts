import type { Command } from 'commander';
import { canonicalJson } from '@weir/money';
import { type DealState, type StateFile, writeState, writeUnit } from '@weir/valuation';
import { type CompiledAmendment, type KeptValue, netOf, runAmendment } from '@weir/waterfall';
import { compileOver, openDeal } from '../loading/deal.js';
import { amendmentOf } from '../loading/eras.js';
import { dealInHand, type StateOptions } from '../loading/state.js';
import { NONE } from '../output/figures.js';
import { writeWhole } from '../output/files.js';
import { textTable } from '../output/table.js';

interface Options extends StateOptions {
  state: string;
  out?: string;
  json?: boolean;
}

const valueText = (value: KeptValue, words: readonly bigint[]): string => {
  const net = netOf(value, words);
  return value.unit === 'count' ? String(net) : writeUnit(value.unit, net);
};

interface Taken {
  amendment: CompiledAmendment;
  /** State words, accounts left out, before and after. */
  before: readonly bigint[];
  after: readonly bigint[];
  /** Cash of the old accounts. */
  balances: readonly bigint[];
}

const FROM: Readonly<Record<string, string>> = {
  closing: 'new, as at closing',
  carried: 'carries over',
  issued: 'grows by the issue',
};

function text(dealName: string, { amendment, before, after, balances }: Taken): string {
  const { taken, gone, accounts, emptyAccounts } = amendment;
  const cash = [
    ...accounts.map(({ name, into }, index) => [name, into ?? NONE, writeUnit('money', balances[index] ?? 0n)]),
    ...emptyAccounts.map((name) => [NONE, name, '0.00']),
  ];
  const words = taken.map((value) => [
    value.name,
    valueText(value, after),
    FROM[value.how] ?? (value.how === 'renamed' ? `was ${value.from}` : `= ${value.from}`),
    value.how === 'closing' ? value.meaning : '',
  ]);
  const left = gone.map((value) => [
    value.name,
    valueText(value, before),
    value.how === 'dropped' ? (value.reason ?? '') : value.how === 'used' ? 'used in a formula' : 'is zero',
  ]);
  return [
    `${dealName}: amended from payment date ${amendment.fromPeriod} on`,
    `old program      ${amendment.oldHash}`,
    `new program      ${amendment.newHash}`,
    `mapping program  ${amendment.program.hash}`,
    '',
    'Cash',
    textTable([{ title: 'account' }, { title: 'goes to' }, { title: 'amount', right: true }], cash),
    '',
    'What the deal keeps',
    textTable([{ title: 'name' }, { title: 'begins with', right: true }, { title: 'from' }, { title: '' }], words),
    '',
    ...(left.length > 0
      ? [
          'What it keeps no more',
          textTable([{ title: 'name' }, { title: 'was', right: true }, { title: 'because' }], left),
          '',
        ]
      : []),
  ].join('\n');
}

function json({ amendment, before, after, balances }: Taken, nextState: StateFile): string {
  return canonicalJson({
    fromPeriod: amendment.fromPeriod,
    oldProgramHash: amendment.oldHash,
    newProgramHash: amendment.newHash,
    mappingHash: amendment.program.hash,
    accounts: amendment.accounts.map((moved, index) => ({
      ...moved,
      amount: writeUnit('money', balances[index] ?? 0n),
    })),
    emptyAccounts: amendment.emptyAccounts,
    taken: amendment.taken.map((value) => ({
      name: value.name,
      how: value.how,
      from: value.from,
      value: valueText(value, after),
    })),
    gone: amendment.gone.map((value) => ({
      name: value.name,
      how: value.how,
      reason: value.reason,
      value: valueText(value, before),
    })),
    nextState,
  });
}

async function run(oldGiven: string, newGiven: string, options: Options): Promise<void> {
  const { compiled: old, state, cutOffPool } = await dealInHand(oldGiven, options);
  const opened = await openDeal(newGiven, cutOffPool);
  const compiled = compileOver(opened, cutOffPool);
  const amendment = amendmentOf(old, compiled, state.period + 1, opened);
  const { words } = runAmendment(amendment, state.words);
  const next: DealState = { period: state.period, words };
  const taken: Taken = {
    amendment,
    before: state.words.slice(old.accounts.length),
    after: words.slice(compiled.accounts.length),
    balances: state.words.slice(0, old.accounts.length),
  };
  const file = writeState(compiled, next, { dealName: opened.deal.name, cutOffPool });
  if (options.out !== undefined) await writeWhole(options.out, canonicalJson(file));
  process.stdout.write(options.json ? json(taken, file) : text(opened.deal.name, taken));
}

/** `weir amend`: a state taken over by an amended document. */
export function amendCommand(program: Command): void {
  program
    .command('amend')
    .summary('take a deal’s state over into an amended document')
    .description(
      'Compiles the mapping from the old program to the new one, runs it over the state, and prints what carries over, what\n' +
        'is new, what is given up, and the hash of the mapping program, which anyone can run again. NEW says under "amends:"\n' +
        'which program it amends, from which payment date on, and what does not simply carry over (docs/deal-document.md).\n' +
        'Cash is conserved, or nothing is written. Dates that were paid stay with the old program:\n' +
        '`weir tieout OLD --amended NEW@N` replays both.\n\n' +
        'Exit status 0 when the state is taken over, 2 when the documents or the state do not fit.',
    )
    .argument('<old>', 'the deal document in force')
    .argument('<new>', 'the amended document')
    .requiredOption('--state <file>', 'where the deal stands after its last payment date by OLD')
    .option('--out <file>', 'write the new deal’s state to this file')
    .option('--cut-off-pool <amount>', 'pool at the cut-off date, when neither document nor state says it')
    .option('--assume-zero', 'take zero for words that the state does not give')
    .option('--json', 'print the outcome and the new state as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  weir amend deal.yaml amended.yaml --state month-12.json --out month-12-amended.json',
    )
    .action(run);
}
