import { Interface, isError } from 'ethers';
import { abis } from '@weir/bindings';
import {
  AddressRefused,
  KeyElsewhere,
  KeystoreLocked,
  NothingToSign,
  OutboxConflict,
  SignedBytesRefused,
  SignerNotFound,
  TransactionNotSeen,
  revertReason,
} from '@weir/chain';
import { EligibilityValueInvalid, ReportDoesNotTie } from '@weir/collateral';
import { UnitOfWork, type Actor, type Command, type Tx } from '@weir/persistence';
import { CashNotConserved, CompileError, InputsError, RunArgumentError } from '@weir/waterfall';
import type { EntityManager } from 'typeorm';
import { Problem, type ProblemKind } from './problem.js';

/** A failure of a library below, as the caller of a use case is told of it. */
export class Fault extends Problem {
  constructor(
    readonly kind: ProblemKind,
    readonly code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message, details);
  }
}

const CONTRACTS = Object.values(abis).map((abi) => new Interface(abi));

/** Codes of a database or chain that does not answer: Node's and ethers'. */
const SILENT: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['NETWORK_ERROR', 'TIMEOUT', 'SERVER_ERROR'],
]);

/** The problem that a failure of a library is to the caller; what is none of these is given back as it came. */
export function asProblem(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof Problem) return error;
  return fromPureLibrary(error) ?? fromSigning(error) ?? fromChain(error) ?? error;
}

function fromPureLibrary(error: object): Fault | null {
  const message = 'message' in error ? String(error.message) : '';
  if (error instanceof CompileError)
    return new Fault('invalid', 'deal-not-compilable', message, { diagnostics: error.diagnostics });
  if (error instanceof EligibilityValueInvalid) {
    const { rule, field, value, expected } = error;
    return new Fault('invalid', 'eligibility-value-invalid', message, { rule, field, value, expected });
  }
  if (error instanceof InputsError) {
    const { unknown, missing, negative } = error;
    return new Fault('conflict', 'report-does-not-fit', `${message}; correct the tape and prepare the report again.`, {
      ...{ unknown, missing, negative },
    });
  }
  if (error instanceof RunArgumentError)
    return new Fault('conflict', 'run-argument', `${message}; prepare the servicer report again.`, {
      argument: error.argument,
    });
  if (error instanceof ReportDoesNotTie) return new Fault('unavailable', 'report-does-not-tie', message);
  if (error instanceof CashNotConserved) return new Fault('unavailable', 'cash-not-conserved', message);
  return null;
}

function fromSigning(error: object): Fault | null {
  if (error instanceof KeyElsewhere)
    return new Fault('conflict', 'key-elsewhere', `The account cannot sign here: ${error.message}.`);
  if (error instanceof AddressRefused) return new Fault('invalid', 'address-invalid', `${error.message}.`);
  if (error instanceof TransactionNotSeen) return new Fault('not-found', 'transaction-not-found', `${error.message}.`);
  if (error instanceof NothingToSign) return new Fault('conflict', 'nothing-to-sign', `${error.message}.`);
  if (error instanceof SignedBytesRefused)
    return new Fault('invalid', 'signed-bytes-refused', `${error.message}.`, { faults: error.differences });
  return null;
}

function fromChain(error: object): Fault | null {
  if (error instanceof SignerNotFound || error instanceof KeystoreLocked)
    return new Fault('unavailable', 'signer-unavailable', `The account cannot sign: ${error.message}.`);
  if (error instanceof OutboxConflict)
    return new Fault('conflict', 'transaction-conflict', error.message, { transactionId: error.id });
  if (isError(error, 'CALL_EXCEPTION')) {
    const fault = { code: null, message: error.shortMessage, data: error.data };
    const reason = revertReason(fault, CONTRACTS);
    return new Fault('conflict', 'contract-refuses', `The contract refuses: ${reason}.`, { reason });
  }
  if (isError(error, 'BAD_DATA'))
    return new Fault(
      'unavailable',
      'contract-missing',
      'The chain has no such contract; check that RPC_URL names the chain that the deal is on.',
    );
  if (SILENT.has((error as { code?: unknown }).code))
    return new Fault(
      'unavailable',
      'unavailable',
      'Database or chain do not answer; send the same request again in a while.',
    );
  return null;
}

/** Runs what reaches for the chain outside a unit of work. */
export function answered<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw asProblem(error);
  });
}

/** The unit of work of the use cases: failures of the libraries below come out as problems. */
export class UseCaseUnitOfWork extends UnitOfWork {
  override run<T>(actor: Actor, command: Command, work: (tx: Tx) => Promise<T>): Promise<T> {
    return answered(super.run(actor, command, work));
  }

  override read<T>(actor: Actor, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return answered(super.read(actor, work));
  }
}
