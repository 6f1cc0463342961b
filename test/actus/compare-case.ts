import { type ContractEvent, type EventKind, projectContract } from '@weir/collateral';
import type { Case, Printed, ReferenceEvent } from './case-file.js';
import { ContractTypeUnsupported } from './errors.js';

/** The standard's names; what it does not know has the library's own. */
const TYPES: Record<EventKind, string> = {
  'initial-exchange': 'IED',
  fee: 'FP',
  principal: 'PR',
  drawing: 'PI',
  'write-down': 'write-down',
  defeasance: 'defeasance',
  penalty: 'PY',
  prepayment: 'PP',
  call: 'XD',
  interest: 'IP',
  'fixed-leg': 'IPFX',
  'floating-leg': 'IPFL',
  'interest-capitalised': 'IPCI',
  default: 'CE',
  'rate-fixed': 'RRF',
  'rate-reset': 'RR',
  'payment-fixed': 'PRF',
  purchase: 'PRD',
  termination: 'TD',
  scaling: 'SC',
  'interest-base': 'IPCB',
  settlement: 'STD',
  modification: 'modification',
  residual: 'residual',
  maturity: 'MD',
  review: 'AD',
};

const RELATIVE = 1e-9;
const ABSOLUTE = 1e-8;

/** What came of a case. */
export interface Outcome {
  name: string;
  type: string;
  /** The first difference in words; undefined when the case passes. */
  failure: string | undefined;
  /** The largest difference of a figure among events that agree in type and date. */
  largest: number;
  /** Whether the adapter has contracts of this type. */
  supported: boolean;
}

/** The figures that the reference prints, beside ours. */
function figuresOf(event: ContractEvent, reference: ReferenceEvent): [string, number, Printed][] {
  const figures: [string, number, Printed | undefined][] = [
    ['payoff', event.flow, reference.payoff],
    ['notional', event.balance, reference.notional],
    ['rate', event.rate, reference.rate],
    ['accrued', event.accrued, reference.accrued],
  ];
  return figures.filter((figure): figure is [string, number, Printed] => figure[2] !== undefined);
}

const agrees = (ours: number, { value, allowed }: Printed): boolean =>
  Math.abs(ours - value) <= Math.max(ABSOLUTE, RELATIVE * Math.abs(value), allowed);

const named = (at: string, type: string): string => `${type} of ${at}`;

function differenceOf(ours: ContractEvent | undefined, reference: ReferenceEvent | undefined): string | undefined {
  if (!ours) return reference && `missing ${named(reference.at, reference.type)}`;
  const name = named(ours.at, TYPES[ours.kind]);
  if (!reference) return `${name} is one too many`;
  if (name !== named(reference.at, reference.type)) return `${name}, expected ${named(reference.at, reference.type)}`;
  const wrong = figuresOf(ours, reference).find(([, value, printed]) => !agrees(value, printed));
  return wrong && `${name}: ${wrong[0]} ${wrong[1]}, expected ${wrong[2].value}`;
}

function compare(
  events: readonly ContractEvent[],
  expected: readonly ReferenceEvent[],
): Pick<Outcome, 'failure' | 'largest'> {
  let largest = 0;
  for (let index = 0; index < Math.max(events.length, expected.length); index++) {
    const [ours, reference] = [events[index], expected[index]];
    if (ours && reference && TYPES[ours.kind] === reference.type && ours.at === reference.at) {
      const gaps = figuresOf(ours, reference).map(([, value, printed]) => Math.abs(value - printed.value));
      largest = Math.max(largest, ...gaps);
    }
    const failure = differenceOf(ours, reference);
    if (failure !== undefined) return { failure: `event ${index + 1}: ${failure}`, largest };
  }
  return { failure: undefined, largest };
}

/** Projects a case and compares every event, in order, with type, date and its four figures. */
export function runCase({ name, type, read }: Case): Outcome {
  try {
    const { contract, observations, until, expected } = read();
    return { name, type, ...compare(projectContract(contract, observations, until), expected), supported: true };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { name, type, failure, largest: 0, supported: !(error instanceof ContractTypeUnsupported) };
  }
}
