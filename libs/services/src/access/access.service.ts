import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import {
  AppUser,
  Organisation,
  Person,
  ROLES,
  SYSTEM_ACTOR,
  signInLookup,
  type Actor,
  type Idempotency,
  type OrganisationKind,
  type Role,
  type Tx,
} from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { Forbidden, NotFound } from '../problem.js';
import { OrganisationAccount } from './entities.js';
import { OrganisationInvalid, SignInRefused } from './errors.js';
import { hashPassword, passwordMatches } from './password.js';
import { actorOfSession, issueSession } from './session.js';

/** A person of an organisation, with the account it signs in with. */
export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

/** An organisation and its people. */
export interface NewOrganisation {
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly users: readonly NewUser[];
}

/** What a caller sees of an organisation. */
export interface OrganisationView {
  readonly organisationId: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  /** Chain account that signs for it; null when the caller may not see it. */
  readonly account: string | null;
}

/** Shortest password taken. */
const PASSWORD_LENGTH = 12;

/** Sign-in, organisations, their people and their chain accounts. */
export class AccessService {
  constructor(
    private readonly context: ServiceContext,
    private readonly dataSource: DataSource,
  ) {}

  /** Signs in with e-mail and password. @throws SignInRefused */
  async signIn(email: string, password: string): Promise<{ token: string; roles: readonly Role[] }> {
    const account = await signInLookup(this.dataSource, email);
    const matches = await passwordMatches(account?.passwordHash ?? null, password);
    if (account === null || !matches || account.disabled) throw new SignInRefused();
    return { token: await issueSession(this.context.sessionKey, account.actor), roles: account.actor.roles };
  }

  /** The actor of a session token. @throws SessionInvalid */
  actorOf(token: string): Promise<Actor> {
    return actorOfSession(this.context.sessionKey, token);
  }

  /**
   * Enters an organisation with its people and gives it a chain account of its own (an encrypted keystore).
   * @throws Forbidden, OrganisationInvalid
   */
  async createOrganisation(
    actor: Actor,
    input: NewOrganisation,
    idempotency: Idempotency,
  ): Promise<{ organisationId: string; account: string }> {
    if (!actor.roles.includes('operator')) throw new Forbidden('the role operator');
    checkOrganisation(input);
    const organisationId = randomUUID();
    const signer = await this.context.signers.create(`organisation-${organisationId}`);
    const hashes = await Promise.all(input.users.map((user) => hashPassword(user.password)));
    const object = `organisation:${organisationId}`;
    return this.context.uow.run(actor, { name: 'organisation.create', object, idempotency }, async (tx) => {
      const account = signer.address.toLowerCase();
      await tx.manager.insert(Organisation, { id: organisationId, name: input.name, kind: input.kind });
      await tx.manager.insert(OrganisationAccount, { organisationId, account });
      for (const [index, user] of input.users.entries())
        await insertUser(tx, organisationId, user, hashes[index] ?? '');
      const people = input.users.map(({ name, roles }) => ({ name, roles }));
      tx.record({ object, before: null, after: { name: input.name, kind: input.kind, account, people } });
      return { organisationId, account };
    });
  }

  /** The organisations that the caller may see, by name. */
  list(actor: Actor): Promise<OrganisationView[]> {
    return this.context.uow.read(actor, async (manager) => {
      const organisations = await manager.find(Organisation, { order: { name: 'ASC' }, take: 1000 });
      const accounts = await manager.find(OrganisationAccount);
      const accountOf = new Map(accounts.map((row) => [row.organisationId, row.account]));
      return organisations.map(({ id, name, kind }) => ({
        organisationId: id,
        name,
        kind,
        account: accountOf.get(id) ?? null,
      }));
    });
  }

  /** Enters the first operator of a new platform; does nothing when the address is already taken. */
  async ensureOperator(user: Omit<NewUser, 'roles'>): Promise<void> {
    if ((await signInLookup(this.dataSource, user.email)) !== null) return;
    const input: NewOrganisation = {
      name: 'Weir platform',
      kind: 'operator',
      users: [{ ...user, roles: ['operator'] }],
    };
    const operator: Actor = { ...SYSTEM_ACTOR, roles: ['operator', 'system'] };
    await this.createOrganisation(operator, input, { key: 'first-operator', bodyHash: user.email });
  }
}

async function insertUser(tx: Tx, organisationId: string, user: NewUser, passwordHash: string): Promise<void> {
  const personId = randomUUID();
  const email = user.email.toLowerCase();
  await tx.manager.insert(Person, { id: personId, name: user.name, email });
  const roles = [...user.roles];
  await tx.manager.insert(AppUser, { id: randomUUID(), personId, organisationId, email, passwordHash, roles });
}

function checkOrganisation(input: NewOrganisation): void {
  const faults: string[] = [];
  if (input.name.trim() === '') faults.push('name: give the legal name');
  for (const user of input.users) {
    if (!/^[^@\s]+@[^@\s]+$/.test(user.email)) faults.push(`${user.name}: "${user.email}" is not an e-mail address`);
    if (user.password.length < PASSWORD_LENGTH)
      faults.push(`${user.name}: the password needs at least ${PASSWORD_LENGTH} characters`);
    for (const role of user.roles)
      if (!ROLES.includes(role) || role === 'system') faults.push(`${user.name}: there is no role ${role}`);
  }
  if (faults.length > 0) throw new OrganisationInvalid(faults);
}

/** The chain account of an organisation. @throws NotFound */
export async function accountOf(tx: Pick<Tx, 'manager'>, organisationId: string): Promise<string> {
  const row = await tx.manager.findOneBy(OrganisationAccount, { organisationId });
  if (row === null) throw new NotFound('chain account of organisation', organisationId);
  return row.account;
}
