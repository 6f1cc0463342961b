import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IdempotencyMismatch, type Actor } from '@weir/persistence';
import { once, startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { Forbidden, NotFound } from '../problem.js';
import type { NewOrganisation, NewUser } from './access.service.js';
import { EmailTaken, OrganisationInvalid, SessionInvalid, SignInRefused } from './errors.js';

const PASSWORD = 'a long way down the river';

const user = (email: string, more: Partial<NewUser> = {}): NewUser => ({
  name: email,
  email,
  password: PASSWORD,
  roles: ['servicer'],
  ...more,
});
const firm = (...users: NewUser[]): NewOrganisation => ({ name: 'Firm', kind: 'servicer', users });

describe('access', () => {
  let platform: TestPlatform;
  let operator: Actor;
  const access = () => platform.services.access;
  const keystores = () => readdirSync(platform.keystores).length;

  beforeAll(async () => {
    platform = await startPlatform();
    operator = await platform.member('operator', 'operator');
    await access().createOrganisation(operator, firm(user('Ada@example.org')), once());
  }, 60_000);
  afterAll(() => platform.stop());

  it('signs in by e-mail in any case and password, and tells nobody which of them was wrong', async () => {
    const { token, roles } = await access().signIn('ada@EXAMPLE.org', PASSWORD);
    expect(roles).toEqual(['servicer']);
    expect((await access().actorOf(token)).roles).toEqual(['servicer']);
    const refusals = [
      ['ada@example.org', 'a long way down the rivet'],
      ['nobody@example.org', PASSWORD],
    ] as const;
    for (const [email, password] of refusals)
      await expect(access().signIn(email, password)).rejects.toThrow(SignInRefused);
  });

  it('ends the sessions of an account that is disabled, and takes a role away at once', async () => {
    await access().createOrganisation(
      operator,
      firm(user('bob@example.org', { roles: ['servicer', 'issuer'] })),
      once(),
    );
    const { token } = await access().signIn('bob@example.org', PASSWORD);
    const set = (change: string) =>
      platform.asSystem(`update weir.app_user set ${change} where email = 'bob@example.org'`);
    await set(`roles = '{servicer}'`);
    expect((await access().actorOf(token)).roles).toEqual(['servicer']);
    await set('disabled = true');
    await expect(access().actorOf(token)).rejects.toThrow(SessionInvalid);
    await expect(access().signIn('bob@example.org', PASSWORD)).rejects.toThrow(SignInRefused);
  });

  it('takes no token that it did not sign', async () => {
    const { token } = await access().signIn('ada@example.org', PASSWORD);
    const [head, , signature] = token.split('.');
    const body = Buffer.from(JSON.stringify({ iss: 'weir', sub: operator.userId, roles: ['operator'] }));
    await expect(access().actorOf([head, body.toString('base64url'), signature].join('.'))).rejects.toThrow(
      SessionInvalid,
    );
  });

  it('makes one organisation and one keystore of a request however often it is sent', async () => {
    const idempotency = once();
    const before = keystores();
    const first = await access().createOrganisation(operator, firm(user('carl@example.org')), idempotency);
    expect(await access().createOrganisation(operator, firm(user('carl@example.org')), idempotency)).toEqual(first);
    expect(keystores()).toBe(before + 1);
    const other = { ...idempotency, bodyHash: 'another body' };
    await expect(access().createOrganisation(operator, firm(user('x@example.org')), other)).rejects.toThrow(
      IdempotencyMismatch,
    );
  });

  it('leaves nothing behind of an organisation that is refused', async () => {
    const [files, listed] = [keystores(), (await access().list(operator)).length];
    const taken = access().createOrganisation(operator, firm(user('ADA@example.org')), once());
    await expect(taken).rejects.toThrow(EmailTaken);
    const nobody = firm(user('dora@example.org', { personId: '0b7c3a30-0000-4000-8000-000000000009' }));
    await expect(access().createOrganisation(operator, nobody, once())).rejects.toThrow(NotFound);
    expect([keystores(), (await access().list(operator)).length]).toEqual([files, listed]);
  });

  it('refuses weak passwords, unknown roles, roles beside the auditor, and two accounts of one address', async () => {
    const wrong: [NewUser, string][] = [
      [user('e@example.org', { password: 'too short' }), '12 to 200 characters'],
      [user('e@example.org', { password: 'x'.repeat(201) }), '12 to 200 characters'],
      [user('e@example.org', { password: 'abababababababab' }), 'too easily guessed'],
      [user('e@example.org', { password: 'my e@example.org' }), 'too easily guessed'],
      [user('e@example.org', { roles: ['system'] }), 'no role system'],
      [user('e@example.org', { roles: [] }), 'at least one role'],
      [user('e@example.org', { roles: ['auditor', 'issuer'] }), 'no other role'],
      [user('no address'), 'not an e-mail address'],
    ];
    for (const [one, fault] of wrong)
      await expect(access().createOrganisation(operator, firm(one), once())).rejects.toThrow(fault);
    const twice = firm(user('e@example.org'), user('E@example.org'));
    await expect(access().createOrganisation(operator, twice, once())).rejects.toThrow(OrganisationInvalid);
  });

  it('lets nobody but the operator enter organisations', async () => {
    const issuer = await platform.member('sponsor', 'issuer');
    await expect(access().createOrganisation(issuer, firm(user('f@example.org')), once())).rejects.toThrow(Forbidden);
  });
});
