import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonRpcProvider } from 'ethers';
import {
  AppUser,
  Organisation,
  Person,
  SYSTEM_ACTOR,
  migrate,
  type Actor,
  type Idempotency,
  type OrganisationKind,
  type Role,
} from '@weir/persistence';
import { MIGRATIONS, QUEUES, Services, openServices, type PlatformSettings } from '@weir/services';
import { startPostgres, type Contents } from './postgres.js';

/** The use cases over a throw-away database; the chain is what a spec gives. */
export interface TestPlatform {
  services: Services;
  ownerUrl: string;
  keystores: string;
  /** Enters an organisation, its account and its first person, who has the roles. */
  member(kind: OrganisationKind, ...roles: Role[]): Promise<Actor>;
  /** A further person, or a further account of a person, of the actor's organisation. */
  colleague(actor: Actor, roles?: Role[], personId?: string): Promise<Actor>;
  /** Runs statements as Weir itself. */
  asSystem(sql: string, values?: unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** An idempotency key that nobody used before. */
export const once = (): Idempotency => ({ key: randomUUID(), bodyHash: 'body' });

/** A chain that knows the time only: its latest block is of noon, UTC, of that day. */
export function chainOn(date: string): JsonRpcProvider {
  const timestamp = Date.parse(`${date}T12:00:00Z`) / 1000;
  return {
    getBlock: () => Promise.resolve({ timestamp }),
    getNetwork: () => Promise.resolve({ chainId: 31_337n }),
    destroy: () => undefined,
  } as unknown as JsonRpcProvider;
}

const APP_PASSWORD = 'secret';

/** A server whose one database, of the same name, is migrated. */
const MIGRATED: Contents = {
  name: 'platform',
  make: async (server) => {
    const { ownerUrl } = await server.createDatabase(APP_PASSWORD, 'platform');
    await migrate(ownerUrl, { appPassword: APP_PASSWORD, migrations: MIGRATIONS, queues: QUEUES });
  },
};

/** Starts Postgres on a migrated database, and opens the use cases. */
export async function startPlatform(provider: JsonRpcProvider = chainOn('2020-07-01')): Promise<TestPlatform> {
  const server = await startPostgres(MIGRATED);
  const { ownerUrl, appUrl } = server.urlsOf(MIGRATED.name, APP_PASSWORD);
  const keystores = mkdtempSync(path.join(tmpdir(), 'weir-keys-'));
  const settings: PlatformSettings = {
    databaseUrl: appUrl,
    rpcUrl: 'http://127.0.0.1:9',
    keystoreDirectory: keystores,
    keystorePassphrase: 'test',
    blobKey: randomBytes(32),
    sessionKey: randomBytes(32),
    saltSecret: `0x${'9'.repeat(64)}`,
    finalityDepth: 1,
    manifestFile: null,
    dryRun: false,
    disputeDelay: 0,
    changeDelay: 0,
  };
  const opened = await openServices(settings);
  opened.context.provider.destroy();
  const services = new Services({ ...opened.context, provider }, opened.dataSource, settings);
  const { uow, signers } = services.context;
  const asSystem = (sql: string, values: unknown[] = []): Promise<unknown> =>
    uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, ({ manager }) => manager.query(sql, values));

  async function colleague(actor: Pick<Actor, 'organisationId' | 'roles'>, roles = actor.roles, known?: string) {
    const [userId, personId] = [randomUUID(), known ?? randomUUID()];
    const email = `${userId}@example.org`;
    const { organisationId } = actor;
    await uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, async ({ manager }) => {
      if (known === undefined) await manager.insert(Person, { id: personId, name: email, email });
      await manager.insert(AppUser, { id: userId, personId, organisationId, email, passwordHash: '-', roles });
    });
    return { userId, personId, organisationId, roles };
  }

  async function member(kind: OrganisationKind, ...roles: Role[]): Promise<Actor> {
    const organisationId = randomUUID();
    const { address } = await signers.create(`organisation-${organisationId}`);
    await uow.run(SYSTEM_ACTOR, { name: 'test', object: 'test' }, async ({ manager }) => {
      await manager.insert(Organisation, { id: organisationId, name: kind, kind });
      await manager.query('insert into weir.organisation_account values ($1, $2)', [organisationId, address]);
    });
    return colleague({ organisationId, roles });
  }

  const stop = async (): Promise<void> => {
    await opened.dataSource.destroy();
    await server.stop();
    rmSync(keystores, { recursive: true, force: true });
  };
  return { services, ownerUrl, keystores, member, colleague, asSystem, stop };
}
