import type { Command } from 'commander';
import { unusableLimits } from '@weir/collateral';
import { byPlace, type Diagnostic, type Draft, LOAN_FACTS } from '@weir/deal';
import { groupMoney } from '@weir/money';
import { type CompiledDeal, compileText, disassemble, documentHashOf, gasBound } from '@weir/waterfall';
import { dealAt } from '../deal-folder.js';
import { diagnosticLine, poolOption, readText } from '../loading/deal.js';

interface Options {
  cutOffPool?: string;
  pool?: string;
  gas?: boolean;
  listing?: boolean;
  json?: boolean;
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
    `                ${grouped(rest)} by the vault: storage, transfers, bookings`,
  ];
}

function report(
  document: string,
  found: Diagnostic[],
  facts: ReturnType<typeof factsOf> | null,
  { isRight, documentHash, gas }: { isRight: boolean; documentHash: string; gas: boolean },
): string {
  const lines = found.map((each) => diagnosticLine(document, each));
  if (!isRight) return lines.concat(`${document} has errors`).join('\n');
  lines.push(`${document} is right`, `document hash   ${documentHash}`);
  if (!facts) return lines.concat('program hash    give --cut-off-pool to compile the program over a pool').join('\n');
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
function limitWarnings(draft: Draft | null): Diagnostic[] {
  const limits = draft?.deal.concentrationLimits ?? [];
  const sound = limits.filter((_, index) => !draft?.isBroken(`collateral.concentrationLimits[${index}]`));
  return unusableLimits(sound).map(({ id, field, line, column }) => ({
    ...{ severity: 'warning', line, column, path: 'collateral.concentrationLimits', code: 'loan-field' },
    message: `${id}: "${field}" with these figures is no field of a loan; name one of ${Object.keys(LOAN_FACTS).join(', ')}, or a field of the loan model`,
  }));
}

async function run(path: string, options: Options): Promise<void> {
  const { document } = await dealAt(path);
  const text = await readText(document);
  const pool = poolOption(options.cutOffPool ?? options.pool);
  const { deal, draft, compiled, diagnostics } = compileText(text, pool);
  const found = [...diagnostics, ...limitWarnings(draft)].sort(byPlace);
  const facts = compiled && factsOf(compiled);
  const isRight = deal !== null;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ok: isRight, diagnostics: found, program: facts }, null, 2)}\n`
      : `${report(document, found, facts, { isRight, documentHash: documentHashOf(text), gas: options.gas ?? false })}\n`,
  );
  if (options.listing && compiled) process.stdout.write(`\n${disassemble(compiled.program, compiled)}`);
  process.exitCode = isRight ? 0 : 1;
}

/** `weir check`: is a deal document right, and what program does it compile to. */
export function checkCommand(program: Command): void {
  program
    .command('check')
    .summary('check a deal document and compile it')
    .description(
      'Checks a deal document and says all that is wrong at once as FILE:LINE:COLUMN, also what only compiling finds. ' +
        'With the cut-off pool it prints the hash and size of the program, and the most gas that settling a month on ' +
        'chain takes; without, what hangs on the pool is not checked.\n\n' +
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
