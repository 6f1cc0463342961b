/** Chain ids of development nodes, where nobody waits for days and nothing has a value. */
const LOCAL_CHAINS: readonly bigint[] = [1_337n, 31_337n];

/** Whether a chain is a development node's own. */
export const isLocalChain = (chainId: bigint | number): boolean => LOCAL_CHAINS.includes(BigInt(chainId));
