import { JsonRpcProvider } from 'ethers';
/** A throw-away local chain of one spec file; blocks are mined when a transaction arrives. */
export interface TestChain {
    url: string;
    /** Caches nothing, so that reorganisations are seen at once. */
    provider: JsonRpcProvider;
    stop(): Promise<void>;
}
/**
 * Starts anvil on a free port. A shell stands between: when this process dies, the shell's input closes and it stops
 * the chain.
 */
export declare function startAnvil(flags?: string[]): Promise<TestChain>;
