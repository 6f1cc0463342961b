import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { artifacts } from '@weir/bindings';
import {
  encodeProgram,
  INSTRUCTION_GAS,
  type Instruction,
  type OpName,
  OPS,
  operandsOf,
  type Program,
  sizeOf,
} from '@weir/waterfall';
import { Contract, ContractFactory, hexlify, type InterfaceAbi } from 'ethers';
import { startAnvil, type TestChain } from '../anvil.js';

let chain: TestChain;
let harness: Contract;
let programs: Contract;

async function deploy(name: 'ProgramHarness' | 'ProgramStore'): Promise<Contract> {
  const { abi, bytecode } = artifacts[name];
  const signer = await chain.provider.getSigner(0);
  const deployed = await new ContractFactory(abi as InterfaceAbi, bytecode, signer).deploy();
  await deployed.waitForDeployment();
  return new Contract(await deployed.getAddress(), abi as InterfaceAbi, signer);
}

beforeAll(async () => {
  chain = await startAnvil(['--gas-limit', '3000000000', '--steps-tracing']);
  [harness, programs] = [await deploy('ProgramHarness'), await deploy('ProgramStore')];
}, 30_000);
afterAll(async () => {
  await chain.stop();
});

/** Slots: constants 0 = 0 and 1 = 1, cash 2, account 3, remittance 4, sink 5, scratch 6. */
const SLOT = { zero: 0, one: 1, cash: 2, account: 3, sink: 5, scratch: 6 };

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
  const counts = { K: 2, R: 0, I: 0, C: 1, A: 1, S: 1, X: 1, T: 1 };
  return encodeProgram({ counts, tranches: 0, constants: [0n, 1n], code, rows: [[]] });
}

interface Step {
  op: string;
  pc: number;
  gas: number;
}

/** Gas between one instruction's fetch and the next one's, by the place where the machine takes the opcode from a word. */
async function measured(program: Program): Promise<number[]> {
  const run = { period: 1, inputs: [], deposit: 5n, state: [0n, 0n] };
  await (await programs.getFunction('register').send(hexlify(program.bytes))).wait();
  const stored: string = await programs.getFunction('programOf').staticCall(program.hash);
  const sent = await harness.getFunction('run').send(stored, run, { gasLimit: 10_000_000n });
  await sent.wait();
  const { structLogs } = await chain.provider.send('debug_traceTransaction', [sent.hash, {}]);
  const fetches = (structLogs as Step[]).filter(({ op }) => op === 'BYTE');
  const times = new Map<number, number>();
  for (const { pc } of fetches) times.set(pc, (times.get(pc) ?? 0) + 1);
  const [place] = [...times].sort(([, one], [, other]) => other - one)[0] ?? [];
  const gas = fetches.filter(({ pc }) => pc === place).map((step) => step.gas);
  return gas.slice(1).map((after, index) => (gas[index] ?? 0) - after);
}

it('an instruction takes the gas that the bound counts for it', async () => {
  const program = everyInstruction();
  const gas = await measured(program);
  const ops = program.code.map(({ op }) => op);
  const { END, ...counted } = INSTRUCTION_GAS;
  expect(END).toBe(0);
  const last = gas.pop();
  const found = Object.fromEntries(gas.map((cost, index) => [ops[index], cost]));
  expect({ ...found, JZ: { taken: last, notTaken: found.JZ } }).toEqual(counted);
}, 60_000);
