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
import { isUniqueViolation } from '../database-refusal.js';
import { answered } from '../faults.js';
import { Forbidden, NotFound } from '../problem.js';
import { requestUuid } from '../request-uuid.js';
import { OrganisationAccount } from './entities.js';
import { EmailTaken, OrganisationInvalid, SessionInvalid, SignInRefused } from './errors.js';
import { hashPassword, passwordMatches } from './password.js';
import { actorOfSession, issueSession } from './session.js';

/** A person of an organisation, with the account it signs in with. */
export interface NewUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
  /** The person, when it has an account already: four-eyes rules compare people, not accounts. */
  readonly personId?: string;
}

/** An organisation and its people. */
export interface NewOrganisation {
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly users: readonly NewUser[];
  /** Its own chain account, whose key it keeps elsewhere; an encrypted keystore is made when none is given. */
  readonly account?: string;
}

/** What a caller sees of an organisation. */
export interface OrganisationView {
  readonly organisationId: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  /** Chain account that signs for it; null when the caller may not see it. */
  readonly account: string | null;
}

/** Shortest and longest password taken. */
const PASSWORD_LENGTH = { least: 12, most: 200 };

/** Sign-in, organisations, their people and their chain accounts. */
export class AccessService {
  constructor(
    private readonly context: ServiceContext,
    private readonly dataSource: DataSource,
  ) {}

  /** Signs in with e-mail and password. @throws SignInRefused */
  async signIn(email: string, password: string): Promise<{ token: string; roles: readonly Role[] }> {
    const account = await answered(signInLookup(this.dataSource, email));
    const matches = await passwordMatches(account?.passwordHash ?? null, password);
    if (account === null || !matches || account.disabled) throw new SignInRefused();
    return { token: await issueSession(this.context.sessionKey, account.actor), roles: account.actor.roles };
  }

  /**
   * The actor of a session token, with the roles that the account has now: what was taken from it, or its being
   * disabled, counts at once and not only when the session ends.
   * @throws SessionInvalid
   */
  async actorOf(token: string): Promise<Actor> {
    const named = await actorOfSession(this.context.sessionKey, token);
    const { userId: id, personId, organisationId } = named;
    const user = await this.context.uow.read(named, (manager) =>
      manager.findOneBy(AppUser, { id, personId, organisationId, disabled: false }),
    );
    if (user === null) throw new SessionInvalid();
    return { ...named, roles: user.roles };
  }

  /**
   * Enters an organisation with its people with a chain account: its own, or an encrypted keystore made for it.
   * @throws Forbidden, OrganisationInvalid, EmailTaken, NotFound when a person that a user names is not known, Fault `address-invalid`
   */
  async createOrganisation(
    actor: Actor,
    input: NewOrganisation,
    idempotency: Idempotency,
  ): Promise<{ organisationId: string; account: string }> {
    if (!actor.roles.includes('operator')) throw new Forbidden('the role operator');
    checkOrganisation(input);
    const organisationId = requestUuid(actor, idempotency);
    const hashes = await Promise.all(input.users.map((user) => hashPassword(user.password)));
    const object = `organisation:${organisationId}`;
    return this.context.uow.run(actor, { name: 'organisation.create', object, idempotency }, async (tx) => {
      await tx.manager.insert(Organisation, { id: organisationId, name: input.name, kind: input.kind });
      for (const [index, user] of input.users.entries())
        await insertUser(tx, organisationId, user, hashes[index] ?? '');
      // The key comes last, under a name that the request determines: what was refused leaves none, and a request sent
      // again after a crash finds the one it made.
      const name = `organisation-${organisationId}`;
      const { signers } = this.context;
      const { address: account } =
        input.account === undefined
          ? await signers.openOrCreate(name)
          : await signers.enterOffline(name, input.account);
      await tx.manager.insert(OrganisationAccount, { organisationId, account });
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
    const { email } = user;
    await this.createOrganisation(operator, input, { key: `first-operator ${email}`, bodyHash: email });
  }
}

async function insertUser(tx: Tx, organisationId: string, user: NewUser, passwordHash: string): Promise<void> {
  const email = user.email.toLowerCase();
  const personId = user.personId ?? randomUUID();
  if (user.personId === undefined) await tx.manager.insert(Person, { id: personId, name: user.name, email });
  else if (!(await tx.manager.existsBy(Person, { id: personId }))) throw new NotFound('person', personId);
  const row = { id: randomUUID(), personId, organisationId, email, passwordHash, roles: [...user.roles] };
  await tx.manager.insert(AppUser, row).catch((error: unknown) => {
    throw isUniqueViolation(error, 'app_user_email_key') ? new EmailTaken(email) : error;
  });
}

function checkOrganisation(input: NewOrganisation): void {
  const faults: string[] = [];
  if (input.name.trim() === '') faults.push('name: give the legal name');
  const emails = input.users.map(({ email }) => email.toLowerCase());
  if (new Set(emails).size < emails.length) faults.push('users: two have the same e-mail address');
  for (const user of input.users) faults.push(...userFaults(user).map((fault) => `${user.name}: ${fault}`));
  if (faults.length > 0) throw new OrganisationInvalid(faults);
}

function userFaults({ email, password, roles }: NewUser): string[] {
  const faults: string[] = [];
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) faults.push(`"${email}" is not an e-mail address`);
  if (password.length < PASSWORD_LENGTH.least || password.length > PASSWORD_LENGTH.most)
    faults.push(`the password needs ${PASSWORD_LENGTH.least} to ${PASSWORD_LENGTH.most} characters`);
  if (new Set(password).size < 5 || password.toLowerCase().includes(email.toLowerCase()))
    faults.push(
      'the password is too easily guessed; take one of more different characters, without the e-mail address',
    );
  if (roles.length === 0) faults.push('give at least one role');
  for (const role of roles) if (!ROLES.includes(role) || role === 'system') faults.push(`there is no role ${role}`);
  if (roles.includes('auditor') && roles.length > 1)
    faults.push('an auditor changes nothing and therefore has no other role');
  return faults;
}

/** The chain account of an organisation. @throws NotFound */
export async function accountOf(tx: Pick<Tx, 'manager'>, organisationId: string): Promise<string> {
  const row = await tx.manager.findOneBy(OrganisationAccount, { organisationId });
  if (row === null) throw new NotFound('chain account of organisation', organisationId);
  return row.account;
}
