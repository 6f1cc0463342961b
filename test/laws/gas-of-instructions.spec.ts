import { expect, it } from '@jest/globals';
import {
  encodeProgram,
  execute,
  INSTRUCTION_GAS,
  type Instruction,
  type OpName,
  OPS,
  operandsOf,
  type Program,
  sizeOf,
} from '@weir/waterfall';
import { VaultLife } from './vault-life.js';

/**
 * Slots: constants 0 = 0 and 1 = 1, row 2 to 5, cash 6, account 7, balance 8, remittance 9, sinks 10 and 11, scratch 12. The row lies
 * behind the code in memory: without it, reading the last instructions would be what first touches that memory.
 */
const SLOT = { zero: 0, one: 1, cash: 6, account: 7, scratch: 12 };

/** An instruction with operands that do no harm; a jump goes to the next instruction. */
function line(op: OpName, offset: number, condition = SLOT.one): Instruction {
  if (op === 'PAY') return { offset, op, operands: [SLOT.cash, SLOT.account, SLOT.cash, SLOT.scratch] };
  if (op === 'JZ') return { offset, op, operands: [condition, offset + sizeOf(op)] };
  if (op === 'JMP') return { offset, op, operands: [offset + sizeOf(op)] };
  return { offset, op, operands: operandsOf(op).map((_, index) => (index === 0 ? SLOT.scratch : SLOT.one)) };
}

/** Every instruction, the conditional jump twice: not taken and taken. */
function everyInstruction(): Program {
  const code: Instruction[] = [];
  let offset = 0;
  const add = (op: OpName, condition?: number): void => {
    code.push(line(op, offset, condition));
    offset += sizeOf(op);
  };
  for (const op of OPS) if (op !== 'END') add(op);
  add('JZ', SLOT.zero);
  add('END');
  const counts = { K: 2, R: 4, I: 0, C: 1, A: 1, S: 2, X: 2, T: 1 };
  return encodeProgram({ counts, tranches: 1, constants: [0n, 1n], code, rows: [[0n, 0n, 0n, 0n]] });
}

interface Step {
  op: string;
  pc: number;
  gas: number;
}

/** Gas between one instruction's fetch and the next one's, by the place where it is first compared, with a constant of 32 bytes. */
async function measured(program: Program): Promise<number[]> {
  const initialState = [0n, 1_000n, 0n];
  const vault = await VaultLife.open({ program, initialState }, ['--steps-tracing']);
  try {
    const { resultHash } = execute(program, { period: 1, inputs: [], deposit: 0n, state: initialState });
    const { hash } = await vault.settle({ inputs: [], deposit: 0n, resultHash });
    return await betweenFetches(vault, hash);
  } finally {
    await vault.stop();
  }
}

async function betweenFetches(vault: VaultLife, hash: string): Promise<number[]> {
  const { structLogs } = await vault.chain.provider.send('debug_traceTransaction', [hash, {}]);
  const fetches = (structLogs as Step[]).filter(({ op }) => op === 'PUSH32');
  const times = new Map<number, number>();
  for (const { pc } of fetches) times.set(pc, (times.get(pc) ?? 0) + 1);
  const [place] = [...times].sort(([, one], [, other]) => other - one)[0] ?? [];
  const gas = fetches.filter(({ pc }) => pc === place).map((step) => step.gas);
  return gas.slice(1).map((after, index) => (gas[index] ?? 0) - after);
}

it('an instruction takes the gas in the vault that the bound counts for it', async () => {
  const program = everyInstruction();
  const gas = await measured(program);
  const ops = program.code.map(({ op }) => op);
  const { END, ...counted } = INSTRUCTION_GAS;
  expect(END).toBe(0);
  const last = gas.pop();
  const found = Object.fromEntries(gas.map((cost, index) => [ops[index], cost]));
  expect({ ...found, JZ: { taken: last, notTaken: found.JZ } }).toEqual(counted);
}, 60_000);
