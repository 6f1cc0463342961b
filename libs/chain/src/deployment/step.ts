import { Interface, keccak256, type InterfaceAbi } from 'ethers';
import type { Hex } from '../signers/signer.js';
import { FunctionUnknown, StepUnknown } from './deployment.errors.js';

/** What is needed of a compiled contract. */
export interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

/** What a contract is made of: the hash of its creation code, and its constructor's arguments, encoded and in words. */
export interface Construction {
  readonly creationCodeHash: Hex;
  readonly constructorArguments: Hex;
  readonly values: readonly unknown[];
}

/** One transaction of a deployment. Its name is its natural key there: a step is done once. */
export interface Step {
  readonly name: string;
  /** null deploys a contract. */
  readonly to: Hex | null;
  readonly data: Hex;
  /** Of what deploys a contract. */
  readonly construction: Construction | null;
}

/** JSON has no numbers as large as the contracts'. */
const plain = (values: readonly unknown[]): unknown[] =>
  JSON.parse(JSON.stringify(values, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));

/** Deploys a contract. */
export function deploying(name: string, { abi, bytecode }: Artifact, args: readonly unknown[]): Step {
  const encoded = new Interface(abi).encodeDeploy([...args]) as Hex;
  const creationCodeHash = keccak256(bytecode) as Hex;
  const construction = { creationCodeHash, constructorArguments: encoded, values: plain(args) };
  return { name, to: null, data: `${bytecode}${encoded.slice(2)}` as Hex, construction };
}

/** Calls a contract. */
export function calling(name: string, to: Hex, abi: InterfaceAbi, method: string, args: readonly unknown[]): Step {
  return { name, to, data: new Interface(abi).encodeFunctionData(method, [...args]) as Hex, construction: null };
}

/** What became of a step. */
export interface Outcome {
  readonly transaction: Hex;
  readonly block: number;
  readonly nonce: number;
  /** What it deployed. */
  readonly address: Hex | null;
}

/** Outcomes by the names of their steps. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** Who carries steps out: each once, however often it is asked. */
export interface StepRunner {
  /**
   * Carries out steps of which none needs another one to be mined: they are sent together, in this order, and waited for
   * at the end.
   */
  together(steps: readonly Step[]): Promise<Outcomes>;
}

/** The address that a step of that name deployed. @throws StepUnknown when there was none */
export function addressOf(outcomes: Outcomes, name: string): Hex {
  const address = outcomes.get(name)?.address ?? null;
  if (address === null) throw new StepUnknown(name);
  return address;
}

/** Selectors of functions by name. @throws FunctionUnknown */
export function selectors(abi: InterfaceAbi, names: readonly string[]): Hex[] {
  const contract = new Interface(abi);
  return names.map((name) => {
    const found = contract.getFunction(name);
    if (found === null) throw new FunctionUnknown(name);
    return found.selector as Hex;
  });
}
