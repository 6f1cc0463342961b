import { type Layout, type Program, ROW_WORD_BYTES, WORD_BYTES } from '../program/program.js';
import { EVM, memoryGas, transactionGas } from './evm-schedule.js';
import { type PackedCode, VAULT_CALLS, VAULT_CODE } from './vault-code.js';

/** What of a settlement's gas depends on the month and not on the program alone. */
export interface SettlementFacts {
  /** Gas of the transaction's data: 4 for a zero byte, 16 for any other. */
  dataGas: number;
  /** Gas of the instructions that were executed, by `instructionGas`. */
  machineGas: number;
  /** Gas of copying the program and the period's row, by `copyGas`. */
  copyGas: number;
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
/** Words of memory that a settlement uses beside the frame and what is made from its lists. */
const OTHER_MEMORY = 138;
/** The frame keeps so many bytes behind the row, so that reading a word at END stays inside, and ends on a whole word. */
const FRAME_END = 63;

/**
 * Gas of the transaction that settles a month by `DealVault.settle`, after refunds: what it takes, exactly. Two plain
 * accounts sign, and cash is an ERC-20 whose `balanceOf` reads one storage word, at what `VAULT_CODE.settlement` counts.
 */
export function settlementGas({ layout }: Program, facts: SettlementFacts): number {
  const executed =
    fixedGas() +
    facts.dataGas +
    facts.machineGas +
    facts.copyGas +
    frameGas(layout) +
    stateGas(layout, facts.wordsKept) +
    classGas(layout, facts) +
    payeeGas(layout, facts.payeeWordsKept) +
    memoryGas(memoryWords(layout, facts.classesWithDust > 0));
  return transactionGas(executed, facts.dataGas);
}

/** What no program and no month changes. */
function fixedGas(): number {
  const { signers, accounts, wordsRead, wordsChanged, guards, topics, eventWords } = VAULT_CALLS;
  const storage = wordsRead * EVM.coldWord + wordsChanged * (EVM.coldWord + EVM.changed) + guards * EVM.warm;
  const event = EVM.log + topics * EVM.topic + eventWords * WORD_BYTES * EVM.logByte;
  return (
    EVM.transaction +
    (signers + accounts) * EVM.coldAccount +
    signers * EVM.recovery +
    storage +
    event +
    // The program's header.
    EVM.copiedWord +
    VAULT_CODE.settlement
  );
}

/** Data of the event. */
const LOGGED_WORD = WORD_BYTES * EVM.logByte;
/** Each slot is hashed with the result, constants beside copied (`copyGas`). */
const SLOT = EVM.hashedWord;
/** An input is copied and hashed in the frame and in the report, and copied into the event. */
const INPUT = 3 * EVM.copiedWord + SLOT + EVM.hashedWord + LOGGED_WORD + VAULT_CODE.input;
/** Sinks are cleared, hashed, and copied into the event. */
const SINK = 2 * EVM.copiedWord + SLOT + LOGGED_WORD;
/** Scratch is cleared. */
const SCRATCH = EVM.copiedWord + SLOT;

function frameGas({ regions: { K, R, I, T } }: Layout): number {
  return SLOT * K.count + (SLOT + VAULT_CODE.rowWord) * R.count + INPUT * I.count + SCRATCH * T.count;
}

/** Storage words that hold so many fields. */
export function storageWords(fields: number): number {
  return Math.ceil(fields / FIELDS);
}

/** Fields that are read from storage, three to a word, and written back. */
function packedGas(fields: number, kept: number, { one, two, three }: PackedCode): number {
  const rest = [0, one, two][fields % FIELDS] ?? 0;
  const stored = storageWords(fields) * (EVM.coldWord + EVM.changed) - kept * (EVM.changed - EVM.kept);
  return stored + rest + three * Math.floor(fields / FIELDS);
}

/** Account and state words are hashed with the result, and as the state before and after it. */
function stateGas({ regions: { A, S } }: Layout, kept: number): number {
  const words = A.count + S.count;
  const hashed = words * (SLOT + 2 * EVM.hashedWord);
  return hashed + VAULT_CODE.account * A.count + packedGas(words, kept, VAULT_CODE.words);
}

function classGas({ tranches }: Layout, { classesUnpaid, classesWithDust }: SettlementFacts): number {
  const paid = (tranches - classesUnpaid) * (EVM.coldWord + EVM.created + VAULT_CODE.classPaid);
  const sought = classesWithDust > 0 ? tranches * (EVM.coldWord + VAULT_CODE.dustSought) : 0;
  const taken = classesWithDust * (EVM.changed - EVM.cleared + VAULT_CODE.dustTaken);
  return tranches * (2 * SINK + VAULT_CODE.class) + paid + sought + taken;
}

/** The sinks after the classes'. */
export function payeesOf({ regions, tranches }: Layout): number {
  return regions.X.count - 2 * tranches;
}

function payeeGas(layout: Layout, kept: number): number {
  const payees = payeesOf(layout);
  if (payees === 0) return 0;
  // A list for what they are owed is cleared once more.
  const sinks = payees * (SINK + EVM.copiedWord);
  return VAULT_CODE.payees + sinks + packedGas(payees, kept, VAULT_CODE.owed);
}

/**
 * Words of memory: the frame with log, code and row; inputs as they are hashed and as they are in the event; sinks as they
 * are taken and in the event; what payees are owed; each class's dust, when it is looked for.
 */
function memoryWords(layout: Layout, dusty: boolean): number {
  const { slots, pays, codeLength, tranches, regions } = layout;
  const code = Math.floor((codeLength + ROW_WORD_BYTES * regions.R.count + FRAME_END) / WORD_BYTES);
  const lists = 2 * regions.I.count + 2 * regions.X.count + payeesOf(layout);
  return OTHER_MEMORY + slots + pays + code + lists + (dusty ? 2 * tranches : 0);
}
