import { Interface, getBytes, toUtf8String } from 'ethers';
import { abis } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { ServiceContext } from '../context.js';
import { reader } from '../deployment/contracts.js';
import type { Finding, Letter } from './invariants.js';

const healthAbi = new Interface(abis.DealHealth);

/** What DealHealth is asked. */
export interface HealthQuestion {
  /** The DealHealth contract. */
  readonly health: Hex;
  readonly vault: Hex;
  /** Classes in order of seniority. */
  readonly classes: readonly string[];
  /** Accounts that were admitted, each once. */
  readonly accounts: readonly string[];
  /** Periods to look at for C, F and G; none when `to` is less than `from`. */
  readonly from: number;
  readonly to: number;
  readonly block: number | 'latest';
}

/** A finding as the contract gives it. */
interface RawFinding {
  readonly letter: string;
  readonly verdict: bigint;
  readonly tranche: bigint;
  readonly period: bigint;
  readonly actual: bigint;
  readonly expected: bigint;
}

/** Letters that are looked at class by class. */
const OF_CLASS: ReadonlySet<Letter> = new Set(['C', 'D', 'E', 'F', 'G']);
const VERDICTS = ['holds', 'broken', 'unanswered'] as const;

/** A finding of the contract with the figures as numbers. */
export interface ChainFinding extends Finding {
  readonly figures: { readonly actual: bigint; readonly expected: bigint };
}

/** The contract's findings, A to H and J. @throws whatever the node answers when it does not take the call */
export async function askHealth(
  context: Pick<ServiceContext, 'provider'>,
  question: HealthQuestion,
): Promise<ChainFinding[]> {
  const { vault, accounts, from, to, block, classes } = question;
  const asked = { vault, accounts, fromPeriod: to < from ? 0 : from, toPeriod: to < from ? 0 : to };
  const contract = reader(context, question.health, healthAbi);
  const found = (await contract.getFunction('findings').staticCall(asked, { blockTag: block })) as RawFinding[];
  return found.map((raw) => {
    const letter = toUtf8String(getBytes(raw.letter)) as Letter;
    const { actual, expected } = raw;
    return {
      letter,
      place: OF_CLASS.has(letter) ? placeOf(classes[Number(raw.tranche)] ?? '', Number(raw.period)) : '',
      verdict: VERDICTS[Number(raw.verdict)] ?? 'unanswered',
      actual: actual.toString(),
      expected: expected.toString(),
      figures: { actual, expected },
    };
  });
}

/** How a class, and a period of it, is named as a place. */
export const placeOf = (name: string, period: number): string => (period === 0 ? name : `${name}/${period}`);
