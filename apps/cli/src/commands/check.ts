import type { Command } from 'commander';
import { unusableLimits } from '@weir/collateral';
import { type Deal, type Diagnostic, LOAN_FACTS, parseDeal } from '@weir/deal';
import { groupMoney } from '@weir/money';
import { CompileError, type CompiledDeal, compileDeal, disassemble, gasBound } from '@weir/waterfall';
import { amountOption } from '../loading/amount.js';
import { dealAt } from '../deal-folder.js';
import { diagnosticLine, readText } from '../loading/deal.js';

/** A pool that only serves to find what cannot be compiled, when none was given: 1,000,000,000.00. */
const ANY_POOL = 100_000_000_000n;

interface Options {
  cutOffPool?: string;
  pool?: string;
  gas?: boolean;
  listing?: boolean;
  json?: boolean;
}

function compiledOf(deal: Deal, cutOffPool: bigint): { compiled: CompiledDeal | null; diagnostics: Diagnostic[] } {
  try {
    return { compiled: compileDeal(deal, { cutOffPool }), diagnostics: [] };
  } catch (error) {
    if (error instanceof CompileError) return { compiled: null, diagnostics: error.diagnostics };
    throw error;
  }
}

function factsOf({ program, documentHash, tranches, initialFunding }: CompiledDeal) {
  const { layout } = program;
  return {
    documentHash,
    programHash: program.hash,
    bytes: program.bytes.length,
    instructions: program.code.length,
    transfers: layout.pays,
    slots: layout.slots,
    paymentDates: layout.rows,
    tranches: tranches.map(({ name, original }) => `${name} ${groupMoney(original)}`),
    fundedAtClosing: groupMoney(initialFunding),
    gas: gasOf(program),
  };
}

/** The most that settling a month takes, and what of it the transaction's data and the program's code take. */
function gasOf(program: CompiledDeal['program']) {
  const { steady, first, dearest } = gasBound(program);
  return { steady, first, data: dearest.dataGas, machine: dearest.machineGas };
}

const grouped = (count: number): string => count.toString().replace(/\B(?=(\d{3})+$)/g, ',');

function gasLines({ gas }: ReturnType<typeof factsOf>, detailed: boolean): string[] {
  const bound = `gas to settle   ${grouped(gas.steady)} at most in any month`;
  if (!detailed) return [bound];
  const rest = gas.steady - gas.data - gas.machine;
  return [
    bound,
    `                ${grouped(gas.machine)} of it by the dearest way through the program`,
    `                ${grouped(gas.data)} by the data of the transaction`,
    `                ${grouped(rest)} by the vault: signatures, storage, transfers`,
  ];
}

function report(
  document: string,
  found: Diagnostic[],
  facts: ReturnType<typeof factsOf> | null,
  { known, gas }: { known: boolean; gas: boolean },
): string {
  const lines = found.map((each) => diagnosticLine(document, each));
  if (!facts) return lines.concat(`${document} has errors`).join('\n');
  lines.push(`${document} is right`, `document hash   ${facts.documentHash}`);
  if (!known) return lines.concat('program hash    give --cut-off-pool to compile the program over a pool').join('\n');
  return lines
    .concat(
      `program hash    ${facts.programHash}`,
      `size            ${facts.bytes} bytes, ${facts.instructions} instructions, ${facts.transfers} of them transfers`,
      `frame           ${facts.slots} slots, ${facts.paymentDates} payment dates`,
      `tranches        ${facts.tranches.join(', ')}`,
      `at closing      ${facts.fundedAtClosing} into the accounts`,
      ...gasLines(facts, gas),
    )
    .join('\n');
}

/** Concentration limits of what no loan has, which no tape could be held against. */
function limitWarnings(deal: Deal | null): Diagnostic[] {
  return unusableLimits(deal?.concentrationLimits ?? []).map(({ id, field, line, column }) => ({
    ...{ severity: 'warning', line, column, path: 'collateral.concentrationLimits', code: 'loan-field' },
    message: `${id}: "${field}" with these figures is no field of a loan; name one of ${Object.keys(LOAN_FACTS).join(', ')}, or a field of the loan model`,
  }));
}

async function run(path: string, options: Options): Promise<void> {
  const { document } = await dealAt(path);
  const { deal, diagnostics } = parseDeal(await readText(document));
  const given = options.cutOffPool ?? options.pool;
  const pool = given === undefined ? (deal?.cutOffPool ?? null) : amountOption('--cut-off-pool', given);
  const { compiled, diagnostics: more } = deal
    ? compiledOf(deal, pool ?? ANY_POOL)
    : { compiled: null, diagnostics: [] };
  const found = [...diagnostics, ...limitWarnings(deal), ...more];
  const facts = compiled && factsOf(compiled);
  const known = pool !== null;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ok: facts !== null, diagnostics: found, program: known ? facts : null }, null, 2)}\n`
      : `${report(document, found, facts, { known, gas: options.gas ?? false })}\n`,
  );
  if (options.listing && compiled) process.stdout.write(`\n${disassemble(compiled.program, compiled)}`);
  process.exitCode = facts ? 0 : 1;
}

/** `weir check`: is a deal document right, and what program does it compile to. */
export function checkCommand(program: Command): void {
  program
    .command('check')
    .summary('check a deal document and compile it')
    .description(
      'Checks a deal document and says what is wrong as FILE:LINE:COLUMN. With the cut-off pool it also compiles the ' +
        'program and prints its hash and size, and the most gas that settling a month on chain takes.\n\n' +
        'Exit status 0 when it is right, 1 when there are errors, 2 when it cannot be read.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .option(
      '--cut-off-pool <amount>',
      'unpaid principal of the pool at the cut-off date, such as 183639404.43, when the document does not say it',
    )
    .option('--pool <amount>', 'the same as --cut-off-pool')
    .option('--gas', 'say what the bound of gas is made of')
    .option('--listing', 'print the program’s instructions with the names of its slots')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  weir check libs/deal/templates/auto.yaml --cut-off-pool 183639404.43')
    .action(run);
}
