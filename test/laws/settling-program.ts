import {
  encodeProgram,
  execute,
  type Instruction,
  type OpName,
  type Program,
  regionsOf,
  type RunArguments,
  type RunResult,
  sizeOf,
} from '@weir/waterfall';

/** How many slots of each kind, payees and code a synthetic program of a deal has. */
export interface Shape {
  constants: number;
  row: number;
  inputs: number;
  accounts: number;
  /** State words beyond the classes' balances and the remittance; the first `moving` of them change every month. */
  spare: number;
  moving: number;
  tranches: number;
  /** Of them, the last so many are paid nothing. */
  unpaid: number;
  payees: number;
  scratch: number;
  /** Instructions that only compute. */
  filler: number;
  rows: number;
}

export const SMALL: Shape = {
  constants: 1,
  row: 1,
  inputs: 1,
  accounts: 1,
  spare: 0,
  moving: 0,
  tranches: 1,
  unpaid: 0,
  payees: 1,
  scratch: 2,
  filler: 0,
  rows: 3,
};

const FACE = 1_000n;
/** The input whose bytes are the dearest data. */
const WIDEST = 2n ** 128n - 1n;

/** The slot numbers of a shape's regions. */
function slotsOf({ constants, row, inputs, accounts, spare, tranches, payees, scratch }: Shape) {
  const counts = {
    K: constants,
    R: row,
    I: inputs,
    C: 1,
    A: accounts,
    S: tranches + 1 + spare,
    X: 2 * tranches + payees,
    T: scratch,
  };
  return { counts, ...regionsOf(counts) };
}

/**
 * A program that remits input 0, pays a cent of interest and a cent of principal to every class but the unpaid ones and a
 * cent to every payee, adds one to the moving words, and leaves the rest in account 0.
 */
export function settlingProgram(shape: Shape): Program {
  const { counts, regions } = slotsOf(shape);
  const { K, I, C, A, S, X, T } = regions;
  const lines: [OpName, number[]][] = [
    ['MOV', [S.first + shape.tranches, I.first]],
    ['PAY', [C.first, A.first, C.first, T.first]],
  ];
  const isPaid = (sink: number): boolean => sink < 2 * (shape.tranches - shape.unpaid) || sink >= 2 * shape.tranches;
  for (let sink = 0; sink < counts.X; sink++)
    if (isPaid(sink)) lines.push(['PAY', [A.first, X.first + sink, K.first, T.first]]);
  for (let word = 0; word < shape.moving; word++) {
    const slot = S.first + shape.tranches + 1 + word;
    lines.push(['ADD', [slot, slot, K.first]]);
  }
  for (let index = 0; index < shape.filler; index++) lines.push(['MIN', [T.first + 1, K.first, T.first]]);
  lines.push(['END', []]);
  let offset = 0;
  const code: Instruction[] = lines.map(([op, operands]) => {
    const line = { offset, op, operands };
    offset += sizeOf(op);
    return line;
  });
  return encodeProgram({
    counts,
    tranches: shape.tranches,
    constants: Array.from({ length: shape.constants }, (_, index) => BigInt(index + 1)),
    code,
    rows: Array.from({ length: shape.rows }, () => Array<bigint>(shape.row).fill(1n)),
  });
}

/** What the vault of such a program starts with: every class at 10.00. */
export function initialStateOf(shape: Shape): bigint[] {
  const { counts } = slotsOf(shape);
  const words = Array<bigint>(counts.A + counts.S).fill(0n);
  return words.fill(FACE, counts.A, counts.A + shape.tranches);
}

/** The months of such a program, each on the state that the last one left; 100.00 more is remitted in each. */
export function* monthsOf(shape: Shape, program: Program): Generator<{ run: RunArguments; result: RunResult }> {
  let state = initialStateOf(shape);
  for (let period = 1; period <= shape.rows; period++) {
    const deposit = 10_000n * BigInt(period);
    const inputs = Array.from({ length: shape.inputs }, (_, input) => (input === 0 ? deposit : WIDEST));
    const run = { period, inputs, deposit, state };
    const result = execute(program, run);
    yield { run, result };
    state = result.state;
  }
}
