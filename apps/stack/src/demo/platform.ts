import type { DemoContext } from './context.js';
import { ApiClient } from './api-client.js';
import { assemble, type Cast } from './cast.js';
import type { DevChain } from './dev-chain.js';

/** E-mail of the operator that the first migration enters. */
export const OPERATOR_EMAIL = 'operator@weir.local';

interface PlatformAnswer {
  readonly complete: boolean;
  readonly contracts: Readonly<Record<string, string>>;
  readonly accounts: { readonly operator: string; readonly compliance: string };
}

interface ManifestAnswer {
  readonly terms: { readonly timelock: number };
}

/** Enters the organisations and deploys the contracts that all deals share. */
export async function setUpPlatform(
  context: Pick<DemoContext, 'apiUrl' | 'stateDir'>,
  operatorPassword: string,
  chain: DevChain,
): Promise<{ cast: Cast; cash: string; timelock: number }> {
  const operator = await ApiClient.signIn(context.apiUrl, OPERATOR_EMAIL, operatorPassword);
  const cast = await assemble(context.apiUrl, operator, context.stateDir);
  const { accounts } = await operator.get<PlatformAnswer>('/platform');
  const members = Object.values(cast.organisations).map(({ account }) => account);
  await chain.fundGas([accounts.operator, accounts.compliance, ...members]);
  await operator.post('/platform/deployment', { cash: null, pledges: null });
  const { contracts } = await operator.until<PlatformAnswer>(
    '/platform',
    'The deployment of the platform',
    ({ complete }) => complete,
  );
  const { terms } = await operator.get<ManifestAnswer>('/platform/manifest');
  return { cast, cash: contracts['Cash'] ?? '', timelock: terms.timelock };
}
