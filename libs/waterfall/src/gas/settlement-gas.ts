import { type Layout, type Program, ROW_WORD_BYTES, WORD_BYTES } from '../program/program.js';
import { EVM, memoryGas, transactionGas } from './evm-schedule.js';
import { type PackedCode, PAYMENT_CALLS, VAULT_CALLS, VAULT_CODE } from './vault-code.js';

/** Classes with a whole cent of dust, when there is any and a class is paid; the parts of a cent beyond stay. */
export interface DustFacts {
  /** Paid classes with dust, which is added to what they are paid. */
  taken: number;
  /** Words of dust, of four classes each, that change by it. */
  wordsChanged: number;
  /** Unpaid classes with dust, which stays. */
  kept: number;
}

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
  /** Classes that were paid nothing. */
  classesUnpaid: number;
  /** Null when no class has a cent of dust, or none is paid. */
  dust: DustFacts | null;
  /** Whether the tape's root is that of the month before. */
  tapeKept: boolean;
  /** Whether the Distributor has no cash yet, or none any more: all was claimed, and nothing rounded off. */
  distributorEmpty: boolean;
  /** Whether the payment of the classes leaves the vault no cash. */
  vaultEmptied: boolean;
}

/** Fields of 85 bits in a storage word. */
const FIELDS = 3;
/** Words of memory that a settlement uses beside the frame and what is made from its lists. */
const OTHER_MEMORY = 134;
/** Words of the event's data beside inputs and sinks. */
const EVENT_HEAD = 10;
/** Words of the call that books beside the amounts, and of what is asked of the stablecoin when there is none. */
const CALL_HEAD = 6;
const BALANCE_CALL = 2;
/** Words of memory of the Distributor: beside the amounts; the status as it is written; the event beside its list. */
const DISTRIBUTOR_MEMORY = 8;
const STATUS_MEMORY = 3;
const DUST_EVENT_MEMORY = 2;
/** Classes in a word of dust. */
const CLASSES_OF_WORD = 4;
/** The frame keeps so many bytes behind the row, so that reading a word at END stays inside, and ends on a whole word. */
const FRAME_END = 63;

/**
 * Gas of the transaction that settles a month by `DealVault.settle`, after refunds: what it takes, exactly. Cash is
 * an ERC-20 whose `balanceOf` reads one storage word, at what `VAULT_CODE` counts.
 */
export function settlementGas({ layout }: Program, facts: SettlementFacts): number {
  const executed =
    fixedGas(facts.tapeKept) +
    facts.dataGas +
    facts.machineGas +
    facts.copyGas +
    frameGas(layout) +
    stateGas(layout, facts.wordsKept) +
    classGas(layout, facts) +
    payeeGas(layout, facts.payeeWordsKept) +
    memoryGas(memoryWords(layout, facts));
  return transactionGas(executed, facts.dataGas);
}

/** What no program changes. */
function fixedGas(tapeKept: boolean): number {
  const { accounts, wordsRead, wordsChanged, guards, topics, eventWords } = VAULT_CALLS;
  const storage = wordsRead * EVM.coldWord + wordsChanged * (EVM.coldWord + EVM.changed) + guards * EVM.warm;
  const event = EVM.log + topics * EVM.topic + eventWords * WORD_BYTES * EVM.logByte;
  return (
    EVM.transaction +
    accounts * EVM.coldAccount +
    storage +
    EVM.coldWord +
    (tapeKept ? EVM.kept : EVM.changed) +
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
/** A class's two are copied into the call that books them, and there from it, when any class is paid. */
const AMOUNTS = 4 * EVM.copiedWord;
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

function classGas({ tranches }: Layout, facts: SettlementFacts): number {
  const each = tranches * (2 * SINK + VAULT_CODE.class);
  const paid = tranches - facts.classesUnpaid;
  if (paid === 0) return each;
  const booked = tranches * VAULT_CODE.classBooked + paid * (EVM.coldWord + EVM.created + VAULT_CODE.classPaid);
  return each + booked + paymentGas(tranches, facts) + dustGas(tranches, facts.dust);
}

/** One transfer to the Distributor and one call of it, whatever the classes. */
function paymentGas(tranches: number, { distributorEmpty, vaultEmptied, dust }: SettlementFacts): number {
  const { accounts, wordsChanged } = PAYMENT_CALLS;
  const storage =
    wordsChanged * (EVM.coldWord + EVM.changed) + EVM.coldWord + (distributorEmpty ? EVM.created : EVM.changed);
  // The vault's balance is read in any month.
  const fromVault = EVM.changed - (vaultEmptied ? EVM.cleared : 0);
  const words = 2 * tranches;
  const memory = memoryGas(DISTRIBUTOR_MEMORY + words + dustMemory(tranches, dust));
  const amounts = AMOUNTS * tranches;
  return accounts * EVM.coldAccount + storage + fromVault + memory + amounts + VAULT_CODE.payment;
}

/** The list of what is carried, and then the event, or over it the status. */
function dustMemory(tranches: number, dust: DustFacts | null): number {
  if (dust === null) return STATUS_MEMORY;
  const words = dustWords(tranches);
  return 1 + words + (dust.taken > 0 ? Math.max(DUST_EVENT_MEMORY + words, STATUS_MEMORY) : STATUS_MEMORY);
}

/** Storage words that hold the dust of so many classes. */
export function dustWords(tranches: number): number {
  return Math.ceil(tranches / CLASSES_OF_WORD);
}

function dustGas(tranches: number, dust: DustFacts | null): number {
  if (dust === null) return 0;
  const { dustTopics, dustWords: head } = PAYMENT_CALLS;
  const words = dustWords(tranches);
  const event = EVM.log + dustTopics * EVM.topic + (head + words) * LOGGED_WORD + VAULT_CODE.dust.event;
  const looked =
    VAULT_CODE.dust.sought + words * (EVM.coldWord + VAULT_CODE.dust.word) + tranches * VAULT_CODE.dust.class;
  const changed = dust.wordsChanged * (EVM.changed + VAULT_CODE.dust.wordChanged);
  return (
    looked +
    changed +
    dust.kept * VAULT_CODE.dust.kept +
    dust.taken * VAULT_CODE.dust.taken +
    (dust.taken > 0 ? event : 0)
  );
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
 * Words of memory: the frame with log, code and row; inputs as they are hashed; what payees are owed; the event's data without
 * its sinks; and then these, or over them the call that books the classes' amounts.
 */
function memoryWords(layout: Layout, { classesUnpaid }: SettlementFacts): number {
  const { slots, pays, codeLength, tranches, regions } = layout;
  const { R, I, X } = regions;
  const code = Math.floor((codeLength + ROW_WORD_BYTES * R.count + FRAME_END) / WORD_BYTES);
  const event = EVENT_HEAD + I.count;
  const calls = classesUnpaid === tranches ? BALANCE_CALL : CALL_HEAD + 2 * tranches;
  return OTHER_MEMORY + slots + pays + code + I.count + payeesOf(layout) + event + Math.max(X.count, calls);
}
