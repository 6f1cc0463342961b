import { artifacts } from '@weir/bindings';

/** OpenZeppelin's ERC-20 as it is: everybody may hold it, so that nobody is registered. */
export async function bare(chain) {
  const token = await chain.deploy(artifacts.TestStablecoin);
  return {
    mint: (account, amount) => chain.gas(token, 'mint', account, amount),
    transfer: (from, to, amount) => chain.gas(token.connect(from), 'transfer', to, amount),
  };
}
