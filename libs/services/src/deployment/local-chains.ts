/** Chain ids of development nodes, where nobody waits for days. */
const LOCAL_CHAINS: readonly bigint[] = [1_337n, 31_337n];

/** Whether a chain is a development node's own. */
export const isLocalChain = (chainId: bigint): boolean => LOCAL_CHAINS.includes(chainId);
