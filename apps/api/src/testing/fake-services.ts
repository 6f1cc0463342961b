import type { Actor, Role } from '@weir/persistence';
import { SessionInvalid, type Services } from '@weir/services';

/** One call of a use case. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Use cases that write down how they were called and answer what they were told to. */
export interface FakeServices {
  readonly services: Services;
  readonly calls: Call[];
  /** Answers by `capability.method`; an Error is thrown, a function called. What is not here answers an empty object. */
  readonly answers: Map<string, unknown>;
}

const CAPABILITIES = [
  'deals',
  'tapes',
  'tapeMappings',
  'tapeHistory',
  'admission',
  'deployment',
  'offering',
  'pledges',
  'attestations',
  'distribution',
  'emergency',
  'amendments',
  'furtherIssues',
  'settlement',
  'reports',
  'monitoring',
  'dealHealth',
  'signing',
  'scenarioSets',
] as const;

/** The token of a fake session with these roles. */
export const tokenOf = (...roles: Role[]): string => `roles:${roles.join(',')}`;

/** The actor whom a fake session names. */
export const actorWith = (...roles: Role[]): Actor => ({
  userId: '0b7c3a30-0000-4000-8000-000000000001',
  personId: '0b7c3a30-0000-4000-8000-000000000002',
  organisationId: '0b7c3a30-0000-4000-8000-000000000003',
  roles,
});

/** Fresh fake use cases; their sessions are those of `tokenOf`. */
export function fakeServices(): FakeServices {
  const calls: Call[] = [];
  const answers = new Map<string, unknown>();
  const capability = (name: string, own: object = {}): object =>
    new Proxy(own, {
      get: (target, method) => {
        if (method in target) return (target as Record<PropertyKey, unknown>)[method];
        return async (...args: unknown[]) => answer(`${name}.${String(method)}`, args);
      },
    });
  const answer = (name: string, args: readonly unknown[]): unknown => {
    calls.push({ name, args });
    const told = answers.get(name);
    if (told instanceof Error) throw told;
    if (typeof told === 'function') return (told as (...of: unknown[]) => unknown)(...args);
    return told ?? {};
  };
  const services = {
    ...Object.fromEntries(CAPABILITIES.map((name) => [name, capability(name)])),
    access: capability('access', { actorOf }),
    context: { sessionKey: new Uint8Array(32).fill(7) },
    close: async () => answer('close', []),
  };
  return { services: services as unknown as Services, calls, answers };
}

async function actorOf(token: string): Promise<Actor> {
  const roles = /^roles:(.*)$/.exec(token)?.[1];
  if (roles === undefined) throw new SessionInvalid();
  return actorWith(...(roles.split(',').filter((role) => role !== '') as Role[]));
}
