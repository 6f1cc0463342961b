import { Interface, type InterfaceAbi } from 'ethers';
import type { Hex } from '../signers/signer.js';
import { FunctionUnknown, StepUnknown } from './deployment.errors.js';

/** What is needed of a compiled contract. */
export interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

/** One transaction of a deployment. Its name is its natural key there: a step is done once. */
export interface Step {
  readonly name: string;
  /** null deploys a contract. */
  readonly to: Hex | null;
  readonly data: Hex;
}

/** Deploys a contract. */
export function deploying(name: string, { abi, bytecode }: Artifact, args: readonly unknown[]): Step {
  return { name, to: null, data: `${bytecode}${new Interface(abi).encodeDeploy([...args]).slice(2)}` as Hex };
}

/** Calls a contract. */
export function calling(name: string, to: Hex, abi: InterfaceAbi, method: string, args: readonly unknown[]): Step {
  return { name, to, data: new Interface(abi).encodeFunctionData(method, [...args]) as Hex };
}

/** Addresses of deployed contracts by the names of their steps. */
export type Addresses = ReadonlyMap<string, Hex>;

/** Who carries steps out: each once, however often it is asked. */
export interface StepRunner {
  /**
   * Carries out steps of which none needs another one to be mined: they are sent together, in this order, and waited for
   * at the end. Gives the addresses of what they deployed.
   */
  together(steps: readonly Step[]): Promise<Addresses>;
}

/** The address that a step of that name deployed. @throws StepUnknown when there was none */
export function addressOf(addresses: Addresses, name: string): Hex {
  const address = addresses.get(name);
  if (address === undefined) throw new StepUnknown(name);
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
