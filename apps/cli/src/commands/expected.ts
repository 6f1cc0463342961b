import type { Command } from 'commander';
import { type AssetClass, isImpossiblePrincipal, PaymentReconciler, type ReconciledLoan } from '@weir/collateral';
import { formatMoney } from '@weir/money';
import { OptionInvalid, OptionsDisagree, PrincipalAboveOwed } from '../errors.js';
import { expectedCsv, expectedJson, type ExpectedOutcome, expectedText, isOpen } from '../expected/report.js';
import { amountOption } from '../loading/amount.js';
import {
  dealOf,
  openFile,
  readingOf,
  readThrough,
  refuseSeveral,
  TAPE_FILE,
  type TapeCommandOptions,
  type TapeThrough,
} from '../tape/read.js';
import { refuseBlocked } from '../tape/refuse-blocked.js';

interface Options extends TapeCommandOptions {
  tape: string;
  previous: string;
  tolerance: string;
  daysInYear: string;
  csv?: boolean;
}

function daysInYear(text: string): 360 | 365 {
  if (text === '360') return 360;
  if (text === '365') return 365;
  throw new OptionInvalid('--days-in-year', text, '360 or 365');
}

/** Cells that a refusal names. */
const MOST_TOLD = 5;

/** No loan pays more principal than it owed: such a cell is of another unit, or of another loan. @throws PrincipalAboveOwed */
function refuseImpossible(
  { tape, previous }: Options,
  { columnOf }: TapeThrough,
  { fields }: AssetClass,
  loans: readonly ReconciledLoan[],
): void {
  const column = columnOf(fields.find(({ role }) => role === 'principal')?.name ?? '');
  const cells = loans
    .filter(({ reported, owed, paid }) => paid === 'more than owed' && isImpossiblePrincipal(reported.principal, owed))
    .map(({ row, reported, owed }) => ({
      ...{ row, column, principal: formatMoney(reported.principal), owed: formatMoney(owed) },
    }));
  if (cells.length > 0) throw new PrincipalAboveOwed(tape, previous, cells, MOST_TOLD);
}

async function reconcile(options: Options): Promise<ExpectedOutcome> {
  const deal = await dealOf(options.deal);
  const last = await openFile(options.previous, options);
  const reading = await readingOf(last, options, deal);
  const { assetClass } = reading;
  const missing = ['interest', 'principal'].filter((role) => !assetClass.fields.some((field) => field.role === role));
  if (missing.length > 0) {
    throw new OptionsDisagree(`tapes of ${assetClass.title} do not report ${missing.join(' and ')} collected`);
  }
  const reconciler = new PaymentReconciler(assetClass, {
    rounding: deal?.rounding ?? 'half-up',
    tolerance: amountOption('--tolerance', options.tolerance),
    daysInYear: daysInYear(options.daysInYear),
  });
  const before = await readThrough(last, reading, (record) => reconciler.remember(record));
  const loans: ReconciledLoan[] = [];
  const now = await readThrough(await openFile(options.tape, options), reading, (record) => {
    const loan = reconciler.compare(record);
    if (loan !== null) loans.push(loan);
  });
  refuseSeveral(options.previous, before);
  refuseSeveral(options.tape, now);
  refuseBlocked(options.previous, before);
  refuseBlocked(options.tape, now);
  if (before.reportingTo !== '' && now.reportingTo !== '' && before.reportingTo >= now.reportingTo) {
    throw new OptionsDisagree(
      `--previous is of ${before.reportingTo} and --tape of ${now.reportingTo}: give the month before`,
    );
  }
  refuseImpossible(options, now, assetClass, loans);
  const blocked = before.blocked.length + now.blocked.length;
  return {
    previous: options.previous,
    tape: options.tape,
    assetClass,
    reconciled: reconciler.result(),
    loans,
    blocked,
  };
}

async function run(options: Options): Promise<void> {
  const outcome = await reconcile(options);
  if (options.json) process.stdout.write(`${JSON.stringify(expectedJson(outcome), null, 2)}\n`);
  else process.stdout.write(options.csv ? expectedCsv(outcome) : expectedText(outcome));
  process.exitCode = outcome.blocked > 0 || outcome.loans.some(isOpen) ? 1 : 0;
}

/** `weir expected`: what each loan's terms ask for, and what the servicer reports. */
export function expectedCommand(program: Command): void {
  program
    .command('expected')
    .summary('reconcile the payments that a tape reports with what last month’s terms ask for')
    .description(
      'Computes each loan’s payment of the month exactly from the balance, rate and payment (or term) that last month’s tape\n' +
        'states: interest by the day count that it states of the loan (else a twelfth of a year), the rest principal. Compares\n' +
        'the interest and principal that this month’s tape reports, and says of each loan how it paid (as due, nothing, less,\n' +
        'more, more than owed, in full, charged off) and of what its interest is: a month, whole days (simple interest: the date of payment moves\n' +
        'the split), arrears that take all that was paid, or the rate that this month states.\n\n' +
        'Exit status 1 when the interest of a loan is none of these, its principal is more than it owed, or a finding blocks a\n' +
        'row of either tape. Principal that no fee or capitalised interest explains is refused, by row and column.',
    )
    .requiredOption('--tape <file>', 'the month’s tape')
    .requiredOption('--previous <file>', 'the tape of the month before')
    .option('--deal <deal>', 'the deal document whose loan key and rounding apply, or its folder')
    .option(...TAPE_FILE.class)
    .option('--key <columns>', 'columns that together identify a loan, parted by commas')
    .option(...TAPE_FILE.sheet)
    .option('--mapping <file>', 'the mapping to read the columns of both by')
    .option('--tolerance <amount>', 'differences up to this are none', '0.01')
    .option('--days-in-year <days>', 'of simple interest, of loans whose tape states no day count: 365 or 360', '365')
    .option('--csv', 'print every loan as CSV')
    .option('--json', 'print the sums as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  weir expected --tape tapes/2020-07.csv --previous tapes/2020-06.csv --key assetNumber',
    )
    .action(run);
}
