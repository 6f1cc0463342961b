import { artifacts } from '@weir/bindings';
import { execute, ExecutionError, type Program, type RunArguments, StateTooWide, transferWord } from '@weir/waterfall';
import { Contract, ContractFactory, Interface, type InterfaceAbi } from 'ethers';
import { startAnvil, type TestChain } from '../anvil.js';
import { type Batch, decodeDigests, encodeBatches } from './digests.js';
import { decodeOutcomes, type RawOutcome } from './outcome-words.js';

/** What a run leaves, in the words that both machines have. */
export interface Finished {
  slots: bigint[];
  transfers: bigint[];
  resultHash: string;
  stateHash: string;
}

/** Why a run stopped. `at` is the code offset of the instruction; for WIDTH the id of the first slot that is too wide. */
export interface Fault {
  fault: 'RANGE' | 'DIV0' | 'WIDTH';
  at: number;
}

export type Outcome = Finished | Fault;

/** The hashes over all words that a run left, or why it stopped. */
export type Digest = Pick<Finished, 'resultHash' | 'stateHash'> | Fault;

function orFault<T>(run: () => T): T | Fault {
  try {
    return run();
  } catch (error) {
    if (error instanceof StateTooWide) return { fault: error.fault, at: error.slot };
    if (error instanceof ExecutionError) return { fault: error.fault, at: error.offset };
    throw error;
  }
}

/** The exact executor's outcome. */
export function exactOutcome(program: Program, run: RunArguments): Outcome {
  return orFault(() => {
    const { slots, transfers, resultHash, stateHash } = execute(program, run);
    return { slots, transfers: transfers.map(transferWord), resultHash, stateHash };
  });
}

/** The exact executor's outcome in hashes. */
export function exactDigest(program: Program, run: RunArguments): Digest {
  return orFault(() => {
    const { resultHash, stateHash } = execute(program, run);
    return { resultHash, stateHash };
  });
}

class UnexpectedRevert extends Error {
  constructor(readonly data: string) {
    super(`the harness reverted with ${data}`);
  }
}

const { abi } = artifacts.ProgramHarness;
const errors = new Interface(abi as InterfaceAbi);
const DIGEST_MANY =
  new Interface(artifacts.ProgramDigests.abi as InterfaceAbi).getFunction('digestMany')?.selector ?? '';
/** Far above what a batch needs: eth_call gets the gas of a block. */
const BLOCK_GAS = '30000000000';

function faultOf(program: Program, data: string): Fault {
  const error = errors.parseError(data);
  const at = Number(error?.args[0] ?? 0n);
  if (error?.name === 'Range') return { fault: 'RANGE', at };
  if (error?.name === 'DivisionByZero') return { fault: 'DIV0', at };
  if (error?.name === 'Width') return { fault: 'WIDTH', at: program.layout.regions.A.first + at };
  throw new UnexpectedRevert(error ? error.name : data);
}

async function deploy(chain: TestChain, { abi, bytecode }: { abi: unknown; bytecode: string }): Promise<string> {
  const factory = new ContractFactory(abi as InterfaceAbi, bytecode, await chain.provider.getSigner(0));
  const deployed = await factory.deploy({ gasLimit: 10_000_000 });
  await deployed.waitForDeployment();
  return deployed.getAddress();
}

/** The EVM on a chain of its own. Everything is asked by eth_call: no run changes anything. */
export class Machine {
  private constructor(
    private readonly chain: TestChain,
    private readonly harness: Contract,
    private readonly digester: string,
  ) {}

  /** Starts anvil and deploys the harness and the contract that tells hashes only. */
  static async start(): Promise<Machine> {
    const chain = await startAnvil(['--gas-limit', BLOCK_GAS, '--no-request-size-limit']);
    const [harness, digester] = [
      await deploy(chain, artifacts.ProgramHarness),
      await deploy(chain, artifacts.ProgramDigests),
    ];
    return new Machine(chain, new Contract(harness, abi as InterfaceAbi, chain.provider), digester);
  }

  async stop(): Promise<void> {
    await this.chain.stop();
  }

  /** Validates the program and runs every case on it in one call. */
  async run(program: Program, runs: readonly RunArguments[]): Promise<Outcome[]> {
    return (await this.runMany(program, runs)).map(({ failure, ...finished }) =>
      failure === '0x' ? finished : faultOf(program, failure),
    );
  }

  /** Validates programs and runs the cases of each, all in one call; one list of outcomes for each program. */
  async digests(batches: readonly Batch[]): Promise<Digest[][]> {
    const to = this.digester;
    const data = DIGEST_MANY + encodeBatches(batches);
    const raw = decodeDigests(await this.call(to, data));
    let at = 0;
    return batches.map(({ program, runs }) =>
      raw
        .slice(at, (at += runs.length))
        .map(({ failure, ...hashes }) => (failure === '0x' ? hashes : faultOf(program, failure))),
    );
  }

  /** Asks the chain without ethers, which copies question and answer several times, byte by byte. */
  private async call(to: string, data: string): Promise<string> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [{ to, data }, 'latest'] });
    const headers = { 'content-type': 'application/json' };
    const answer = await (await fetch(this.chain.url, { method: 'POST', headers, body })).json();
    const { result, error } = answer as { result?: string; error?: { message: string } };
    if (result === undefined) throw new UnexpectedRevert(error?.message ?? 'no answer');
    return result;
  }

  /** The name of the error by which a run is refused before it starts. */
  async refusal(program: Program, run: RunArguments): Promise<string> {
    const [outcome] = await this.runMany(program, [run]);
    return errors.parseError(outcome?.failure ?? '0x')?.name ?? 'none';
  }

  /** For each blob the name of the validator's error, or null when it is valid. */
  async validate(blobs: readonly Uint8Array[]): Promise<(string | null)[]> {
    const failures: string[] = await this.harness.getFunction('validateMany').staticCall(blobs);
    return [...failures].map((data) => {
      if (data === '0x') return null;
      const error = errors.parseError(data);
      if (!error || error.name === 'Panic') throw new UnexpectedRevert(data);
      return error.name;
    });
  }

  private async runMany(program: Program, runs: readonly RunArguments[]): Promise<RawOutcome[]> {
    const call = await this.harness.getFunction('runMany').populateTransaction(program.bytes, runs);
    return decodeOutcomes(await this.chain.provider.call(call));
  }
}
