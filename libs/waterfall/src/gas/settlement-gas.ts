import { type Layout, type Program, ROW_WORD_BYTES, WORD_BYTES } from '../program/program.js';
import { MAX_PAGE_BYTES, pageCutOf } from './pages.js';

/** What of a settlement's gas depends on the month and not on the program alone. */
export interface SettlementFacts {
  /** Gas of the transaction's data: 4 for a zero byte, 16 for any other. */
  dataGas: number;
  /** Gas of the instructions that were executed, by `instructionGas`. */
  machineGas: number;
  /** Storage words of accounts and state (three fields each) that keep their value. */
  wordsKept: number;
  /** Storage words of payees (three each) that keep their value: none of the three was paid. */
  payeeWordsKept: number;
  /** Classes that were paid nothing, dust included. */
  classesUnpaid: number;
  /** Classes with dust to take up. When there is one, all are looked at. */
  classesWithDust: number;
}

/** Fields of 85 bits in a storage word. */
const FIELDS = 3;
/** EIP-2929 and EIP-2200: a first read and a write that changes what was read; one that does not. */
const COLD_READ = 2_100;
const CHANGED = 2_900;
const KEPT = 100;
/** A storage word that was zero. */
const CREATED = 20_000;
/** First access of an account. */
const COLD_ACCOUNT = 2_600;
/** EIP-7623: no transaction takes less than this and 10 for what of its data costs 4. Reports of hundreds of items do. */
const TRANSACTION = 21_000;
const DATA_FLOOR = 10 / 4;

/**
 * Measured on the compiled vault by varying one count of a program at a time (`test/laws/gas-bound.spec.ts` holds the sums
 * against whole lives). Two plain accounts sign, and cash is an ERC-20 whose `balanceOf` reads one slot.
 */
const GAS = {
  /** What every settlement takes, a program of one page and 21,000 for the transaction included. */
  settlement: 70_750,
  /** A frame's slot: zeroed or copied, and hashed. */
  slot: 12,
  rowWord: 84,
  input: 340,
  account: 205,
  /** An account or state word: unpacked, packed, hashed and held against its width. */
  word: 150,
  storageWord: 55,
  class: 784,
  /** Looking for a class's dust; taking it up gives back more than it takes, because its storage word becomes zero. */
  dustSought: 2_460,
  dustTaken: -1_885,
  /** A class's two sinks or a payee's one: summed and emitted. */
  sink: 370,
  payee: 618,
  /** A program in pages: finding out, and copying from one page, apart from the access of its account. */
  paged: 950,
  copyFromPage: 1_150,
} as const;

/** Words of memory that a settlement uses beside the frame, the code and the lists. */
const OTHER_MEMORY = 150;

/**
 * Gas of the transaction that settles a month by `DealVault.settle`, after refunds, to within 1 % and never less than it
 * takes.
 */
export function settlementGas(program: Program, facts: SettlementFacts): number {
  const { layout } = program;
  const executed =
    GAS.settlement +
    facts.dataGas +
    facts.machineGas +
    frameGas(layout) +
    stateGas(layout, facts.wordsKept) +
    classGas(layout, facts) +
    payeeGas(layout, facts.payeeWordsKept) +
    memoryGas(layout) +
    pageGas(program);
  return Math.max(executed, TRANSACTION + DATA_FLOOR * facts.dataGas);
}

function frameGas({ slots, regions, codeLength, pays }: Layout): number {
  const copied = Math.ceil(codeLength / WORD_BYTES) * 6;
  return GAS.slot * (slots + pays) + GAS.rowWord * regions.R.count + GAS.input * regions.I.count + copied;
}

/** Storage words that hold so many fields. */
export function storageWords(fields: number): number {
  return Math.ceil(fields / FIELDS);
}

function storedGas(words: number, kept: number): number {
  return words * (COLD_READ + CHANGED + GAS.storageWord) - kept * (CHANGED - KEPT);
}

function stateGas({ regions: { A, S } }: Layout, kept: number): number {
  const words = A.count + S.count;
  return GAS.account * A.count + GAS.word * words + storedGas(storageWords(words), kept);
}

function classGas({ tranches }: Layout, { classesUnpaid, classesWithDust }: SettlementFacts): number {
  const paid = tranches - classesUnpaid;
  const dust = classesWithDust > 0 ? GAS.dustSought * tranches + GAS.dustTaken * classesWithDust : 0;
  return tranches * (GAS.class + 2 * GAS.sink) + paid * (COLD_READ + CREATED) + dust;
}

/** The sinks after the classes'. */
export function payeesOf({ regions, tranches }: Layout): number {
  return regions.X.count - 2 * tranches;
}

function payeeGas(layout: Layout, kept: number): number {
  const payees = payeesOf(layout);
  return payees * (GAS.payee + GAS.sink) + storedGas(storageWords(payees), kept);
}

/** Memory costs 3 a word and, above some hundred words, the square of its words ÷ 512. The former stands with the parts. */
function memoryGas({ slots, pays, codeLength, regions: { R, I, X } }: Layout): number {
  const code = codeLength / WORD_BYTES + (R.count * ROW_WORD_BYTES) / WORD_BYTES;
  const words = OTHER_MEMORY + slots + pays + code + 2 * I.count + 3 * X.count;
  return Math.ceil(words ** 2 / 512);
}

/** A program in pages: its own account names them, and a run reads those of the head and of its row. */
function pageGas({ bytes, layout: { regions } }: Program): number {
  if (bytes.length <= MAX_PAGE_BYTES) return 0;
  const { head, row, rowPage } = pageCutOf(bytes);
  const ofHead = Math.ceil(head / MAX_PAGE_BYTES);
  // A row larger than a page may begin near the end of one and reach into a third.
  const ofRow = row > rowPage ? 3 : regions.R.count > 0 ? 1 : 0;
  // Constants and code are copied apart: the page on which they meet is read twice.
  return GAS.paged + (ofHead + ofRow) * COLD_ACCOUNT + (ofHead + 1 + ofRow) * GAS.copyFromPage;
}
